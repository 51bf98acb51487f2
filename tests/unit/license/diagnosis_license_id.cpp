#include <catch2/catch.hpp>
#include <fstream>

#include "diagnosis_fixture.h"
#include "elic/license/license_id.h"

using namespace elic;

using Rules = std::vector<std::string>;

namespace {

const std::string root = "1.2.156.3005.2.";
// Example of the national engineering standard for W011
const std::string tail = "11100000000013338W011.11430000006122244L.20230000403.001.U";
const std::string example = root + tail;

}  // namespace

// Real identifiers found in public systems: testdata/SOURCE.md
TEST_CASE("Each real identifier breaks exactly the rules that its note names") {
    CHECK(rules_of(example).empty());
    CHECK(rules_of(root + "11100000MB03271699022.340100.000000016.001.9") ==
          Rules{"issuer.division_code", "check.holds"});
    const auto placeholder = diagnose(root + "11100000000013338W050.91610800064834709T.2023000001.001.X");
    CHECK(placeholder.remarks.size() == 1);
    CHECK(sentence(placeholder, "check.placeholder").find(" 2 is expected") != std::string::npos);
    CHECK(placeholder.remarks[0].zh.find("应为 2") != std::string::npos);
    CHECK(rules_of(root + "062301.1101101102.0624_001.001.U") ==
          Rules{"type.form", "issuer.uscc", "serial.characters", "check.form"});
    CHECK(diagnose(root + "062301.1101101102.0624_001.001.U").suggestion.empty());
}

TEST_CASE("A right identifier is shown in its parts") {
    const auto diagnosis = diagnose(example);
    CHECK(diagnosis.well_formed);
    REQUIRE(diagnosis.parts.size() == 6);
    CHECK(diagnosis.parts[0] == std::pair<std::string, std::string>("root", "1.2.156.3005.2"));
    CHECK(diagnosis.parts[3] == std::pair<std::string, std::string>("serial", "20230000403"));
}

TEST_CASE("What surrounds an identifier is taken off and said") {
    const std::pair<std::string, Rules> cases[] = {
        {" " + example + "\r\n", {"characters.folded"}},
        {"１．２．１５６．３００５．２．" + tail, {"characters.folded"}},
        {"1。2。156。3005。2。" + tail, {"characters.folded"}},
        {tail, {"root.missing"}},
        {"1.2.156.3005.3." + tail, {"root.wrong"}},
        {"2.16.156.3005.2." + tail, {"root.wrong"}},
        {"1.2.156.3005.21." + tail, {"root.wrong"}},
        {example + ".ofd", {"suffix.file_name", "case.lower"}},
        {example + ".OFD", {"suffix.file_name"}},
        {"1.2.156.3005.2-11100000000013338W011-11430000006122244L-20230000403-001-U", {"characters.separator"}},
        {"1.2.156.3005.2.11100000000013338w011.11430000006122244l.20230000403.001.u", {"case.lower"}},
    };
    for (const auto& [text, rules] : cases) {
        INFO(text);
        const auto diagnosis = diagnose(text);
        CHECK(diagnosis.kind == CodeKind::license_id);
        CHECK_FALSE(diagnosis.well_formed);
        CHECK(diagnosis.suggestion == example);
        CHECK(rules_of(text) == rules);
    }
}

