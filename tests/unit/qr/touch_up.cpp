#include "qr/touch_up.h"

#include <catch2/catch.hpp>

namespace {

using Pixels = std::vector<std::uint8_t>;

elic::Picture flat(std::size_t width, std::size_t height, std::uint8_t grey) {
    return {width, height, Pixels(width * height, grey)};
}

}  // namespace

TEST_CASE("inverted turns black to white and back") {
    const elic::Picture picture{3, 1, {0, 100, 255}};
    CHECK(elic::inverted(picture).pixels == Pixels{255, 155, 0});
    CHECK(elic::inverted(elic::inverted(picture)).pixels == picture.pixels);
}

TEST_CASE("halved takes the mean of four pixels and drops an odd edge") {
    const auto half = elic::halved({5, 3, {0, 4, 10, 20, 9, 8, 12, 30, 40, 9, 9, 9, 9, 9, 9}});
    CHECK(half.width == 2);
    CHECK(half.height == 1);
    CHECK(half.pixels == Pixels{6, 25});
    CHECK(elic::halved(flat(1, 7, 3)).pixels.empty());
}

TEST_CASE("enlarged repeats pixels and adds a white margin") {
    const auto large = elic::enlarged({2, 1, {1, 2}}, 2, 1);
    CHECK(large.width == 6);
    CHECK(large.height == 4);
    CHECK(large.pixels == Pixels{255, 255, 255, 255, 255, 255, 255, 1,   1,   2,   2,   255,
                                 255, 1,   1,   2,   2,   255, 255, 255, 255, 255, 255, 255});
}

TEST_CASE("blurred spreads a point over its neighbours and leaves flat areas") {
    elic::Picture point = flat(5, 5, 0);
    point.pixels[12] = 160;
    const auto soft = elic::blurred(point);
    CHECK(soft.pixels[12] == 40);
    CHECK(soft.pixels[11] == 20);
    CHECK(soft.pixels[7] == 20);
    CHECK(soft.pixels[6] == 10);
    CHECK(soft.pixels[10] == 0);
    CHECK(elic::blurred(flat(4, 3, 77)).pixels == flat(4, 3, 77).pixels);
    CHECK(elic::blurred(flat(1, 1, 9)).pixels == Pixels{9});
}

TEST_CASE("sharpened makes an edge steeper, within 0 to 255, and leaves flat areas") {
    const elic::Picture edge{8, 1, {100, 100, 100, 100, 150, 150, 150, 150}};
    const auto sharp = elic::sharpened(edge);
    CHECK(sharp.pixels[0] == 100);
    CHECK(sharp.pixels[3] < 100);
    CHECK(sharp.pixels[4] > 150);
    CHECK(sharp.pixels[7] == 150);
    CHECK(elic::sharpened({4, 1, {0, 0, 255, 255}}).pixels == Pixels{0, 0, 255, 255});
}

TEST_CASE("stretched spreads the greys over the whole range and leaves a picture of one grey") {
    elic::Picture faint = flat(100, 1, 120);
    for (std::size_t i = 0; i < 50; ++i) faint.pixels[i] = 130;
    faint.pixels[99] = 0;  // a speck does not count
    const auto strong = elic::stretched(faint);
    CHECK(strong.pixels[0] == 255);
    CHECK(strong.pixels[50] == 0);
    CHECK(strong.pixels[99] == 0);
    CHECK(elic::stretched(flat(3, 3, 50)).pixels == flat(3, 3, 50).pixels);
}

TEST_CASE("whiten paints a quadrilateral and nothing else") {
    elic::Picture picture = flat(5, 5, 0);
    elic::whiten(picture, {{{2, 0}, {4, 2}, {2, 4}, {0, 2}}});
    const Pixels diamond = {0,   0,   255, 0,   0,   0,   255, 255, 255, 0,   255, 255, 255,
                            255, 255, 0,   255, 255, 255, 0,   0,   0,   255, 0,   0};
    CHECK(picture.pixels == diamond);
    elic::Picture square = flat(3, 3, 0);
    elic::whiten(square, {{{0, 0}, {1, 0}, {1, 1}, {0, 1}}});
    CHECK(square.pixels == Pixels{255, 255, 0, 255, 255, 0, 0, 0, 0});
}

TEST_CASE("whiten leaves out what is outside the picture") {
    elic::Picture picture = flat(3, 2, 0);
    elic::whiten(picture, {{{-10, -10}, {1, -10}, {1, 10}, {-10, 10}}});
    CHECK(picture.pixels == Pixels{255, 255, 0, 255, 255, 0});
    elic::whiten(picture, {{{5, 5}, {9, 5}, {9, 9}, {5, 9}}});
    elic::whiten(picture, {{{-5, 0}, {-3, 0}, {-3, 1}, {-5, 1}}});
    CHECK(picture.pixels == Pixels{255, 255, 0, 255, 255, 0});
}
