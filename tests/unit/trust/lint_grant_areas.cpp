#include "unit/trust/lint_told.h"

// Where a body may issue: within its own division, and who else may there.

using namespace elic;

namespace {

using W = LintWorld;

/// The first body has this code and a grant in this area.
auto placed(const Uscc& code, const char* area) {
    return [code, area](W& w) {
        w.body()["code"] = code.text();
        w.grant()["areas"] = {area};
    };
}

constexpr const char* beyond = "grant.beyond_division bodies[0].types[0].areas[0]";
constexpr const char* outside = "grant.outside_division bodies[0].types[0].areas[0]";

/// A body like the second, with a code and a certificate of its own, which may issue in the area of the first.
Json another(W& world, const char* seventeen, const std::string& name) {
    auto body = world.second();
    body["code"] = uscc_of(seventeen).text();
    body["name"] = name;
    body["hosts"] = Json::array();
    body["certificates"] = Json::array({{{"file", world.made("CN=" + name)}}});
    body["types"] = Json::array({granted("430100", "2026-01-01")});
    return body;
}

/// The second body may issue where the first one may, too.
void share(W& world) { world.second()["types"].push_back(granted("430100", "2026-01-01")); }

}  // namespace

TEST_CASE("The areas of a body's grants are its division or lie in it; only 99 for a county leaves the province open") {
    const auto county = uscc_of("11430102MB00TX017"), vague = uscc_of("11430199MB00TX017"),
               central = uscc_of("11100000MB00TX017"), country = uscc_of("11000000MB00TX017"),
               nowhere = uscc_of("11990199MB00TX017");
    check_told({
        {"the county itself", placed(county, "430102"), {}},
        {"its prefecture", placed(county, "430100"), {beyond}},
        {"its province", placed(county, "430000"), {beyond}},
        {"another county", placed(county, "430103"), {outside}},
        {"a county of a prefecture", placed(vague, "430102"), {}},
        {"the prefecture of 99", placed(vague, "430100"), {}},
        {"the province of 99", placed(vague, "430000"), {}},
        {"the country of 99", placed(vague, "000000"), {beyond}},
        {"another prefecture of the province of 99", placed(vague, "430200"), {outside}},
        {"an organ of the centre, in the country", placed(central, "000000"), {}},
        {"an organ of the centre, in a county", placed(central, "430102"), {}},
        {"a code of the country", placed(country, "430102"), {}},
        {"a code of no division", placed(nowhere, "430102"), {"code.division bodies[0].code"}},
        {"no code",
         [](W& w) {
             w.body()["code"] = "1";
             w.grant()["areas"] = {"440100"};
             w.second()["types"] = Json::array({granted("440200", "2026-01-01")});
         },
         {"code.malformed bodies[0].code", "grant.outside_division bodies[1].types[0].areas[0]"}},
    });
}

TEST_CASE("What is said of an area names it, the division and the code") {
    LintWorld world;
    world.grant()["areas"] = {"440300"};
    CHECK(only_text(world.lint()) == "440300 lies outside 430100, the division of " + office_code().text());
    world.grant()["areas"] = {"000000"};
    CHECK(only_text(world.lint()) == "000000 is wider than 430100, the division of " + office_code().text());
}

TEST_CASE("Two bodies that may issue one type in one area on one day are told, and no others") {
    const Told both = {"grant.outside_division bodies[1].types[1].areas[0]",
                       "grant.two_bodies bodies[1].types[1].areas[0]"};
    const Told outside_only = {both.front()};
    check_told({
        {"both open", share, both},
        {"only the right to delegate",
         [](W& w) {
             share(w);
             w.second()["types"][1]["rights"] = {"delegate"};
             w.second()["certificates"].push_back({{"file", w.made("CN=样本市交通运输局")}, {"kinds", {"delegation"}}});
         },
         outside_only},
        {"the first until the day on which the second begins",
         [](W& w) {
             share(w);
             w.grant()["until"] = "2026-12-31";
             w.second()["types"][1]["from"] = "2026-12-31";
         },
         both},
        {"the first until the day before",
         [](W& w) {
             share(w);
             w.grant()["until"] = "2026-12-31";
             w.second()["types"][1]["from"] = "2027-01-01";
         },
         outside_only},
        {"the second until the day on which the first begins",
         [](W& w) {
             share(w);
             w.grant()["from"] = "2026-12-31";
             w.second()["types"][1]["until"] = "2026-12-31";
         },
         both},
        {"the second until the day before",
         [](W& w) {
             share(w);
             w.grant()["from"] = "2027-01-01";
             w.second()["types"][1]["until"] = "2026-12-31";
         },
         outside_only},
    });
}

