#include "elic/license/license_id.h"

#include <catch2/catch.hpp>
#include <random>

#include "elic/license/diagnosis.h"

using namespace elic;

namespace {

// Example of the national engineering standard for W011
const std::string example = "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.U";

}  // namespace

TEST_CASE("LicenseId takes an identifier apart and puts it together again") {
    const auto id = LicenseId::parse(example);
    REQUIRE(id);
    CHECK(id->type().text() == "11100000000013338W011");
    CHECK(id->issuer().text() == "11430000006122244L");
    CHECK(id->serial() == "20230000403");
    CHECK(id->revision() == 1);
    CHECK(LicenseId::make(id->type(), id->issuer(), id->serial(), 2)->text() ==
          "1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.002.S");
}

TEST_CASE("LicenseId refuses every change of one character") {
    for (std::size_t i = 0; i < example.size(); ++i) {
        for (char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.a-")) {
            if (c == example[i]) continue;
            auto changed = example;
            changed[i] = c;
            INFO(changed);
            CHECK_FALSE(LicenseId::parse(changed));
        }
    }
}

TEST_CASE("LicenseId refuses serials and revisions out of range") {
    const auto id = LicenseId::parse(example).value();
    CHECK_FALSE(LicenseId::make(id.type(), id.issuer(), "", 1));
    CHECK_FALSE(LicenseId::make(id.type(), id.issuer(), std::string(65, '1'), 1));
    CHECK(LicenseId::make(id.type(), id.issuer(), std::string(64, 'Z'), 999));
    CHECK_FALSE(LicenseId::make(id.type(), id.issuer(), "a", 1));
    CHECK_FALSE(LicenseId::make(id.type(), id.issuer(), "1", 0));
    CHECK_FALSE(LicenseId::make(id.type(), id.issuer(), "1", 1000));
}

TEST_CASE("A diagnosis says what a wrong identifier probably is") {
    const auto rule_of = [](const std::string& text) {
        const auto diagnosis = diagnose(text);
        CHECK_FALSE(diagnosis.well_formed);
        return diagnosis.remarks.empty() ? std::string() : diagnosis.remarks.back().rule;
    };
    CHECK(rule_of("1.2.156.3003.2.11.20160101.01.5") == "root.pre_standard");
    CHECK(rule_of("1.2.156.3005.6-0123456789012345678901234567890") == "arc.legal_document");
    CHECK(rule_of("1.2.156.3005.3" + example.substr(14)) == "root.wrong");
    CHECK(rule_of(" " + example) == "characters.folded");
    CHECK(diagnose(" " + example).suggestion == example);
    CHECK(rule_of("1.2.156.3005.2.11100000000013338W011.11430000006122244L.20230000403.001.u") == "case.lower");
    CHECK(rule_of("4401002020000011QW") == "form.license_app");
    CHECK(rule_of("20201223161845547AA0112031") == "form.authorization");
    CHECK(rule_of("") == "form");
    CHECK(rule_of(std::string(5000, '1')) == "length");
}

// standards notes 1.5: a public batch program computes M where D is right, for a 32-digit hexadecimal serial
TEST_CASE("The check of the known faulty program is named, never passed over") {
    const auto type = LicenseTypeCode::parse("11100000000013661B006").value();
    const auto issuer = Uscc::parse("113700000045046442").value();
    const auto right = LicenseId::make(type, issuer, "0123456789ABCDEF0123456789ABCDEF", 1).value().text();
    int named = 0;
    for (char c : std::string("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
        if (c == right.back()) continue;
        const auto diagnosis = diagnose(right.substr(0, right.size() - 1) + c);
        CHECK_FALSE(diagnosis.well_formed);
        for (const auto& remark : diagnosis.remarks) named += remark.rule == "check.legacy_miscalculation" ? 1 : 0;
    }
    CHECK(named == 1);
}

// The example of ISO/IEC 7064 for MOD 11,10 (0794, check 5), and the published example of the Global Release
// Identifier, which uses MOD 37,36 (A1-2425G-ABC1234002-M)
TEST_CASE("The hybrid check systems give the characters of published examples") {
    CHECK(mod_11_10_check("0794") == '5');
    CHECK(mod_37_36_check("A12425GABC1234002") == 'M');
    CHECK(mod_37_36_check("a") == '\0');
    CHECK(mod_37_36_check("") == '1');
}

TEST_CASE("Identifiers made of any serial and revision parse to the same parts") {
    constexpr std::string_view characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const auto first = LicenseId::parse(example).value();
    std::mt19937 random(4);
    for (int i = 0; i < 2000; ++i) {
        std::string serial;
        for (auto size = 1 + random() % LicenseId::max_serial; size > 0; --size) serial += characters[random() % 36];
        const int revision = 1 + static_cast<int>(random() % 999);
        const auto made = LicenseId::make(first.type(), first.issuer(), serial, revision).value();
        const auto read = LicenseId::parse(made.text());
        REQUIRE(read);
        REQUIRE(*read == made);
        REQUIRE(read->serial() == serial);
        REQUIRE(read->revision() == revision);
        // Any one character of the checked parts changed: refused.
        auto changed = made.text();
        auto& place = changed[LicenseId::root.size() + 1 + random() % (changed.size() - LicenseId::root.size() - 1)];
        const char other = characters[random() % 36];
        if (place != other) {
            place = other;
            REQUIRE_FALSE(LicenseId::parse(changed));
        }
    }
}

TEST_CASE("LicenseId names the part that is wrong and the expected check character") {
    const auto error_of = [](const std::string& tail) {
        return LicenseId::parse("1.2.156.3005.2." + tail).error().context;
    };
    CHECK(LicenseId::parse("1.2.156.3005.6.x").error().code == Errc::malformed_value);
    CHECK(error_of("11100000000013338W011.11430000006122244L.20230000403.001.B") ==
          "license identifier: the check character is wrong, expected U");
    CHECK(error_of("11100000000013338W011.11430000006122244L.20230000403.01.U").find("revision") != std::string::npos);
    CHECK(error_of("11100000000013338W011.340100.20230000403.001.U").find("issuer") != std::string::npos);
    CHECK(error_of("11100000000013338W01.11430000006122244L.1.001.U").find("type") != std::string::npos);
    CHECK(error_of("11100000000013338W011.11430000006122244L.a.001.U").find("serial") != std::string::npos);
    CHECK(error_of("11100000000013338W011.11430000006122244L.1.001").find("six parts") != std::string::npos);
    CHECK(error_of("11100000000013338W011.11430000006122244L.1.001.U.U").find("six parts") != std::string::npos);
}
