#include "qr/finders.h"

#include <catch2/catch.hpp>
#include <random>

#include "elic/qr/draw.h"
#include "elic/qr/scan.h"
#include "qr/touch_up.h"

namespace {

constexpr std::size_t no_limit = 1000000;

elic::Picture drawn(std::size_t dots) {
    const auto modules = elic::draw_qr("369112345678901234567").value();
    return elic::read_picture(elic::qr_png(modules, {.dots = dots}).value()).value();
}

// A square of finder patterns and nothing else.
elic::Picture wall(std::size_t patterns_a_side, std::size_t dots) {
    const std::size_t pitch = 9;
    const std::size_t side = patterns_a_side * pitch;
    elic::Picture picture{side, side, std::vector<std::uint8_t>(side * side, 255)};
    for (std::size_t i = 0; i < side * side; ++i) {
        const std::size_t x = i % side % pitch, y = i / side % pitch;
        if (x >= 7 || y >= 7) continue;
        const bool rim = x == 0 || x == 6 || y == 0 || y == 6;
        const bool middle = x >= 2 && x <= 4 && y >= 2 && y <= 4;
        if (rim || middle) picture.pixels[i] = 0;
    }
    return elic::enlarged(picture, dots, 2 * dots);
}

}  // namespace

TEST_CASE("count_finders counts the three of a code at any size") {
    for (std::size_t dots = 1; dots <= 12; ++dots) {
        CAPTURE(dots);
        CHECK(elic::count_finders(drawn(dots), no_limit) >= 3);
        CHECK(elic::count_finders(drawn(dots), no_limit) <= 6);
    }
}

TEST_CASE("count_finders counts every pattern of a wall of them and stops at the most asked for") {
    for (std::size_t dots = 1; dots <= 7; ++dots) {
        CAPTURE(dots);
        CHECK(elic::count_finders(wall(6, dots), no_limit) == 36);
        CHECK(elic::count_finders(wall(6, dots), 10) == 10);
    }
}

TEST_CASE("count_finders finds none in empty, black or striped pictures") {
    CHECK(elic::count_finders({}, no_limit) == 0);
    elic::Picture picture{90, 90, std::vector<std::uint8_t>(90u * 90, 0)};
    CHECK(elic::count_finders(picture, no_limit) == 0);
    CHECK(elic::count_finders(elic::inverted(picture), no_limit) == 0);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) picture.pixels[i] = i % 90 % 9 < 5 ? 0 : 255;
    CHECK(elic::count_finders(picture, no_limit) == 0);
}

TEST_CASE("scan_codes does not weigh the finder patterns of a picture made of thousands of them") {
    // 10,000 patterns: ZXing alone would need hours.
    CHECK(elic::count_finders(wall(100, 3), no_limit) == 10000);
    CHECK(elic::scan_codes(wall(100, 3)).empty());
}