TEST_CASE("A grant whose days did not read is no clash of two bodies") {
    const auto at_fault = [](const char* place, const char* fault) {
        return Told{std::string(fault) + " " + place, "grant.outside_division bodies[1].types[1].areas[0]"};
    };
    const auto sharing = [](const std::function<void(Json&, Json&)>& change) {
        return [change](W& w) {
            share(w);
            change(w.grant(), w.second()["types"][1]);
        };
    };
    check_told({
        {"the first has no begin", sharing([](Json& first, Json&) { first.erase("from"); }),
         at_fault("bodies[0].types[0].from", "json.missing_key")},
        {"the second has no begin", sharing([](Json&, Json& second) { second.erase("from"); }),
         at_fault("bodies[1].types[1].from", "json.missing_key")},
        {"the end of the first is no day", sharing([](Json& first, Json&) { first["until"] = "soon"; }),
         at_fault("bodies[0].types[0].until", "time.malformed")},
        {"the end of the second is no day", sharing([](Json&, Json& second) { second["until"] = "soon"; }),
         at_fault("bodies[1].types[1].until", "time.malformed")},
    });
}

TEST_CASE("A body and its successor are no clash, whoever stands first; a body beside somebody's successor is one") {
    const auto succeeded = [](int body, const std::string& by, bool named = true) {
        return [body, by, named](W& w) {
            share(w);
            w.json["bodies"][body]["successor"] = {{"code", by}, {"from", "2028-01-01"}};
            if (!named) w.json["bodies"][1 - body]["code"] = "1";
        };
    };
    const auto clash = [](const std::vector<LintFault>& faults) { return names(faults, LintCode::grant_two_bodies); };
    LintWorld first, second, third, malformed, unnamed;
    succeeded(0, other_code().text())(first);
    CHECK_FALSE(clash(first.lint()));
    succeeded(1, office_code().text())(second);
    CHECK_FALSE(clash(second.lint()));
    succeeded(0, LintWorld::child_code().text())(third);
    CHECK(clash(third.lint()));
    succeeded(0, "1")(malformed);
    CHECK(clash(malformed.lint()));
    succeeded(0, other_code().text(), false)(unnamed);
    CHECK(clash(unnamed.lint()));
}

TEST_CASE("A clash of two bodies is told once for a pair of grants, and names the other grant") {
    LintWorld world;
    world.grant()["types"] = {lint_type, "11100000000013338W011"};
    world.grant()["areas"] = {"430102", "430103"};
    world.second()["code"] = uscc_of("11430199MB00TX025").text();
    world.second()["types"] = Json::array({world.grant()});
    CHECK(only_text(world.lint()) ==
          std::string(lint_type) + " in 430102 is also granted to '示例市住房和城乡建设局' (bodies[0].types[0])");
}

TEST_CASE("A grant is held against the first two bodies that have the same") {
    LintWorld world;
    world.second() = another(world, "11430199MB00TX025", "样本市交通运输局");
    world.json["bodies"].push_back(another(world, "11430199MB00TX033", "样例市水务管理局"));
    world.json["bodies"].push_back(another(world, "11430199MB00TX041", "样板市应急管理局"));
    const auto faults = world.lint();
    INFO(lines_of(faults));
    CHECK(told(faults) ==
          Told{"grant.two_bodies bodies[1].types[0].areas[0]", "grant.two_bodies bodies[2].types[0].areas[0]",
               "grant.two_bodies bodies[2].types[0].areas[0]", "grant.two_bodies bodies[3].types[0].areas[0]",
               "grant.two_bodies bodies[3].types[0].areas[0]"});
    REQUIRE(faults.size() == 5);
    CHECK(faults[4].text.find("(bodies[1].types[0])") != std::string::npos);
}
