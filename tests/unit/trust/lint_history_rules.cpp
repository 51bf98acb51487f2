#include "unit/trust/lint_checks_world.h"

using namespace elic;

namespace {

LintFormerName former(std::size_t i, const std::string& name, const char* until) {
    LintFormerName made{.place = indexed("former_names", i), .name = name, .until = {}};
    if (*until != '\0') made.until = on(until);
    return made;
}

LintChecks checks_of(const std::vector<LintBody>& bodies) {
    LintChecks checks;
    checks.source.bodies = bodies;
    return checks;
}

/// Former names with these last days ("": not read), and no two alike.
Said said_of_days(const std::vector<const char*>& days) {
    LintBody body;
    for (std::size_t i = 0; i < days.size(); ++i) {
        body.former_names.push_back(former(i, "第" + std::to_string(i) + "局", days[i]));
    }
    return checks_of({body}).said_by(lint_history);
}

Said said_of_names(const std::string& now, const std::vector<std::string>& names) {
    LintBody body;
    body.name = now;
    for (std::size_t i = 0; i < names.size(); ++i) body.former_names.push_back(former(i, names[i], ""));
    return checks_of({body}).said_by(lint_history);
}

/// Something else took over on 2026-12-01.
LintBody ended() {
    LintBody body;
    body.successor = {.place = "successor", .code = {}, .from = on("2026-12-01")};
    return body;
}

/// Grants with these last days ("": open).
Said said_of_grants(const std::vector<const char*>& days) {
    auto body = ended();
    for (const auto* day : days) {
        LintGrant grant;
        grant.place = indexed("types", body.grants.size());
        if (*day != '\0') grant.until = on(day);
        body.grants.push_back(grant);
    }
    return checks_of({body}).said_by(lint_history);
}

Uscc code_of(char letter) { return uscc_of(std::string("11430199MB00TX01") + letter); }

/// A body for each letter of `codes`, each with its successor below it; '-' for none, '?' for a code that did not read.
LintChecks chain(const std::string& codes, const std::string& successors) {
    LintChecks checks;
    for (std::size_t i = 0; i < codes.size(); ++i) {
        LintBody body;
        if (codes[i] != '?') body.code = code_of(codes[i]);
        if (successors[i] != '-') body.successor = {.place = indexed("successors", i), .code = {}, .from = {}};
        if (body.successor && successors[i] != '?') body.successor->code = code_of(successors[i]);
        checks.source.bodies.push_back(body);
    }
    return checks;
}

std::string circle(std::size_t i) {
    return "successor.cycle " + indexed("successors", i) + ".code: Successors go round in a circle";
}

std::string unknown(std::size_t i, char letter) {
    return "successor.unknown " + indexed("successors", i) + ".code: " + code_of(letter).text() +
           " is not a body of the source";
}

}  // namespace

TEST_CASE("Each last day of a former name comes after the one before it; one that did not read is passed over") {
    CHECK(said_of_days({"", "2019-01-01", "2019-01-02"}) == Said{});
    CHECK(said_of_days({"2019-01-01", "2019-01-01"}) ==
          Said{"former_name.order former_names[1].until: 2019-01-01 does not come after 2019-01-01"});
    CHECK(said_of_days({"2020-01-01", "", "2019-01-01", "2019-06-01"}) ==
          Said{"former_name.order former_names[2].until: 2019-01-01 does not come after 2020-01-01"});
}

TEST_CASE("The last day of a former name may be today, not tomorrow") {
    CHECK(said_of_days({"2026-12-01"}) == Said{});
    CHECK(said_of_days({"2026-12-02"}) == Said{"former_name.future former_names[0].until: 2026-12-02 is yet to come"});
}

TEST_CASE("A former name differs from the name and from the others by more than blanks and case") {
    CHECK(said_of_names("示例局", {"示例处", "示例科"}) == Said{});
    CHECK(said_of_names("示例局", {"示例 局"}) ==
          Said{"former_name.same former_names[0].name: '示例 局' is there already"});
    CHECK(said_of_names("", {"示例处", "示例处"}) ==
          Said{"former_name.same former_names[1].name: '示例处' is there already"});
    CHECK(said_of_names("示例局", {"", ""}) == Said{});
}

