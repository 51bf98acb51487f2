#include "qr/black_white.h"

#include <algorithm>
#include <catch2/catch.hpp>

namespace {

using Pixels = std::vector<std::uint8_t>;

// A slope of light from left to right with a dark square every 8 pixels, about half as bright as the slope.
elic::Picture shaded(std::size_t width, std::size_t height) {
    elic::Picture picture{width, height, {}};
    for (std::size_t i = 0; i < width * height; ++i) {
        const std::size_t x = i % width, y = i / width, light = 100 + x / 2;
        const bool dark = x % 8 < 4 && y % 8 < 4;
        picture.pixels.push_back(static_cast<std::uint8_t>(dark ? light * 11 / 20 : light));
    }
    return picture;
}

std::size_t wrong_pixels(const elic::Picture& picture, const elic::Picture& black_white) {
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        const bool dark = i % picture.width % 8 < 4 && i / picture.width % 8 < 4;
        wrong += black_white.pixels[i] != (dark ? 0 : 255);
    }
    return wrong;
}

}  // namespace

TEST_CASE("black_white_by_surroundings parts dark from light under a slope of light, in any size") {
    for (const auto& [width, height] : {std::pair<std::size_t, std::size_t>{300, 160}, {163, 41}, {40, 40}, {95, 77}}) {
        CAPTURE(width, height);
        const auto picture = shaded(width, height);
        const auto parted = elic::black_white_by_surroundings(picture);
        CHECK(parted.width == width);
        CHECK(parted.height == height);
        CHECK(wrong_pixels(picture, parted) == 0);
    }
    const auto wide = shaded(300, 160);
    CHECK(wrong_pixels(wide, elic::black_white_by_histogram(wide)) > 0);  // one threshold cannot
}

TEST_CASE("black_white_by_surroundings takes a flat light picture as white and one of a side below 40 as a whole") {
    const elic::Picture flat{64, 64, Pixels(64u * 64, 200)};
    CHECK(std::ranges::all_of(elic::black_white_by_surroundings(flat).pixels, [](auto pixel) { return pixel == 255; }));
    const elic::Picture strip{4, 1, {10, 20, 200, 210}};
    CHECK(elic::black_white_by_surroundings(strip).pixels == Pixels{0, 0, 255, 255});
    CHECK(elic::black_white_by_surroundings({}).pixels.empty());
}

TEST_CASE("black_white_by_histogram puts its threshold between the two classes of grey") {
    CHECK(elic::black_white_by_histogram({6, 1, {90, 95, 100, 120, 125, 130}}).pixels ==
          Pixels{0, 0, 0, 255, 255, 255});
    CHECK(elic::black_white_by_histogram({3, 1, {0, 255, 0}}).pixels == Pixels{0, 255, 0});
}
