#include "trust/lint_faults.h"
#include "unit/trust/lint_told.h"

// Bodies of a source beside each other: their names, hosts and what they must have.

using namespace elic;

namespace {

using W = LintWorld;

/// Both bodies have these names.
auto named(const char* first, const char* second) {
    return [first, second](W& w) {
        w.body()["name"] = first;
        w.second()["name"] = second;
    };
}

auto hosted(std::vector<std::string> first, std::vector<std::string> second) {
    return [first, second](W& w) {
        w.body()["hosts"] = first;
        w.second()["hosts"] = second;
    };
}

}  // namespace

TEST_CASE("A body whose successor took over needs no certificates and no grants") {
    check_told({
        {"neither",
         [](W& w) {
             w.body()["certificates"] = Json::array();
             w.body()["types"] = Json::array();
         },
         {"body.no_certificates bodies[0]", "body.no_grants bodies[0]"}},
        {"neither, and a successor",
         [](W& w) {
             w.body()["certificates"] = Json::array();
             w.body()["types"] = Json::array();
             w.body()["successor"] = {{"code", other_code().text()}, {"from", "2026-12-01"}};
         },
         {}},
    });
}

TEST_CASE("A body without a name is told by its place, others by their name") {
    LintWorld world;
    world.body()["certificates"] = Json::array();
    CHECK(only_text(world.lint()) == "'示例市住房和城乡建设局' has no certificates");
    world.body()["name"] = "";
    const auto faults = world.lint();
    INFO(lines_of(faults));
    REQUIRE(told(faults) == Told{"name.empty bodies[0].name", "body.no_certificates bodies[0]"});
    CHECK(faults[1].text == "bodies[0] has no certificates");
}

TEST_CASE("Names that did not read are not held against each other") {
    const Told differ = {"certificate.name_differs bodies[0].certificates[0].file",
                         "certificate.name_differs bodies[1].certificates[0].file"};
    check_told({
        {"no names", named("", ""), {"name.empty bodies[0].name", "name.empty bodies[1].name"}},
        {"a character that no name has",
         named("示例市\u200b住建局", "示例市\u200b住建局"),
         {"name.forbidden_character bodies[0].name", "name.odd_character bodies[0].name",
          "name.forbidden_character bodies[1].name", "name.odd_character bodies[1].name", differ[0], differ[1]}},
        {"the same", named("示例市住建局", "示例市住建局"), {"name.same bodies[1].name", differ[0], differ[1]}},
    });
}

TEST_CASE("Hosts that did not read are not held against each other, others each") {
    check_told({
        {"empty", hosted({""}, {""}), {"host.malformed bodies[0].hosts[0]", "host.malformed bodies[1].hosts[0]"}},
        {"a character that no host has",
         hosted({"zw\u200b.example"}, {"zw\u200b.example"}),
         {"host.malformed bodies[0].hosts[0]", "host.malformed bodies[1].hosts[0]"}},
        {"one of two",
         hosted({"a.example", "b.example"}, {"c.example", "b.example"}),
         {"host.two_bodies bodies[1].hosts[1]"}},
        {"twice in one body",
         hosted({"b.example"}, {"b.example", "b.example"}),
         {"host.twice bodies[1].hosts[1]", "host.two_bodies bodies[1].hosts[0]"}},
        {"one that looks like another of the same body",
         hosted({"zw.shili.example", "zw.shi1i.example"}, {}),
         {"host.alike bodies[0].hosts[1]"}},
    });
}

TEST_CASE("What is said of two names or hosts tells the same from those that only look so") {
    LintWorld world;
    world.second()["hosts"] = world.body()["hosts"];
    CHECK(only_text(world.lint()) == "'zw.shili.example' is also listed for '示例市住房和城乡建设局'");
    world.second()["hosts"] = {"zw.shi1i.example"};
    CHECK(only_text(world.lint()) == "'zw.shi1i.example' looks like a host of '示例市住房和城乡建设局'");
    world.second()["hosts"] = Json::array();
    const auto text_of_name = [&](const char* name) {
        world.second()["name"] = name;
        for (const auto& fault : world.lint()) {
            if (fault.place == "bodies[1].name") return fault.text;
        }
        return std::string();
    };
    CHECK(text_of_name("示例市住房和城乡建设局") ==
          "'示例市住房和城乡建设局' is also the name of bodies[0], '示例市住房和城乡建设局'");
    CHECK(text_of_name("示例市往房和城乡建设局") ==
          "'示例市往房和城乡建设局' looks like the name of bodies[0], '示例市住房和城乡建设局'");
}

TEST_CASE("A text in quotes has at most 120 bytes, cut before a character that would not be whole") {
    const std::string a117(117, 'a'), a119(119, 'a'), a120(120, 'a');
    CHECK(in_quotes(std::string_view("")) == "''");
    CHECK(in_quotes(std::string_view(a120)) == "'" + a120 + "'");
    CHECK(in_quotes(std::string_view(a120 + "a")) == "'" + a120 + "...'");
    CHECK(in_quotes(std::string_view(a119 + "示")) == "'" + a119 + "...'");
    CHECK(in_quotes(std::string_view(a117 + "示例")) == "'" + a117 + "示...'");
    CHECK(in_quotes(std::string_view(std::string(121, '\x80'))) == "'...'");
}

TEST_CASE(
    "A fault is an error or a warning by name as by kind, and says what its kind says where nothing else is said") {
    CHECK(name_of(LintSeverity::error) == "error");
    CHECK(name_of(LintSeverity::warning) == "warning");
    LintFaults faults;
    faults.add(LintCode::grant_after_key, "a");
    CHECK_FALSE(faults.has_error());
    faults.add(LintCode::root_missing, "b\n", "c\n", "d\n");
    CHECK(faults.has_error());
    const auto all = faults.take();
    REQUIRE(all.size() == 2);
    CHECK(all[0].text == kind_of(LintCode::grant_after_key).what);
    CHECK(all[0].mend == kind_of(LintCode::grant_after_key).mend);
    CHECK(all[1].place == "b\\u{000A}");
    CHECK(all[1].text == "c\\u{000A}");
    CHECK(all[1].mend == "d\\u{000A}");
}
