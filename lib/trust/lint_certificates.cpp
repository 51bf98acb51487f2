#include <algorithm>
#include <set>

#include "base/text.h"
#include "trust/lint_checks.h"
#include "trust/lint_names.h"

// Certificates of bodies, each by itself.

namespace elic {

namespace {

constexpr std::int64_t soon = 90 * day_seconds;
constexpr std::int64_t longest_life = 10 * 366 * day_seconds;
constexpr std::size_t uscc_characters = 18;

void lint_purpose(const LintCheck& check, const LintCertificate& file) {
    auto& faults = check.faults;
    const auto& certificate = file.certificate;
    const auto& subject = certificate.subject();
    if (certificate.is_ca()) faults.add(LintCode::certificate_is_ca, file.place, subject + " is an authority's");
    if (!certificate.may_sign())
        faults.add(LintCode::certificate_cannot_sign, file.place,
                   subject + " may not sign (keyUsage): the encryption certificate of a dual pair?");
    if (!file.facts.has_key_usage) faults.add(LintCode::certificate_usage, file.place, subject + " has no keyUsage");
    if (certificate.may_sign_trust_lists())
        faults.add(LintCode::certificate_list_purpose, file.place, subject + " may sign trust lists");
    if (certificate.not_after().unix_seconds() - certificate.not_before().unix_seconds() > longest_life)
        faults.add(LintCode::certificate_long, file.place,
                   subject + " is valid " + days_from_to(certificate.not_before(), certificate.not_after()));
    const bool real_root =
        std::any_of(check.roots.begin(), check.roots.end(), [](const auto& r) { return !r.is_test(); });
    if (certificate.is_test() && real_root)
        faults.add(LintCode::certificate_test, file.place, subject + " is a TEST certificate beside real roots");
}

void lint_life(const LintCheck& check, const LintKey& key) {
    auto& faults = check.faults;
    const auto& certificate = key.file->certificate;
    const auto& place = key.file->place;
    const auto validity = "valid " + days_from_to(certificate.not_before(), certificate.not_after());
    if (!key.times_known) return;
    const bool apart = *key.from > certificate.not_after() || (key.until && *key.until < certificate.not_before());
    if (apart) return faults.add(LintCode::certificate_never, key.place, "its certificate is " + validity);
    if (*key.from < certificate.not_before())
        faults.add(LintCode::certificate_before, key.place + ".from",
                   "listed from " + key.from->format() + ", but " + validity);
    if (key.until && *key.until > certificate.not_after())
        faults.add(LintCode::certificate_outlived, key.place + ".until",
                   "listed until " + key.until->format() + ", but " + validity);
    const bool ends_by_list = key.until && *key.until <= certificate.not_after();
    if (ends_by_list || key.compromised) return;
    if (certificate.not_after() < check.now)
        return faults.add(LintCode::certificate_expired, place, certificate.subject() + " is " + validity);
    if (certificate.not_before() > check.now)
        return faults.add(LintCode::certificate_not_yet, place, certificate.subject() + " is " + validity);
    const auto left = certificate.not_after().unix_seconds() - check.now.unix_seconds();
    if (left < soon || (check.source.next_update && certificate.not_after() < *check.source.next_update))
        faults.add(LintCode::certificate_expiring, place,
                   certificate.subject() + " expires " + certificate.not_after().format());
}

/// Judged at several times of its use: a chain that ends early is told from one that never was.
void lint_chain(const LintCheck& check, const LintKey& key) {
    const auto& certificate = key.file->certificate;
    if (check.roots.empty()) return;
    if (certificate.self_issued() && key.file->facts.self_signed)
        return check.faults.add(LintCode::certificate_self, key.file->place,
                                certificate.subject() + " is signed by itself");
    const auto begin = certificate.not_before(), end = certificate.not_after();
    std::vector<Timestamp> times{std::clamp(check.now, begin, end)};
    if (key.from) times.push_back(std::clamp(*key.from, begin, end));
    if (key.until && key.times_known) times.push_back(std::clamp(*key.until, begin, end));
    std::string reason;
    std::size_t held = 0;
    for (const auto& time : times) {
        const auto chain = verify_chain(certificate, check.intermediates, check.roots, time);
        if (chain) ++held;
        if (!chain && reason.empty()) reason = time.format() + ": " + chain.error().context;
    }
    if (held == times.size()) return;
    auto code = held != 0 ? LintCode::certificate_chain_ends : LintCode::certificate_no_chain;
    if (reason.find("path length") != std::string::npos) code = LintCode::path_length;
    check.faults.add(code, key.file->place, certificate.subject() + " at " + reason);
}

void lint_subject_name(const LintCheck& check, const LintBody& body, const LintCertificate& file) {
    if (body.name.empty()) return;
    std::vector<std::string> names{plain_name(body.name)}, looks{look_of(body.name)};
    for (const auto& former : body.former_names) {
        if (!former.name.empty()) names.push_back(plain_name(former.name));
    }
    auto said = file.facts.organisations;
    said.push_back(file.certificate.common_name());
    for (const auto& each : said) {
        const auto plain = plain_name(each);
        // "X局（电子证照专用）" is X局's.
        for (const auto& name : names) {
            if (!name.empty() && plain.starts_with(name)) return;
        }
    }
    for (const auto& each : said) {
        if (look_of(each) == looks.front())
            return check.faults.add(LintCode::certificate_name, file.place,
                                    in_quotes(each) + " only looks like the body's name " + in_quotes(body.name));
    }
    check.faults.add(LintCode::certificate_name, file.place,
                     file.certificate.subject() + " is not the body's name " + in_quotes(body.name));
}

/// Codes in the subject: as an attribute, or within one.
void lint_subject_code(const LintCheck& check, const LintBody& body, const LintCertificate& file) {
    constexpr std::string_view word = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    for (const auto& attribute : file.facts.attributes) {
        for (std::size_t start = attribute.find_first_of(word); start != std::string::npos;) {
            const auto end = std::min(attribute.find_first_not_of(word, start), attribute.size());
            const auto part = attribute.substr(start, end - start);
            start = end == attribute.size() ? std::string::npos : attribute.find_first_of(word, end);
            const bool digits = part.find_first_of("0123456789") != std::string::npos;
            if (part.size() != uscc_characters || !digits || !body.code || part == body.code->text()) continue;
            const bool holds = Uscc::parse(part).has_value();
            check.faults.add(LintCode::certificate_code, file.place,
                             "the subject has " + part + (holds ? "" : " (which fails its check)") + ", the body is " +
                                 body.code->text());
        }
    }
}

}  // namespace

void lint_certificates(const LintCheck& check) {
    for (const auto& body : check.source.bodies) {
        for (const auto& key : body.keys) {
            if (!key.file) continue;
            lint_purpose(check, *key.file);
            lint_life(check, key);
            lint_chain(check, key);
            lint_subject_name(check, body, *key.file);
            lint_subject_code(check, body, *key.file);
        }
    }
}

void lint_shared(const LintCheck& check) {
    using Point = std::array<std::uint8_t, 65>;
    struct Seen {
        const LintBody* body;
        const LintKey* key;
    };
    std::map<Digest, Seen> certificates;
    std::map<Point, Seen> keys;
    std::map<std::pair<std::string, std::string>, Digest> serials;
    std::map<Point, std::string> authorities;
    std::set<Digest> above;
    for (const auto* list : {&check.roots, &check.intermediates}) {
        for (const auto& each : *list) {
            authorities.emplace(each.public_key().point(), each.subject());
            above.insert(each.fingerprint());
        }
    }
    for (const auto& body : check.source.bodies) {
        for (const auto& key : body.keys) {
            if (!key.file) continue;
            const auto& place = key.file->place;
            const auto& certificate = key.file->certificate;
            const auto digest = certificate.fingerprint();
            if (const auto [seen, fresh] = certificates.emplace(digest, Seen{&body, &key}); !fresh) {
                const bool own = seen->second.body == &body;
                check.faults.add(own ? LintCode::certificate_twice : LintCode::certificate_two_bodies, place,
                                 certificate.subject() + " is also " + seen->second.key->place);
                continue;
            }
            if (above.contains(digest)) {
                check.faults.add(LintCode::certificate_as_root, place,
                                 certificate.subject() + " is also an authority's");
                continue;
            }
            const auto point = certificate.public_key().point();
            if (const auto found = authorities.find(point); found != authorities.end())
                check.faults.add(LintCode::key_of_ca, place, "its key is also that of " + found->second);
            if (const auto [seen, fresh] = keys.emplace(point, Seen{&body, &key}); !fresh) {
                const bool own = seen->second.body == &body;
                check.faults.add(own ? LintCode::key_renewed : LintCode::key_shared, place,
                                 "its key is also that of " + seen->second.key->place);
                if (seen->second.key->compromised.has_value() != key.compromised.has_value())
                    check.faults.add(LintCode::compromised_same_key,
                                     key.compromised ? seen->second.key->place : key.place,
                                     "its key is marked as compromised elsewhere");
            }
            if (!serials.emplace(std::pair(certificate.issuer(), key.file->facts.serial), digest).second)
                check.faults.add(
                    LintCode::certificate_serial, place,
                    "serial number " + key.file->facts.serial + " was given twice by " + certificate.issuer());
        }
    }
}

}  // namespace elic
