#include "elic/qr/draw.h"

#include <algorithm>
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

TEST_CASE("The word TEST stands under the code, outside its quiet zone, and the code reads as before") {
    for (const std::size_t digits : {20u, 400u, 3000u, 5596u}) {
        const auto modules = elic::draw_qr(std::string(digits, '7')).value();
        for (const std::size_t quiet : {0u, 2u, 4u, 6u}) {
            INFO(digits << " digits, quiet " << quiet);
            const elic::QrLook plain{.dots = 3, .quiet = quiet};
            const elic::QrLook marked{.dots = 3, .quiet = quiet, .test = true};
            const auto file = elic::qr_png(modules, marked).value();
            CHECK(file == elic::qr_png(modules, marked).value());
            const auto without = elic::read_picture(elic::qr_png(modules, plain).value()).value();
            const auto with = elic::read_picture(file).value();
            REQUIRE(with.width == without.width);
            REQUIRE(with.height > without.height);
            CHECK(std::equal(without.pixels.begin(), without.pixels.end(), with.pixels.begin()));
            // The first dark pixel under the code is at least four modules away from it.
            const auto first_dark = std::find(with.pixels.begin() + static_cast<std::ptrdiff_t>(without.pixels.size()),
                                              with.pixels.end(), 0);
            REQUIRE(first_dark != with.pixels.end());
            const auto row = static_cast<std::size_t>(first_dark - with.pixels.begin()) / with.width;
            CHECK(row == (quiet + modules.size + std::max<std::size_t>(quiet, 4)) * 3);
            if (quiet < 4) continue;
            const auto codes = elic::scan_codes(with);
            REQUIRE(codes.size() == 1);
            CHECK(codes.front().text == std::string(digits, '7'));
        }
    }
}

TEST_CASE("The word under a code is TEST") {
    const auto modules = elic::draw_qr("3691").value();
    const auto picture = elic::read_picture(elic::qr_png(modules, {.dots = 1, .test = true}).value()).value();
    REQUIRE(picture.width == 29);
    std::vector<std::string> rows;
    for (std::size_t y = 29; y < picture.height; ++y) {
        std::string row;
        for (std::size_t x = 7; x < 22; ++x) row += picture.pixels[y * picture.width + x] == 0 ? '#' : ' ';
        rows.push_back(row);
    }
    const std::string light(15, ' ');
    CHECK(rows == std::vector<std::string>{"### ### ### ###", " #  #   #    # ", " #  ### ###  # ", " #  #     #  # ",
                                           " #  ### ###  # ", light, light, light, light});
}

TEST_CASE("A picture with the word TEST keeps to the limit of a picture") {
    const auto modules = elic::draw_qr("3691").value();
    CHECK(elic::qr_png(modules, {.dots = 500, .quiet = 4}).has_value());
    CHECK(elic::qr_png(modules, {.dots = 600, .quiet = 4, .test = true}).error().code == elic::Errc::bad_argument);
    CHECK(elic::qr_png(modules, {.quiet = 1u << 20, .test = true}).error().code == elic::Errc::bad_argument);
    CHECK(elic::qr_png({}, {.test = true}).error().code == elic::Errc::bad_argument);
}
