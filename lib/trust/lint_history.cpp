#include <map>
#include <set>

#include "trust/lint_checks.h"
#include "trust/lint_names.h"

namespace elic {

namespace {

void lint_former_names(const LintCheck& check, const LintBody& body) {
    std::optional<Date> before;
    std::set<std::string> seen;
    if (!body.name.empty()) seen.insert(plain_name(body.name));
    for (const auto& former : body.former_names) {
        if (former.until && before && *former.until <= *before)
            check.faults.add(LintCode::former_order, former.place + ".until",
                             former.until->format() + " does not come after " + before->format());
        if (former.until) before = former.until;
        if (former.until && *former.until > check.now.day())
            check.faults.add(LintCode::former_future, former.place + ".until",
                             former.until->format() + " is yet to come");
        if (!former.name.empty() && !seen.insert(plain_name(former.name)).second)
            check.faults.add(LintCode::former_same, former.place + ".name",
                             in_quotes(former.name) + " is there already");
    }
}

using Codes = std::map<std::string, const LintBody*>;

void lint_end_of_body(const LintCheck& check, const LintBody& body, Date from) {
    std::optional<Date> last;
    bool open = false;
    for (const auto& grant : body.grants) {
        if (!grant.times_known) continue;
        open = open || !grant.until;
        if (!grant.until || *grant.until >= from)
            check.faults.add(
                LintCode::successor_overlap, grant.place + ".until",
                std::string(grant.until ? "the grant ends " + grant.until->format() : "the grant is open") +
                    ", the successor took over " + from.format());
        if (grant.until && (!last || *grant.until > *last)) last = grant.until;
    }
    if (!open && last && last->days_since_2000() + 1 < from.days_since_2000())
        check.faults.add(LintCode::successor_gap, body.successor->place + ".from",
                         "the last grant ended " + last->format() + ", the successor begins " + from.format());
    const auto begin = Timestamp::first_second_of(from);
    for (const auto& key : body.keys) {
        if (key.times_known && key.may(SignatureKind::payload) && (!key.until || *key.until >= begin) &&
            !key.compromised)
            check.faults.add(LintCode::successor_keys, key.place + ".until",
                             "may sign licenses after " + from.format() + ", when the successor took over");
    }
}

bool in_cycle(const LintBody& body, const Codes& codes) {
    std::set<std::string> seen;
    const LintBody* at = &body;
    while (at != nullptr && at->successor && at->successor->code) {
        const auto next = codes.find(at->successor->code->text());
        at = next == codes.end() ? nullptr : next->second;
        if (at == &body) return true;
        if (at != nullptr && at->code && !seen.insert(at->code->text()).second) return false;
    }
    return false;
}

void lint_successor(const LintCheck& check, const LintBody& body, const Codes& codes) {
    const auto& successor = *body.successor;
    if (successor.code) {
        const auto place = successor.place + ".code";
        if (body.code && *successor.code == *body.code) {
            check.faults.add(LintCode::successor_self, place);
        } else if (!check.source.delegation && !codes.contains(successor.code->text())) {
            check.faults.add(LintCode::successor_unknown, place,
                             successor.code->text() + " is not a body of the source");
        } else if (in_cycle(body, codes)) {
            check.faults.add(LintCode::successor_cycle, place);
        }
    }
    if (successor.from) lint_end_of_body(check, body, *successor.from);
}

}  // namespace

void lint_history(const LintCheck& check) {
    Codes codes;
    for (const auto& body : check.source.bodies) {
        if (body.code) codes.emplace(body.code->text(), &body);
    }
    for (const auto& body : check.source.bodies) {
        lint_former_names(check, body);
        if (body.successor) lint_successor(check, body, codes);
    }
}

}  // namespace elic
