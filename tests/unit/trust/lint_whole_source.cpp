#include <cstdlib>
#include <memory>

#include "unit/trust/lint_world.h"

using namespace elic;

namespace {

std::vector<LintFault> lint_text(std::string_view text) {
    return lint_trust_source(as_bytes(text), ".", at("2026-12-01T10:00:00+08:00"));
}

/// What is said of where the text is no JSON: "line 1, column 2".
std::string place_in(std::string_view text) {
    const auto faults = lint_text(text);
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].code == LintCode::json_malformed);
    const auto& said = faults[0].text;
    CHECK(said.back() == ')');
    return said.substr(said.rfind('(') + 1, said.size() - said.rfind('(') - 2);
}

}  // namespace

TEST_CASE("Where a source is no JSON is told by line and column, counted from 1") {
    CHECK(place_in("]") == "line 1, column 1");
    CHECK(place_in("{]") == "line 1, column 2");
    CHECK(place_in("{\n  \"a\": ]\n}\n") == "line 2, column 8");
    CHECK(place_in("[1,\n2,\n]") == "line 3, column 1");
    CHECK(place_in("[\n\n") == "line 3, column 1");
    CHECK(place_in("") == "line 1, column 1");
    CHECK(place_in("        }\n{") == "line 1, column 9");
    CHECK(place_in("         }\n{") == "line 1, column 10");
    CHECK(place_in("[" + std::string(189, ' ') + "}\n]") == "line 1, column 191");
}

TEST_CASE("A source of more than 256 MiB is refused as a whole, and no place in it is named") {
    constexpr std::size_t size = (256U << 20) + 1;
    struct Free {
        void operator()(void* memory) const { std::free(memory); }
    };
    const std::unique_ptr<void, Free> untouched(std::calloc(size, 1));
    REQUIRE(untouched);
    const auto faults = lint_text({static_cast<const char*>(untouched.get()), size});
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].code == LintCode::json_malformed);
    CHECK(faults[0].text == "JSON of more than 268435456 bytes");
}

TEST_CASE("A body's certificate chains to a root that the source of the list names") {
    LintWorld world;
    CHECK_FALSE(names(world.lint(), LintCode::certificate_no_chain));
    LintAgainst elsewhere;
    elsewhere.roots = {certificate_of(chain_root_pem)};
    CHECK_FALSE(names(world.lint(elsewhere), LintCode::certificate_no_chain));
    world.key()["file"] = "chain_office.pem";
    CHECK(names(world.lint(), LintCode::certificate_no_chain));
    world.json["roots"].push_back("chain_root.pem");
    CHECK(names(world.lint(), LintCode::certificate_no_chain));
    world.json["intermediates"] = {"intermediate.pem"};
    CHECK_FALSE(names(world.lint(), LintCode::certificate_no_chain));
}

TEST_CASE("A delegated body's certificate chains to a root that the delegation's source is held against") {
    LintWorld world;
    world.turn_into_delegation();
    auto against = world.parent();
    CHECK_FALSE(names(world.lint(against), LintCode::certificate_no_chain));
    against.roots = {certificate_of(chain_root_pem)};
    CHECK(names(world.lint(against), LintCode::certificate_no_chain));
    world.json["body"]["certificates"][0]["file"] = "chain_office.pem";
    CHECK(names(world.lint(against), LintCode::certificate_no_chain));
    against.intermediates = {certificate_of(chain_intermediate_pem)};
    CHECK_FALSE(names(world.lint(against), LintCode::certificate_no_chain));
}

TEST_CASE("What only the encoding refuses is told with what it is") {
    LintWorld world;
    // Former names, each a day after the one before; together longer than a body may be.
    for (int day = 10; day < 30; ++day) {
        const auto name = "示例市建设委员会" + std::to_string(day) + std::string((1 << 20) / 20, 'x');
        world.body()["former_names"].push_back({{"name", name}, {"until", "2020-01-" + std::to_string(day)}});
    }
    const auto faults = world.lint();
    CHECK(names(faults, LintCode::body_too_large));
    CHECK_FALSE(names(faults, LintCode::source_refused));
}
