#include "packs/read_number_rule.h"

#include <catch2/catch.hpp>

using namespace elic;

namespace {

std::vector<FieldRule> two_fields() {
    FieldRule open, hidden;
    open.label = "类别";
    open.kind = FieldKind::code;
    hidden.label = "密级";
    hidden.kind = FieldKind::code;
    hidden.carried = Carried::absent;
    return {open, hidden};
}

bool reads(const std::string& part) {
    const auto json = Json::parse(R"({"patterns": [[)" + part + "]]}");
    const auto rule = read_number_rule(&json, two_fields());
    if (!rule) CHECK(rule.error().context.find("number.patterns[0][0]") != std::string::npos);
    return rule.has_value();
}

}  // namespace

TEST_CASE("A number rule may be left out") {
    const auto rule = read_number_rule(nullptr, {});
    REQUIRE(rule);
    CHECK(rule->patterns.empty());
    CHECK_FALSE(rule->optional);
}

TEST_CASE("Every part of a number rule is read strictly") {
    for (const char* part : {R"({"literal": "建安"})", R"({"choice": ["a", "b"]})", R"({"digits": 18})",
                             R"({"area": true})", R"({"serial": 64})", R"({"serial": 4, "from": 60})",
                             R"({"field": "类别"})", R"({"holder_code": true})", R"({"check": "mod_11_10"})"}) {
        CAPTURE(part);
        CHECK(reads(part));
    }
    for (const char* part : {R"({"literal": ""})", R"({"choice": ["a"]})", R"({"choice": ["a", "a"]})",
                             R"({"choice": ["a", ""]})", R"({"digits": 0})", R"({"digits": 19})", R"({"area": false})",
                             R"({"serial": 65})", R"({"serial": 4, "from": 61})", R"({"serial": 4, "from": -1})",
                             R"({"serial": 9223372036854775807, "from": 1})", R"({"field": "名称"})",
                             R"({"field": "密级"})", R"({"holder_code": 1})", R"({"check": "luhn"})",
                             R"({"digits": 4, "from": 1})", R"({"literal": "a", "digits": 1})", R"({})", R"([])"}) {
        CAPTURE(part);
        CHECK_FALSE(reads(part));
    }
}