TEST_CASE("Each part is named that breaks its rule") {
    const std::pair<const char*, const char*> cases[] = {
        {"11100000000013338W01.11430000006122244L.20230000403.001.U", "type.form"},
        {"11100000000013338W0A1.11430000006122244L.20230000403.001.U", "type.form"},
        {"11100000000013339W011.11430000006122244L.20230000403.001.U", "type.uscc"},
        {"11100000000013338W011.11430000006122245L.20230000403.001.U", "issuer.uscc"},
        {"11100000000013338W011.1143000000612224.20230000403.001.U", "issuer.uscc"},
        {"11100000000013338W011.006122244.20230000403.001.U", "issuer.organisation_code"},
        {"11100000000013338W011.11430000006122244L.20230000403.000.U", "revision.zero"},
        {"11100000000013338W011.11430000006122244L.20230000403.V1.U", "revision.form"},
        {"11100000000013338W011.11430000006122244L.2023/0403.001.U", "serial.characters"},
        {"11100000000013338W011.11430000006122244L..001.U", "serial.length"},
        {"11100000000013338W011.11430000006122244L.20230000403.001.UU", "check.form"},
        {"11100000000013338W011.11430000006122244L.20230000403.001.", "check.form"},
        {"11100000000013338W011.11430000006122244L.20230000403.001", "parts.count"},
        {"11100000000013338W011.11430000006122244L.2023.0000403.001.U", "parts.count"},
    };
    for (const auto& [text, rule] : cases) {
        INFO(text);
        const auto diagnosis = diagnose(root + text);
        CHECK(diagnosis.kind == CodeKind::license_id);
        CHECK_FALSE(diagnosis.well_formed);
        CHECK(has_rule(diagnosis, rule));
    }
    CHECK(has_rule(diagnose(root + "11100000000013338W011.11430000006122244L." + std::string(65, '1') + ".001.U"),
                   "serial.length"));
    CHECK(has_rule(diagnose("1.2.156.3005.2"), "parts.count"));
    CHECK(has_rule(diagnose("1.2.156.3005"), "root.wrong"));
}

TEST_CASE("Letters typed for digits in type and issuer are mended when every check then holds") {
    CHECK(diagnose(root + "111O00000000I3338W011.11430000006122244L.20230000403.001.U").suggestion == example);
    CHECK(diagnose(root + "11100000000013338W011.1143O000006122244L.20230000403.001.U").suggestion == example);
    CHECK(diagnose(root + "11100000000013338W011.1143O000006122244L.20230000404.001.U").suggestion.empty());
}

TEST_CASE("A UUID that kept its dashes loses them") {
    const auto type = LicenseTypeCode::parse("11100000000013338W001").value();
    const auto issuer = Uscc::parse("11430000006122244L").value();
    const auto right = LicenseId::make(type, issuer, "A158A22D2BB1B0ECFE581A7472E7B625", 1).value().text();
    auto dashed = right;
    dashed.replace(dashed.find("A158"), 32, "a158a22d-2bb1-b0ec-fe58-1a7472e7b625");
    const auto diagnosis = diagnose(dashed);
    CHECK(has_rule(diagnosis, "serial.characters"));
    CHECK(has_rule(diagnosis, "case.lower"));
    CHECK(diagnosis.suggestion == right);
    const auto with_case_number =
        LicenseId::make(type, issuer, "2023000001A158A22D2BB1B0ECFE581A7472E7B625", 1).value();
    CHECK(diagnose(with_case_number.text()).well_formed);
    CHECK(rules_of(with_case_number.text()) == Rules{"serial.with_uuid"});
}

TEST_CASE("Two neighbours exchanged are found, a single wrong character is never guessed") {
    auto exchanged = example;
    std::swap(exchanged[exchanged.find("20230000403") + 8], exchanged[exchanged.find("20230000403") + 9]);
    const auto diagnosis = diagnose(exchanged);
    CHECK(has_rule(diagnosis, "check.wrong"));
    CHECK(diagnosis.suggestion == example);
    CHECK(has_rule(diagnosis, "characters.exchanged"));
    // The check character alone is wrong: nothing tells which character is.
    const auto wrong = diagnose(example.substr(0, example.size() - 1) + "B");
    CHECK(sentence(wrong, "check.wrong").starts_with("The check character is B, U is expected"));
    CHECK(wrong.suggestion != example);
}

TEST_CASE("Every change of one character of an identifier is diagnosed as not well formed") {
    for (std::size_t i = 0; i < example.size(); ++i) {
        for (const char c : std::string("09AZ._- x")) {
            auto changed = example;
            changed[i] = c;
            if (changed == example) continue;
            INFO(changed);
            const auto diagnosis = diagnose(changed);
            CHECK_FALSE(diagnosis.well_formed);
            CHECK_FALSE(diagnosis.remarks.empty());
        }
    }
}
