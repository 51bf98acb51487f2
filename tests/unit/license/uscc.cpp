#include "elic/license/uscc.h"

#include <catch2/catch.hpp>
#include <random>

using namespace elic;

namespace {

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

}  // namespace

// Published code of a ministry
TEST_CASE("Uscc takes a code apart") {
    const auto code = Uscc::parse("11100000MB03271699");
    REQUIRE(code);
    CHECK(code->area() == "100000");
    CHECK(code->organisation() == "MB0327169");
    CHECK(code->organisation_check_holds());
    CHECK(code->packs());
}

TEST_CASE("Uscc names the expected check character") {
    CHECK(Uscc::parse("91350100M000100Y44").error() ==
          Error{Errc::malformed_value, "a unified social credit code: check character is 4, expected 3"});
    // Codes met in public texts, wrong there
    CHECK(Uscc::parse("911100001000013428").error().context.ends_with("expected C"));
    CHECK(Uscc::parse("11100000717801811Q").error().context.ends_with("expected W"));
}

TEST_CASE("Uscc refuses every change of one character") {
    for (const std::string right : {"91350100M000100Y43", "11430000006122244L", "113700000045046442"}) {
        for (std::size_t i = 0; i < right.size(); ++i) {
            for (int c = 0; c < 256; ++c) {
                auto changed = right;
                changed[i] = static_cast<char>(c);
                CHECK((changed == right || !Uscc::parse(changed)));
            }
        }
    }
}

TEST_CASE("Uscc refuses letters in the division code even when the check holds") {
    std::string text = "91A50100M000100Y40";
    int refused = 0;
    for (const char c : alphabet) {
        text.back() = c;
        refused += Uscc::parse(text) ? 0 : 1;
    }
    CHECK(refused == 31);
}

TEST_CASE("Every packed form that unpacks is the packed form of one code") {
    std::mt19937_64 random(1);
    int unpacked = 0;
    for (int i = 0; i < 20000; ++i) {
        std::array<std::uint8_t, 9> bytes{};
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        const auto code = Uscc::from_packed(bytes);
        if (!code) continue;
        ++unpacked;
        REQUIRE(code->packs());
        REQUIRE(code->packed() == bytes);
        REQUIRE(Uscc::parse(code->text()));
    }
    CHECK(unpacked > 2000);
}

TEST_CASE("Packed codes end where the numbers end") {
    // 960999999 = 0x3947B23F: YY999999; 31^8 - 1 = 0xC694446F00
    CHECK(Uscc::from_packed(Bytes{0x39, 0x47, 0xB2, 0x3F, 0xC6, 0x94, 0x44, 0x6F, 0x00})
              ->text()
              .starts_with("YY999999YYYYYYYY"));
    CHECK_FALSE(Uscc::from_packed(Bytes{0x39, 0x47, 0xB2, 0x40, 0, 0, 0, 0, 0}));
    CHECK_FALSE(Uscc::from_packed(Bytes{0, 0, 0, 0, 0xC6, 0x94, 0x44, 0x6F, 0x01}));
    CHECK_FALSE(Uscc::from_packed(Bytes(8)));
}

// D2143569-X is the example of GB 11714; it does not pack with another inner check
TEST_CASE("The check of an organisation code is looked at apart from the whole") {
    CHECK(organisation_check_character("D2143569") == 'X');
    CHECK(organisation_check_character("00000000") == '0');
    CHECK(organisation_check_character("d2143569") == '\0');
    CHECK(organisation_check_character("D214356") == '\0');
    for (const char c : alphabet) {
        if (const auto code = Uscc::parse(std::string("9143019912345678A") + c)) {
            CHECK_FALSE(code->organisation_check_holds());
            CHECK_FALSE(code->packs());
            return;
        }
    }
    FAIL("no check character fits");
}