TEST_CASE("Every grant ends before the successor takes over") {
    const std::string which = "successor.grants_open types[0].until: the grant ";
    const std::string when = ", the successor took over 2026-12-01";
    CHECK(said_of_grants({"2026-11-30"}) == Said{});
    CHECK(said_of_grants({"2026-12-01"}) == Said{which + "ends 2026-12-01" + when});
    CHECK(said_of_grants({"2027-01-01"}) == Said{which + "ends 2027-01-01" + when});
    CHECK(said_of_grants({""}) == Said{which + "is open" + when});
}

TEST_CASE("The last grant ends the day before the successor takes over, whichever of them it is") {
    const Said gap = {"successor.gap successor.from: the last grant ended 2026-11-29, the successor begins 2026-12-01"};
    CHECK(said_of_grants({}) == Said{});
    CHECK(said_of_grants({"2026-11-29"}) == gap);
    CHECK(said_of_grants({"2026-11-29", "2026-05-01"}) == gap);
    CHECK(said_of_grants({"2026-05-01", "2026-11-29"}) == gap);
    CHECK(said_of_grants({"2026-11-30", "2026-05-01"}) == Said{});
    CHECK(said_of_grants({"2026-05-01", "2026-11-30"}) == Said{});
}

TEST_CASE("Where a grant is open there is no gap, and one whose days did not read says nothing") {
    const std::string open = ".until: the grant is open, the successor took over 2026-12-01";
    CHECK(said_of_grants({"", "2026-05-01"}) == Said{"successor.grants_open types[0]" + open});
    CHECK(said_of_grants({"2026-05-01", ""}) == Said{"successor.grants_open types[1]" + open});
    auto body = ended();
    body.grants.resize(1);
    body.grants[0].times_known = false;
    CHECK(checks_of({body}).said_by(lint_history) == Said{});
}

TEST_CASE("Every key for licenses ends in the second before the successor takes over, or is known to be lost") {
    const Said open = {
        "successor.keys_open certificates[0].until: may sign licenses after 2026-12-01, when the successor took over"};
    LintKey key;
    key.place = "certificates[0]";
    key.kinds = 1U << static_cast<unsigned>(SignatureKind::payload);
    const auto said_of = [](const LintKey& changed) {
        auto body = ended();
        body.keys = {changed};
        return checks_of({body}).said_by(lint_history);
    };
    CHECK(said_of(key) == open);
    auto other = key;
    other.until = at("2026-12-01T00:00:00+08:00");
    CHECK(said_of(other) == open);
    other.until = at("2026-11-30T23:59:59+08:00");
    CHECK(said_of(other) == Said{});
    other = key;
    other.compromised = at("2026-11-01T00:00:00+08:00");
    CHECK(said_of(other) == Said{});
    other = key;
    other.times_known = false;
    CHECK(said_of(other) == Said{});
    other = key;
    other.kinds = 1U << static_cast<unsigned>(SignatureKind::status_list);
    CHECK(said_of(other) == Said{});
}

TEST_CASE("A body is not its own successor, and its successor is a body of the source") {
    CHECK(chain("A", "A").said_by(lint_history) ==
          Said{"successor.itself successors[0].code: A body is its own successor"});
    CHECK(chain("AB", "B-").said_by(lint_history) == Said{});
    CHECK(chain("A", "B").said_by(lint_history) == Said{unknown(0, 'B')});
    CHECK(chain("A?", "?A").said_by(lint_history) == Said{});
    auto delegation = chain("A", "B");
    delegation.source.delegation = true;
    CHECK(delegation.said_by(lint_history) == Said{});
}

TEST_CASE("Who is in a circle of successors is told, and not who only comes to one") {
    CHECK(chain("AB", "BA").said_by(lint_history) == Said{circle(0), circle(1)});
    CHECK(chain("ABC", "BCA").said_by(lint_history) == Said{circle(0), circle(1), circle(2)});
    CHECK(chain("DAB", "ABA").said_by(lint_history) == Said{circle(1), circle(2)});
    CHECK(chain("ABCD", "BC--").said_by(lint_history) == Said{});
}

TEST_CASE("A row of successors that ends in a body unknown, or one that did not read, is no circle") {
    CHECK(chain("AB", "BC").said_by(lint_history) == Said{unknown(1, 'C')});
    CHECK(chain("AB", "B?").said_by(lint_history) == Said{});
}
