#include <algorithm>

#include "trust/lint_covered.h"

// A delegation can give no more than its parent has (docs/format/trust.md, 7).

namespace elic {

namespace {

/// True when every day from `from` to `until` lies in one of the grants.
bool days_covered(Date from, std::optional<Date> until, std::vector<const TypeGrant*> grants) {
    std::sort(grants.begin(), grants.end(), [](const auto* a, const auto* b) { return a->from < b->from; });
    std::int64_t next = from.days_since_2000();
    for (const auto* grant : grants) {
        if (grant->from.days_since_2000() > next) return false;
        if (!grant->until) return true;
        next = std::max<std::int64_t>(next, std::int64_t{grant->until->days_since_2000()} + 1);
        if (until && next > until->days_since_2000()) return true;
    }
    return false;
}

void lint_area(const TypeGrant& grant, const AreaCode& area, const std::string& place,
               const std::vector<const TypeGrant*>& given, LintFaults& faults) {
    std::vector<const TypeGrant*> holding;
    for (const auto* each : given) {
        if (std::any_of(each->areas.begin(), each->areas.end(), [&](const AreaCode& a) { return a.contains(area); }))
            holding.push_back(each);
    }
    const auto what = grant.type.text() + " in " + area.text();
    if (holding.empty())
        return faults.add(LintCode::delegation_area, place, what + ": the parent may not pass that on");
    if (!days_covered(grant.from, grant.until, holding))
        faults.add(LintCode::delegation_time, place,
                   what + ", " + grant.from.format() + " to " +
                       (grant.until ? grant.until->format() : "further notice") +
                       ": the parent may not pass all of that time on");
}

}  // namespace

void lint_covered(const IssuingBody& child, const std::vector<std::string>& places,
                  const std::vector<const IssuingBody*>& parents, LintFaults& faults) {
    for (std::size_t i = 0; i < child.grants.size(); ++i) {
        const auto& grant = child.grants[i];
        const auto& place = places[std::min(i, places.size() - 1)];
        std::vector<const TypeGrant*> given;
        for (const auto* parent : parents) {
            for (const auto& each : parent->grants) {
                if (each.type == grant.type && each.gives(GrantRight::delegate)) given.push_back(&each);
            }
        }
        if (given.empty()) {
            faults.add(LintCode::delegation_type, place, grant.type.text() + ": the parent may not pass it on");
            continue;
        }
        for (const auto& area : grant.areas) lint_area(grant, area, place, given, faults);
    }
}

LintStanding standing_of(const LintBody& body, std::vector<std::string>& places) {
    LintStanding standing{
        .body = {.code = *body.code, .name = body.name, .hosts = {}, .certificates = {}, .grants = {}},
        .certificates = {}};
    for (const auto& key : body.keys) {
        if (!key.file || !key.times_known) continue;
        const auto& certificate = key.file->certificate;
        standing.certificates.push_back(certificate);
        standing.body.certificates.push_back({.fingerprint = certificate.fingerprint(),
                                              .from = key.from.value_or(certificate.not_before()),
                                              .until = key.until,
                                              .kinds = key.kinds,
                                              .compromised_since = key.compromised});
    }
    for (const auto& grant : body.grants) {
        if (!grant.from || !grant.times_known) continue;
        std::vector<AreaCode> areas;
        for (const auto& [area, place] : grant.areas) areas.push_back(area);
        for (const auto& [type, place] : grant.types) {
            standing.body.grants.push_back(
                {.type = type, .areas = areas, .from = *grant.from, .until = grant.until, .rights = grant.rights});
            places.push_back(grant.place);
        }
    }
    if (body.successor && body.successor->code && body.successor->from)
        standing.body.successor = Successor{.code = *body.successor->code, .from = *body.successor->from};
    return standing;
}

void lint_delegation(const LintCheck& check) {
    const auto& source = check.source;
    if (!source.delegation || !source.parent) return;
    const auto* body = source.bodies.empty() ? nullptr : &source.bodies.front();
    if (body != nullptr && body->code && *body->code == *source.parent)
        check.faults.add(LintCode::delegation_self, "parent", source.parent->text() + " is the body itself");
    if (!check.against.known) return;
    std::vector<const IssuingBody*> parents;
    for (const auto& known : *check.against.known) {
        if (known.code == *source.parent) parents.push_back(&known);
    }
    if (parents.empty())
        return check.faults.add(LintCode::delegation_parent, "parent", source.parent->text() + " is not known");
    const bool has_key = std::any_of(parents.begin(), parents.end(), [&](const IssuingBody* parent) {
        return std::any_of(parent->certificates.begin(), parent->certificates.end(), [&](const BodyCertificate& key) {
            return key.may(SignatureKind::delegation) && key.from <= check.now &&
                   (!key.until || check.now <= *key.until) && !key.compromised_since;
        });
    });
    if (!has_key)
        check.faults.add(LintCode::delegation_key, "parent",
                         source.parent->text() + " has no key for delegations today");
    if (body == nullptr || !body->code) return;
    std::vector<std::string> places;
    const auto child = standing_of(*body, places);
    if (!places.empty()) lint_covered(child.body, places, parents, check.faults);
}

}  // namespace elic
