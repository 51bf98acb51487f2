#include <algorithm>
#include <map>
#include <set>

#include "trust/lint_checks.h"

namespace elic {

namespace {

constexpr std::int64_t soon = 90 * day_seconds;

bool ends_soon(const LintCheck& check, const Certificate& certificate) {
    const auto left = certificate.not_after().unix_seconds() - check.now.unix_seconds();
    return left < soon || (check.source.next_update && certificate.not_after() < *check.source.next_update);
}

void add_twice(const LintCheck& check, const std::vector<LintCertificate>& certificates, std::set<Digest>& seen) {
    for (const auto& each : certificates) {
        if (!seen.insert(each.certificate.fingerprint()).second)
            check.faults.add(LintCode::root_twice, each.place, each.certificate.subject() + " is named twice");
    }
}

/// The subjects that made certificates of the source.
std::set<std::string> makers(const LintCheck& check) {
    std::set<std::string> names;
    for (const auto& body : check.source.bodies) {
        for (const auto& key : body.keys) {
            if (key.file) names.insert(key.file->certificate.issuer());
        }
    }
    for (const auto& each : check.source.intermediates) {
        if (!each.certificate.self_issued()) names.insert(each.certificate.issuer());
    }
    return names;
}

void lint_root(const LintCheck& check, const LintCertificate& root) {
    auto& faults = check.faults;
    const auto& certificate = root.certificate;
    const auto& subject = certificate.subject();
    if (!root.facts.ca) faults.add(LintCode::root_not_ca, root.place, subject + " is no certification authority");
    if (!root.facts.self_signed)
        faults.add(LintCode::root_not_self_signed, root.place, subject + " is not signed by itself");
    if (!root.facts.signs_certificates)
        faults.add(LintCode::root_key_usage, root.place, subject + ": keyUsage lacks keyCertSign");
    if (certificate.not_after() < check.now) {
        faults.add(LintCode::root_expired, root.place, subject + " expired " + certificate.not_after().format());
    } else if (certificate.not_before() > check.now) {
        faults.add(LintCode::root_not_yet, root.place, subject + " is valid from " + certificate.not_before().format());
    } else if (ends_soon(check, certificate)) {
        faults.add(LintCode::root_expiring, root.place, subject + " expires " + certificate.not_after().format());
    }
}

}  // namespace

void lint_roots(const LintCheck& check) {
    const auto& roots = check.source.roots;
    std::set<Digest> seen;
    add_twice(check, roots, seen);
    add_twice(check, check.source.intermediates, seen);
    const bool real =
        std::any_of(roots.begin(), roots.end(), [](const auto& each) { return !each.certificate.is_test(); });
    std::map<std::string, Digest> subjects;
    const auto made = makers(check);
    for (const auto& root : roots) {
        const auto& certificate = root.certificate;
        lint_root(check, root);
        if (real && certificate.is_test())
            check.faults.add(LintCode::root_test, root.place,
                             certificate.subject() + " is a TEST root beside a real one");
        const auto [known, fresh] = subjects.emplace(certificate.subject(), certificate.fingerprint());
        if (!fresh && known->second != certificate.fingerprint())
            check.faults.add(LintCode::root_same_subject, root.place, certificate.subject() + " is named by two roots");
        if (!check.source.bodies.empty() && !made.empty() && !made.contains(certificate.subject()))
            check.faults.add(LintCode::root_unused, root.place,
                             "nothing in the source was made by " + certificate.subject());
    }
}

void lint_intermediates(const LintCheck& check) {
    auto& faults = check.faults;
    const auto made = makers(check);
    for (const auto& each : check.source.intermediates) {
        const auto& certificate = each.certificate;
        const auto& subject = certificate.subject();
        if (!each.facts.ca)
            faults.add(LintCode::intermediate_not_ca, each.place, subject + " is no certification authority");
        if (each.facts.ca && !each.facts.signs_certificates)
            faults.add(LintCode::root_key_usage, each.place, subject + ": keyUsage lacks keyCertSign");
        if (!certificate.valid_at(check.now)) {
            faults.add(LintCode::intermediate_expired, each.place,
                       subject + " is valid " + days_from_to(certificate.not_before(), certificate.not_after()));
        } else if (ends_soon(check, certificate)) {
            faults.add(LintCode::intermediate_expiring, each.place,
                       subject + " expires " + certificate.not_after().format());
        }
        if (each.facts.self_signed) {
            faults.add(LintCode::intermediate_root, each.place, subject + " is self-signed");
            continue;
        }
        const auto at = std::clamp(check.now, certificate.not_before(), certificate.not_after());
        const auto chain = verify_chain(certificate, check.intermediates, check.roots, at);
        if (!chain) {
            const bool length = chain.error().context.find("path length") != std::string::npos;
            faults.add(length ? LintCode::path_length : LintCode::intermediate_no_chain, each.place,
                       subject + ": " + chain.error().context);
        }
        if (each.facts.ca && !check.source.bodies.empty() && !made.contains(subject))
            faults.add(LintCode::intermediate_unused, each.place, "nothing in the source was made by " + subject);
    }
}

}  // namespace elic
