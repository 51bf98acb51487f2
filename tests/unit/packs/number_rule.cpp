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

TEST_CASE("A serial with a gap, or shown twice and not alike, is none") {
    NumberRule rule;
    rule.patterns = {
        {{.kind = Part::Kind::serial, .count = 4, .from = 0}, {.kind = Part::Kind::serial, .count = 2, .from = 6}}};
    const auto gap = read_number(rule, "202601", with(""));
    REQUIRE(gap);
    CHECK(gap->serial.empty());
    CHECK(read_number(rule, "202601", with("2026AA01")));
    rule.patterns = {
        {{.kind = Part::Kind::serial, .count = 2, .from = 2}, {.kind = Part::Kind::serial, .count = 2, .from = 0}}};
    CHECK(read_number(rule, "2620", with(""))->serial == "2026");
    rule.patterns = {
        {{.kind = Part::Kind::serial, .count = 4, .from = 0}, {.kind = Part::Kind::serial, .count = 4, .from = 0}}};
    CHECK(read_number(rule, "20262026", with("")));
    CHECK_FALSE(read_number(rule, "20262027", with("")));
}

TEST_CASE("A packed number that would read otherwise is refused") {
    NumberRule rule;
    rule.patterns = {{{.kind = Part::Kind::choice, .choices = {"湘", "湘西"}},
                      {.kind = Part::Kind::choice, .choices = {"西", "号"}}}};
    CHECK(rebuild_number(rule, 1, with("")).value() == "湘号");
    CHECK(rebuild_number(rule, 3, with("")).value() == "湘西号");
    CHECK(rebuild_number(rule, 0, with("")).error().code == Errc::malformed_value);  // 湘 + 西 reads as 湘西 cut off
    rule.patterns = {{{.kind = Part::Kind::digits, .count = 2}}, {{.kind = Part::Kind::digits, .count = 2}}};
    CHECK(rebuild_number(rule, 42, with("")).value() == "42");
    CHECK(rebuild_number(rule, 142, with("")).error().code == Errc::malformed_value);  // the first pattern has it
}

TEST_CASE("Packed numbers and texts go both ways for every value of a small rule") {
    NumberRule rule;
    rule.patterns = {{{.kind = Part::Kind::digits, .count = 2}, {.kind = Part::Kind::check, .text = "mod_11_10"}},
                     {{.kind = Part::Kind::choice, .choices = {"a", "ab", "b"}},
                      {.kind = Part::Kind::digits, .count = 2},
                      {.kind = Part::Kind::choice, .choices = {"）", ")"}}}};
    int read = 0;
    for (std::uint64_t packed = 0; packed < 1300; ++packed) {
        const auto text = rebuild_number(rule, packed, with(""));
        if (!text) continue;
        ++read;
        CHECK(read_number(rule, *text, with(""))->packed == packed);
    }
    CHECK(read == 100 + 600);
}

TEST_CASE("A rule explains itself in one sentence") {
    const auto text = explain_number_rule(safety_rule());
    for (const char* part : {"京|湘", "建安", "（|(", "4 of the serial"}) CHECK(text.find(part) != std::string::npos);
    CHECK(explain_number_rule({}) == "any text");
}
