#include "elic/qr/draw.h"

#include <catch2/catch.hpp>

#include "elic/picture/picture.h"
#include "elic/qr/scan.h"

namespace {

int version_of(std::string_view text, elic::QrLevel level = elic::QrLevel::m) {
    const auto modules = elic::draw_qr(text, level);
    REQUIRE(modules.has_value());
    CHECK(modules->size == 17 + 4 * static_cast<std::size_t>(modules->version));
    CHECK(modules->dark.size() == modules->size * modules->size);
    return modules->version;
}

std::string read_back(const elic::Modules& modules) {
    const auto file = elic::qr_png(modules);
    REQUIRE(file.has_value());
    const auto codes = elic::scan_codes(elic::read_picture(*file).value());
    REQUIRE(codes.size() == 1);
    return codes.front().text;
}

void check_largest(elic::QrLevel level, char kind, std::size_t characters) {
    const auto text = [&](std::size_t length) { return std::string(length, kind); };
    CHECK(version_of(text(characters), level) == 40);
    const auto refused = elic::draw_qr(text(characters + 25), level);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == elic::Errc::does_not_fit);
    CHECK(refused.error().context.find(" 25 more") != std::string::npos);
    CHECK(refused.error().context.find(": " + std::to_string(characters)) != std::string::npos);
    CHECK_FALSE(elic::draw_qr(text(characters + 1), level).has_value());
}

}  // namespace

// The numbers of characters are those of ISO/IEC 18004:2015, table 7.
TEST_CASE("draw_qr takes digits in numeric mode and the smallest version that holds them") {
    const std::vector<std::pair<int, std::size_t>> numeric_m = {{1, 34}, {2, 63}, {3, 101}, {9, 432}, {10, 513}};
    for (const auto& [version, digits] : numeric_m) {
        CHECK(version_of(std::string(digits, '7')) == version);
        CHECK(version_of(std::string(digits + 1, '7')) == version + 1);
    }
}

TEST_CASE("draw_qr takes capitals in alphanumeric mode and anything else as bytes") {
    CHECK(version_of(std::string(20, 'A')) == 1);
    CHECK(version_of(std::string(21, 'A')) == 2);
    CHECK(version_of(std::string(14, 'a')) == 1);
    CHECK(version_of(std::string(15, 'a')) == 2);
    // 25 bytes and 405 digits: 430 bytes would need version 16.
    CHECK(version_of("https://example.cn/check#" + std::string(405, '3')) <= 11);
}

TEST_CASE("draw_qr fills the largest symbol of each level and says how much too long a longer text is") {
    check_largest(elic::QrLevel::l, '5', 7089);
    check_largest(elic::QrLevel::m, '5', 5596);
    check_largest(elic::QrLevel::q, '5', 3993);
    check_largest(elic::QrLevel::h, '5', 3057);
    check_largest(elic::QrLevel::m, 'A', 3391);
    check_largest(elic::QrLevel::m, 'a', 2331);
}

TEST_CASE("draw_qr refuses a text longer than any symbol without trying") {
    const auto refused = elic::draw_qr(std::string(50u << 20, 'x'));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == elic::Errc::does_not_fit);
}

TEST_CASE("draw_qr refuses an empty text") {
    const auto refused = elic::draw_qr("");
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == elic::Errc::bad_argument);
}

TEST_CASE("draw_qr draws what an independent reader reads back, for every level and kind of text") {
    for (const auto level : {elic::QrLevel::l, elic::QrLevel::m, elic::QrLevel::q, elic::QrLevel::h}) {
        for (const std::string text : {"0", "36910012345678901234567", "A-Z 0/9:$%*+.", "lower and UPPER 0123456789",
                                       "https://example.cn/check#369112345678901234567", "电子证照样例"}) {
            CHECK(read_back(elic::draw_qr(text, level).value()) == text);
        }
    }
    const std::string with_zero("a\0b", 3);
    CHECK(read_back(elic::draw_qr(with_zero).value()) == with_zero);
}

TEST_CASE("draw_qr gives the same modules for the same text and others for another") {
    CHECK(elic::draw_qr("3691").value().dark == elic::draw_qr("3691").value().dark);
    CHECK(elic::draw_qr("3691").value().dark != elic::draw_qr("3692").value().dark);
    CHECK(elic::draw_qr("3691", elic::QrLevel::l)->dark != elic::draw_qr("3691", elic::QrLevel::h)->dark);
}

TEST_CASE("qr_png draws by the look and refuses an impossible one") {
    const auto modules = elic::draw_qr("3691").value();
    const auto picture = elic::read_picture(elic::qr_png(modules, {.dots = 3, .quiet = 2}).value()).value();
    CHECK(picture.width == (modules.size + 4) * 3);
    CHECK(picture.pixels[0] == 255);
    CHECK(picture.pixels[picture.width * 6 + 6] == 0);  // the corner of the first finder pattern
    const auto refused = elic::qr_png(modules, {.dots = 0});
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == elic::Errc::bad_argument);
}
