#include <map>
#include <set>

#include "base/text.h"
#include "trust/lint_checks.h"
#include "trust/lint_names.h"

namespace elic {

std::string in_quotes(const LintBody& body) { return body.name.empty() ? body.place : in_quotes(body.name); }

std::string days_from_to(Timestamp from, Timestamp to) { return from.day().format() + " to " + to.day().format(); }

namespace {

void lint_one(const LintCheck& check, const LintBody& body) {
    auto& faults = check.faults;
    if (body.keys.empty() && !body.successor)
        faults.add(LintCode::body_no_certificates, body.place, in_quotes(body) + " has no certificates");
    if (body.grants.empty() && !body.successor)
        faults.add(LintCode::body_no_grants, body.place, in_quotes(body) + " has no grants");
    // GB 32100, table of registering departments: 1 = 机构编制 (11 organs, 12 institutions, 13 associations, 19
    // others).
    if (body.code && body.code->text()[0] != '1')
        faults.add(LintCode::code_class, body.place + ".code",
                   body.code->text() + " is not registered as a state organ or public institution");
}

void lint_names(const LintCheck& check) {
    struct Named {
        const LintBody* body;
        std::string name;
    };
    std::map<std::string, Named> looks;
    for (const auto& body : check.source.bodies) {
        if (body.name.empty() || find_text_fault(body.name)) continue;
        const auto plain = plain_name(body.name);
        const auto [seen, fresh] = looks.emplace(look_of(body.name), Named{&body, plain});
        if (fresh) continue;
        const auto other = seen->second.body->place + ", " + in_quotes(seen->second.body->name);
        const bool same = seen->second.name == plain;
        check.faults.add(same ? LintCode::name_same : LintCode::name_alike, body.place + ".name",
                         in_quotes(body.name) + (same ? " is also the name of " : " looks like the name of ") + other);
    }
}

void lint_hosts_of_all(const LintCheck& check) {
    struct Listed {
        const LintBody* body;
        std::string text;
    };
    std::map<std::string, Listed> looks;
    for (const auto& body : check.source.bodies) {
        std::set<std::string> own;
        for (const auto& host : body.hosts) {
            if (host.text.empty() || find_text_fault(host.text)) continue;
            const auto plain = plain_name(host.text);
            if (!own.insert(plain).second) continue;
            // Separators count in hosts: a look keeps them.
            const auto [seen, fresh] = looks.emplace(look_of(host.text), Listed{&body, plain});
            if (fresh || (seen->second.body == &body && seen->second.text == plain)) continue;
            const bool same = seen->second.text == plain;
            check.faults.add(same ? LintCode::host_shared : LintCode::host_alike, host.place,
                             in_quotes(host.text) + (same ? " is also listed for " : " looks like a host of ") +
                                 in_quotes(*seen->second.body));
        }
    }
}

}  // namespace

void lint_bodies(const LintCheck& check) {
    std::map<std::string, const LintBody*> codes;
    for (const auto& body : check.source.bodies) {
        lint_one(check, body);
        if (!body.code) continue;
        const auto [seen, fresh] = codes.emplace(body.code->text(), &body);
        if (!fresh)
            check.faults.add(LintCode::body_twice, body.place + ".code",
                             body.code->text() + " is also " + seen->second->place);
    }
    lint_names(check);
    lint_hosts_of_all(check);
}

}  // namespace elic
