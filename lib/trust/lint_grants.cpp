#include <algorithm>
#include <map>
#include <set>

#include "trust/lint_checks.h"

namespace elic {

namespace {

/// One type of one grant.
struct Given {
    const LintBody* body;
    const LintGrant* grant;
};

bool areas_meet(const LintGrant& a, const LintGrant& b) {
    for (const auto& [one, place] : a.areas) {
        for (const auto& [other, elsewhere] : b.areas) {
            if (one.contains(other) || other.contains(one)) return true;
        }
    }
    return false;
}

bool times_meet(const LintGrant& a, const LintGrant& b) {
    if (!a.from || !b.from || !a.times_known || !b.times_known) return false;
    return (!a.until || *b.from <= *a.until) && (!b.until || *a.from <= *b.until);
}

std::string time_of(const LintGrant& grant) {
    return grant.from->format() + " to " + (grant.until ? grant.until->format() : "further notice");
}

/// Grants of one type within a body, by begin.
void lint_type(const LintCheck& check, std::vector<Given> given) {
    std::stable_sort(given.begin(), given.end(),
                     [](const Given& a, const Given& b) { return *a.grant->from < *b.grant->from; });
    std::map<const LintGrant*, bool> told;
    for (std::size_t j = 1; j < given.size(); ++j) {
        const auto& later = *given[j].grant;
        std::optional<Date> reached;
        bool open = false, apart = true;
        for (std::size_t i = 0; i < j; ++i) {
            const auto& earlier = *given[i].grant;
            if ((earlier.rights & later.rights) == 0 || !areas_meet(earlier, later)) continue;
            apart = false;
            if (times_meet(earlier, later))
                check.faults.add(LintCode::grant_overlap, later.place,
                                 "gives a type that " + earlier.place + " gives in the same area too (" +
                                     time_of(earlier) + ", " + time_of(later) + ")");
            open = open || !earlier.until;
            if (earlier.until && (!reached || *earlier.until > *reached)) reached = earlier.until;
        }
        if (apart || open || !reached) continue;
        if (later.from->days_since_2000() > reached->days_since_2000() + 1)
            check.faults.add(LintCode::grant_gap, later.place,
                             "begins " + later.from->format() + ", but the grant before it ended " + reached->format());
    }
}

void lint_types_of(const LintCheck& check, const LintBody& body) {
    std::map<LicenseTypeCode, std::vector<Given>> types;
    for (const auto& grant : body.grants) {
        if (!grant.from || !grant.times_known) continue;
        for (const auto& [type, place] : grant.types) types[type].push_back({&body, &grant});
    }
    // Grants of many types overlap in all of them: said once for each pair.
    std::set<std::vector<const LintGrant*>> done;
    for (auto& [type, given] : types) {
        std::vector<const LintGrant*> grants;
        for (const auto& each : given) grants.push_back(each.grant);
        if (given.size() > 1 && done.insert(grants).second) lint_type(check, std::move(given));
    }
}

/// 430199 is of the prefecture 430100, whatever its county part says: 90 and above are no counties of their own.
std::optional<AreaCode> division_of(const Uscc& code) {
    std::string text(code.area());
    if (text == "100000") return {};
    if (text[4] == '9') text.replace(4, 2, "00");
    auto area = AreaCode::parse(text);
    if (!area) return {};
    return *area;
}

void lint_areas(const LintCheck& check, const LintBody& body) {
    if (!body.code) return;
    const auto division = division_of(*body.code);
    if (!division || division->text() == "000000") return;
    // A code with 99 for its county says little: organs of the province have it too.
    const bool vague = body.code->area()[4] == '9';
    for (const auto& grant : body.grants) {
        for (const auto& [area, place] : grant.areas) {
            const bool above = area.contains(*division) && area != *division;
            const bool own_province = area.text() == division->text().substr(0, 2) + "0000";
            if (!area.contains(*division) && !division->contains(area)) {
                check.faults.add(
                    LintCode::grant_outside, place,
                    area.text() + " lies outside " + division->text() + ", the division of " + body.code->text());
            } else if (above && !(vague && own_province)) {
                check.faults.add(
                    LintCode::grant_beyond, place,
                    area.text() + " is wider than " + division->text() + ", the division of " + body.code->text());
            }
        }
    }
}

void lint_times_of(const LintCheck& check, const LintBody& body) {
    bool unknown = false;
    const auto usable = usable_times(body, SignatureKind::payload, unknown);
    const auto today = check.now.day();
    bool all_ended = !body.grants.empty();
    for (const auto& grant : body.grants) {
        all_ended = all_ended && grant.until && *grant.until < today;
        if (!grant.from || !grant.times_known) continue;
        const auto from = Timestamp::first_second_of(*grant.from);
        const auto place = grant.place + ".from";
        if (check.source.next_update && from > *check.source.next_update)
            check.faults.add(LintCode::grant_future, place, grant.from->format() + " lies after next_update");
        if (usable.empty() || unknown || !grant.gives(GrantRight::issue)) continue;
        auto last = usable.front().until;
        for (const auto& time : usable) last = std::max(last, time.until);
        if (*grant.from < usable.front().from.day())
            check.faults.add(
                LintCode::grant_before_key, place,
                "begins " + grant.from->format() + ", the body can sign from " + usable.front().from.day().format());
        if (from > last) check.faults.add(LintCode::grant_after_key, place);
    }
    if (all_ended && !body.successor)
        check.faults.add(LintCode::grant_all_ended, body.place + ".types",
                         "all grants of " + in_quotes(body) + " have ended");
}

/// A successor takes over what the body had: that is no clash.
bool follows(const LintBody& a, const LintBody& b) {
    const auto names = [](const LintBody& from, const LintBody& to) {
        return from.successor && from.successor->code && to.code && *from.successor->code == *to.code;
    };
    return names(a, b) || names(b, a);
}

void lint_between_bodies(const LintCheck& check) {
    std::map<std::pair<LicenseTypeCode, AreaCode>, std::vector<Given>> given;
    std::set<std::pair<const LintGrant*, const LintGrant*>> told;
    for (const auto& body : check.source.bodies) {
        for (const auto& grant : body.grants) {
            if (!grant.gives(GrantRight::issue)) continue;
            for (const auto& [type, named] : grant.types) {
                for (const auto& [area, place] : grant.areas) {
                    auto& others = given[{type, area}];
                    for (const auto& other : others) {
                        if (other.body == &body || !times_meet(*other.grant, grant) || follows(*other.body, body))
                            continue;
                        if (!told.insert({other.grant, &grant}).second) continue;
                        check.faults.add(LintCode::grant_two_bodies, place,
                                         type.text() + " in " + area.text() + " is also granted to " +
                                             in_quotes(*other.body) + " (" + other.grant->place + ")");
                    }
                    // Two are enough to name the clash: many more would make this quadratic.
                    if (others.size() < 2) others.push_back({&body, &grant});
                }
            }
        }
    }
}

}  // namespace

void lint_grants(const LintCheck& check) {
    for (const auto& body : check.source.bodies) {
        lint_types_of(check, body);
        lint_areas(check, body);
        lint_times_of(check, body);
    }
    lint_between_bodies(check);
}

}  // namespace elic
