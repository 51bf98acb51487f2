#include "elic/packs/number_rule.h"

#include <catch2/catch.hpp>

#include "packs/read_number_rule.h"

using namespace elic;

namespace {

using Part = NumberPart;

/// 湘建安B（2023）0000403: province, class on the face, serial; two kinds of brackets.
NumberRule safety_rule() {
    NumberRule rule;
    rule.patterns = {{{.kind = Part::Kind::choice, .choices = {"京", "湘"}},
                      {.kind = Part::Kind::literal, .text = "建安"},
                      {.kind = Part::Kind::field, .field = 0},
                      {.kind = Part::Kind::choice, .choices = {"（", "("}},
                      {.kind = Part::Kind::serial, .count = 4, .from = 0},
                      {.kind = Part::Kind::choice, .choices = {"）", ")"}},
                      {.kind = Part::Kind::serial, .count = 7, .from = 4}}};
    return rule;
}

NumberContext with(std::string_view serial, std::string_view code = "B") {
    return {.serial = serial, .first_holder_code = "91430199MA00EX070M", .field_code = [code](int) {
                return std::string(code);
            }};
}

}  // namespace

TEST_CASE("A number that repeats the serial costs only what is free in it") {
    const auto rule = safety_rule();
    const auto reading = read_number(rule, "湘建安B（2023）0000403", with("20230000403"));
    REQUIRE(reading);
    CHECK(reading->packed == 1U * 4);  // province 1 of 2, then two first brackets
    CHECK_FALSE(reading->rebuilt);
    CHECK(rebuild_number(rule, *reading->packed, with("20230000403")).value() == "湘建安B（2023）0000403");
    for (std::uint64_t packed = 0; packed < 8; ++packed) {
        const auto text = rebuild_number(rule, packed, with("20230000403")).value();
        CHECK(read_number(rule, text, with("20230000403"))->packed == packed);
    }
    CHECK_FALSE(rebuild_number(rule, 8, with("20230000403")));
}

TEST_CASE("A number gives the serial when none is known, and must agree when one is") {
    const auto rule = safety_rule();
    CHECK(rule.gives_serial());
    CHECK(read_number(rule, "湘建安B(2023)0000403", with(""))->serial == "20230000403");
    CHECK_FALSE(read_number(rule, "湘建安B(2023)0000403", with("20230000404")));
    CHECK_FALSE(read_number(rule, "湘建安A(2023)0000403", with("")));
    CHECK_FALSE(read_number(rule, "湘建安B(2023)0000403x", with("")));
    CHECK_FALSE(read_number(rule, "", with("")));
}

TEST_CASE("A number that is the holder's code is rebuilt from nothing") {
    NumberRule rule;
    rule.patterns = {{{.kind = Part::Kind::holder_code}}};
    CHECK(read_number(rule, "91430199MA00EX070M", with(""))->rebuilt);
    CHECK(rebuild_number(rule, 0, with("")).value() == "91430199MA00EX070M");
    CHECK_FALSE(read_number(rule, "91430199MA00EX038A", with("")));
}

// type-packs.md: invented numbers whose checks are right
TEST_CASE("Check digits of numbers are computed, not believed") {
    NumberRule food;
    food.patterns = {{{.kind = Part::Kind::literal, .text = "JY"},
                      {.kind = Part::Kind::digits, .count = 1},
                      {.kind = Part::Kind::area},
                      {.kind = Part::Kind::digits, .count = 6},
                      {.kind = Part::Kind::check, .text = "mod_11_10"}}};
    const auto reading = read_number(food, "JY24301999900010", with(""));
    REQUIRE(reading);
    CHECK(reading->area == "430199");
    CHECK(rebuild_number(food, *reading->packed, with("")).value() == "JY24301999900010");
    CHECK_FALSE(read_number(food, "JY24301999900011", with("")));
    NumberRule qualification;
    qualification.patterns = {{{.kind = Part::Kind::literal, .text = "D"},
                               {.kind = Part::Kind::digits, .count = 8},
                               {.kind = Part::Kind::check, .text = "qualification"}}};
    CHECK(read_number(qualification, "D253000012", with("")));  // the rule's own example
    CHECK_FALSE(read_number(qualification, "D253000013", with("")));
}

TEST_CASE("Free digits that do not fit 63 bits travel as text") {
    NumberRule rule;
    rule.patterns = {{{.kind = Part::Kind::digits, .count = 18}, {.kind = Part::Kind::digits, .count = 2}}};
    const auto reading = read_number(rule, "99999999999999999999", with(""));
    REQUIRE(reading);
    CHECK_FALSE(reading->packed);
}

TEST_CASE("Patterns that a packed number could not tell apart are refused") {
    const auto rule = Json::parse(R"({"patterns": [[{"digits": 4}], [{"digits": 2}, {"literal": "号"}]]})");
    CHECK(read_number_rule(&rule, {}).error().code == Errc::malformed_pack);
    const auto other = Json::parse(R"({"patterns": [[{"digits": 2}, {"literal": "号"}], [{"digits": 4}]]})");
    CHECK(read_number_rule(&other, {}));
}
