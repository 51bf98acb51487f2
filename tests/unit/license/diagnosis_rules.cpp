#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <set>

#include "diagnosis_fixture.h"

using namespace elic;

namespace {

struct Row {
    std::string name, zh, en;
};

const std::vector<Row>& rules() {
    static const std::vector<Row> table = {
#define ELIC_RULE(identifier, name, zh, en) {name, zh, en},
#include "license/diagnosis_rules.def"
#undef ELIC_RULE
    };
    return table;
}

const std::string root = "1.2.156.3005.2.";

/// A text that makes each rule speak.
const std::vector<std::string>& speaking() {
    static const std::vector<std::string> texts = {
        "hello",
        std::string(5000, '1'),
        "1143000000612224L",
        " 91350100M000100Y43",
        "91350100m000100Y43",
        "D2143569-X",
        "9135O100M000100Y43",
        "9135?100M000100Y43",
        "11430000006212244L",
        "91350100M000100Y44",
        "1.2.156.3005.3.11100000000013338W011.11430000006122244L.20230000403.001.U",
        "11100000000013338W011.11430000006122244L.20230000403.001.U",
        "1.2.156.3003.2.11.20160101.01.5",
        "1.2.156.3003.2.11.20160101.01.6",
        "1.2.156.3005.6-1",
        root + "11100000000013338W011.11430000006122244L.20230000403.001.U.OFD",
        root + "1.2",
        root + "062301.1101101102.0624_001.001.U",
        root + "11100000000013339W011.11430000006122245L.20230000403.001.U",
        root + "11100000MB03271699022.340100.000000016.001.9",
        root + "11100000000013338W011.006122244.20230000403.001.U",
        root + "11100000000013338W011.11430000006122244L..000.UU",
        root + "11100000000013338W011.11430000006122244L.2023000001A158A22D2BB1B0ECFE581A7472E7B625.V1.U",
        root + "11100000000013338W050.91610800064834709T.2023000001.001.X",
        root + "11100000000013661B006.113700000045046442.A158A22D2BB1B0ECFE581A7472E7B625.001.M",
        "114A0000006122244L",
        "91990100M000100Y43",
        "9143019912345678AT",
        "11430000006122254L",
        "430199198502300019",
        "110105491231002",
        "4401002020000011QW",
        "20201223161845547AA0112031",
        "100005801000021135110000",
        "11100000000014154E1000629002001",
        "0111430000006122244L01430199198502280019V100000001",
        root + "11100000000013338W011.114300000061?2244L.20230000403.001.U",
    };
    return texts;
}

std::string read_page(const std::string& name) {
    std::ifstream stream(std::string(ELIC_SOURCE_DIR) + "/" + name);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("Every rule of a diagnosis is spoken by some code") {
    std::set<std::string> spoken;
    for (const auto& text : speaking()) {
        for (const auto& rule : rules_of(text)) spoken.insert(rule);
    }
    for (const auto& rule : rules()) {
        INFO(rule.name);
        CHECK(spoken.count(rule.name) == 1);
    }
}

TEST_CASE("Rules have one name each and sentences without holes left open") {
    std::set<std::string> names;
    for (const auto& rule : rules()) {
        CHECK(names.insert(rule.name).second);
        CHECK_FALSE(rule.zh.empty());
        CHECK_FALSE(rule.en.empty());
    }
    for (const auto& text : speaking()) {
        for (const auto& remark : diagnose(text).remarks) {
            INFO(remark.en);
            CHECK(remark.en.find("{0}") == std::string::npos);
            CHECK(remark.en.find("{1}") == std::string::npos);
            CHECK(remark.zh.find("{0}") == std::string::npos);
            CHECK(remark.zh.ends_with("。"));
            CHECK(remark.en.ends_with("."));
        }
    }
}

TEST_CASE("The page of identifiers lists every rule") {
    const auto page = read_page("docs/format/identifier.md");
    REQUIRE_FALSE(page.empty());
    for (const auto& rule : rules()) {
        INFO(rule.name);
        CHECK(page.find("| `" + rule.name + "` |") != std::string::npos);
    }
}
