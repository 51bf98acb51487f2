#include <algorithm>
#include <set>

#include "elic/trust/genuine_list.h"
#include "elic/trust/signed_object.h"
#include "trust/lint_checks.h"

// The keys of a body together: kinds, times, compromise.

namespace elic {

namespace {

bool any_key(const LintBody& body, SignatureKind kind) {
    return std::any_of(body.keys.begin(), body.keys.end(), [&](const LintKey& key) { return key.may(kind); });
}

bool any_grant(const LintBody& body, GrantRight right) {
    return std::any_of(body.grants.begin(), body.grants.end(),
                       [&](const LintGrant& grant) { return grant.gives(right); });
}

void lint_kinds(const LintCheck& check, const LintBody& body) {
    auto& faults = check.faults;
    for (const auto& key : body.keys) {
        const auto place = key.place + ".kinds";
        if (key.may(SignatureKind::payload) && key.may(SignatureKind::delegation))
            faults.add(LintCode::kind_mixed_delegation, place);
        if (key.may(SignatureKind::payload) &&
            (key.may(SignatureKind::status_list) || key.may(SignatureKind::status_delta)))
            faults.add(LintCode::kind_mixed_status, place);
        if (key.may(SignatureKind::status_delta) && !any_key(body, SignatureKind::status_list))
            faults.add(LintCode::kind_delta_alone, place);
        if (key.may(SignatureKind::delegation) && !any_grant(body, GrantRight::delegate))
            faults.add(LintCode::kind_no_delegate, place);
    }
    if (any_grant(body, GrantRight::delegate) && !any_key(body, SignatureKind::delegation)) {
        for (const auto& grant : body.grants) {
            if (grant.gives(GrantRight::delegate))
                faults.add(LintCode::grant_no_delegation, grant.place + ".rights",
                           in_quotes(body) + " has no key for delegations");
        }
    }
    if (!body.keys.empty() && any_grant(body, GrantRight::issue) && !any_key(body, SignatureKind::payload))
        faults.add(LintCode::key_no_payload, body.place + ".certificates",
                   in_quotes(body) + " has no key for licenses");
}

void lint_compromise(const LintCheck& check, const LintBody& body, const std::set<std::string>& genuine) {
    auto& faults = check.faults;
    for (const auto& key : body.keys) {
        if (!key.compromised) continue;
        const auto place = key.place + ".compromised_since";
        const auto since = *key.compromised;
        if (key.until && since > *key.until) faults.add(LintCode::compromised_after, place);
        if (key.from && since < *key.from) faults.add(LintCode::compromised_before, place);
        if (since > check.now) faults.add(LintCode::compromised_future, place, since.format() + " is yet to come");
        const bool replaced = std::any_of(body.keys.begin(), body.keys.end(), [&](const LintKey& other) {
            return &other != &key && !other.compromised && (other.kinds & key.kinds) == key.kinds && other.file &&
                   (!other.until || *other.until > since);
        });
        if (!replaced)
            faults.add(LintCode::compromised_alone, place, in_quotes(body) + ": no other certificate can take over");
        if (key.may(SignatureKind::payload) && body.code && !genuine.contains(body.code->text()))
            faults.add(LintCode::compromised_genuine, place,
                       "no list of genuine issues of " + body.code->text() + " is named under \"objects\"");
    }
}

/// Begin and end of the time in which the body may issue, within what this list speaks of.
std::optional<std::pair<Timestamp, Timestamp>> issuing_time(const LintCheck& check, const LintBody& body) {
    std::optional<Timestamp> begin, end;
    for (const auto& grant : body.grants) {
        if (!grant.gives(GrantRight::issue) || !grant.from || !grant.times_known) continue;
        const auto from = Timestamp::first_second_of(*grant.from);
        auto until =
            grant.until ? Timestamp::last_second_of(*grant.until) : check.source.next_update.value_or(check.now);
        if (body.successor && body.successor->from)
            until = std::min(until, Timestamp::first_second_of(*body.successor->from));
        if (!begin || from < *begin) begin = from;
        if (!end || until > *end) end = until;
    }
    if (!begin || !end || *end < *begin) return {};
    return std::pair(*begin, *end);
}

void lint_coverage(const LintCheck& check, const LintBody& body) {
    bool unknown = false;
    const auto times = usable_times(body, SignatureKind::payload, unknown);
    auto& faults = check.faults;
    for (std::size_t i = 0; i < times.size(); ++i) {
        for (std::size_t j = i + 1; j < times.size() && times[j].from < times[i].until; ++j) {
            const auto end = std::min(times[i].until, times[j].until);
            faults.add(LintCode::key_overlap, times[j].key->place,
                       "may sign together with " + times[i].key->place + ", " + days_from_to(times[j].from, end));
        }
    }
    const auto issuing = issuing_time(check, body);
    if (unknown || times.empty() || !issuing) {
        // With keys that were read and none of use, the fault of each key says why.
        return;
    }
    const auto [begin, end] = *issuing;
    auto reached = times.front().until;
    const bool now_covered = std::any_of(times.begin(), times.end(), [&](const UsableTime& time) {
        return time.from <= check.now && check.now <= time.until;
    });
    for (std::size_t i = 1; i < times.size(); ++i) {
        // A second between two is none: bare days end and begin so.
        if (times[i].from.unix_seconds() > reached.unix_seconds() + 1 && times[i].from > begin && reached < end)
            faults.add(LintCode::key_gap, times[i].key->place,
                       in_quotes(body) + " has no certificate to sign with, " + days_from_to(reached, times[i].from));
        reached = std::max(reached, times[i].until);
    }
    if (begin <= check.now && check.now <= end && !now_covered)
        faults.add(LintCode::key_none_now, body.place + ".certificates",
                   in_quotes(body) + " has no certificate to sign with on " + check.now.day().format());
    if (reached < end && reached > check.now)
        faults.add(LintCode::key_gap, body.place + ".certificates",
                   in_quotes(body) + " has no certificate to sign with, " + days_from_to(reached, end));
}

/// The bodies that lists of genuine issues among the objects speak of.
std::set<std::string> genuine_issuers(const LintSource& source) {
    std::set<std::string> issuers;
    for (const auto& object : source.objects) {
        const auto read = read_signed_object(object.bytes, max_genuine_bytes + (1 << 20));
        if (!read || read->kind != SignatureKind::genuine_list) continue;
        if (const auto list = read_genuine_list(read->content)) issuers.insert(list->issuer.text());
    }
    return issuers;
}

}  // namespace

std::vector<UsableTime> usable_times(const LintBody& body, SignatureKind kind, bool& unknown) {
    std::vector<UsableTime> times;
    for (const auto& key : body.keys) {
        if (!key.file || !key.times_known) unknown = true;
        if (!key.file || !key.times_known || !key.may(kind)) continue;
        const auto& certificate = key.file->certificate;
        const auto from = std::max(key.from.value_or(certificate.not_before()), certificate.not_before());
        auto until = std::min(key.until.value_or(certificate.not_after()), certificate.not_after());
        if (key.compromised) until = std::min(until, *key.compromised);
        if (from <= until) times.push_back({.from = from, .until = until, .key = &key});
    }
    std::sort(times.begin(), times.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
    return times;
}

void lint_keys(const LintCheck& check) {
    const auto genuine = genuine_issuers(check.source);
    for (const auto& body : check.source.bodies) {
        lint_kinds(check, body);
        lint_coverage(check, body);
        lint_compromise(check, body, genuine);
    }
}

}  // namespace elic
