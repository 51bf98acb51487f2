#include <catch2/catch.hpp>

#include "elic/picture/picture.h"
#include "picture_fixtures/encoders.h"

namespace {

constexpr int rgb = 2, palette = 3, grey_alpha = 4, rgba = 6;  // PNG colour types

elic::Bytes pixels_of(const elic::Bytes& file) {
    const auto picture = elic::read_picture(file);
    REQUIRE(picture.has_value());
    return picture->pixels;
}

elic::Bytes slope(std::size_t length) {
    elic::Bytes bytes;
    for (std::size_t i = 0; i < length; ++i) bytes.push_back(static_cast<std::uint8_t>(i * 7));
    return bytes;
}

void check_malformed(elic::BytesView file) {
    const auto picture = elic::read_picture(file);
    REQUIRE_FALSE(picture.has_value());
    CHECK(picture.error().code == elic::Errc::malformed_picture);
}

}  // namespace

TEST_CASE("PNG of 8 grey bits comes out unchanged, interlaced or not") {
    const auto rows = slope(13 * 11);
    for (const bool interlaced : {false, true}) {
        CHECK(pixels_of(fixtures::png({.width = 13, .height = 11, .interlaced = interlaced, .rows = rows})) == rows);
    }
}

TEST_CASE("PNG of 1, 2, 4 and 16 grey bits is scaled to 8") {
    using Pixels = elic::Bytes;
    CHECK(pixels_of(fixtures::png({.width = 4, .height = 1, .depth = 1, .rows = {0xa0}})) == Pixels{255, 0, 255, 0});
    CHECK(pixels_of(fixtures::png({.width = 4, .height = 1, .depth = 2, .rows = {0x1b}})) == Pixels{0, 85, 170, 255});
    CHECK(pixels_of(fixtures::png({.width = 2, .height = 1, .depth = 4, .rows = {0x0f}})) == Pixels{0, 255});
    CHECK(pixels_of(fixtures::png({.width = 2, .height = 1, .depth = 16, .rows = {0x80, 0x80, 0xff, 0xff}})) ==
          Pixels{0x80, 255});
}

TEST_CASE("PNG colours become grey by their luma") {
    // Red, green, blue, white; the shares are those of ITU-R BT.601.
    const elic::Bytes rows = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255};
    const elic::Bytes expected = {76, 150, 29, 255};
    const auto close = [&](const elic::Bytes& pixels) {
        REQUIRE(pixels.size() == expected.size());
        for (std::size_t i = 0; i < pixels.size(); ++i) CHECK(std::abs(pixels[i] - expected[i]) <= 1);
    };
    for (const bool interlaced : {false, true}) {
        close(
            pixels_of(fixtures::png({.width = 4, .height = 1, .color = rgb, .interlaced = interlaced, .rows = rows})));
        close(pixels_of(fixtures::png({.width = 4,
                                       .height = 1,
                                       .color = palette,
                                       .interlaced = interlaced,
                                       .rows = {0, 1, 2, 3},
                                       .palette = {{255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}}})));
    }
}

TEST_CASE("PNG transparency becomes white") {
    // Opaque black, half transparent black, fully transparent black.
    const elic::Bytes with_grey = {0, 255, 0, 128, 0, 0};
    const elic::Bytes with_color = {0, 0, 0, 255, 0, 0, 0, 128, 0, 0, 0, 0};
    const elic::Bytes expected = {0, 127, 255};
    CHECK(pixels_of(fixtures::png({.width = 3, .height = 1, .color = grey_alpha, .rows = with_grey})) == expected);
    CHECK(pixels_of(fixtures::png({.width = 3, .height = 1, .color = rgba, .rows = with_color})) == expected);
    CHECK(pixels_of(fixtures::png({.width = 3,
                                   .height = 1,
                                   .color = palette,
                                   .rows = {0, 1, 2},
                                   .palette = {{0, 0, 0}, {0, 0, 0}, {0, 0, 0}},
                                   .palette_alpha = {255, 128, 0}})) == expected);
}

TEST_CASE("PNG cut at any byte is malformed") {
    const auto file = fixtures::png({.width = 13, .height = 11, .rows = slope(13 * 11)});
    for (std::size_t length = 0; length < file.size(); ++length) {
        CAPTURE(length);
        check_malformed(elic::BytesView(file).first(length));
    }
}

TEST_CASE("PNG with any flipped bit in header or pixels is malformed") {
    const auto file = fixtures::png({.width = 13, .height = 11, .rows = slope(13 * 11)});
    // After the signature: IHDR (25 bytes), IDAT; the last 12 bytes are IEND.
    for (std::size_t bit = 8 * 8; bit < 8 * (file.size() - 12); ++bit) {
        CAPTURE(bit);
        auto damaged = file;
        damaged[bit / 8] = static_cast<std::uint8_t>(damaged[bit / 8] ^ (1u << (bit % 8)));
        const auto picture = elic::read_picture(damaged);
        CHECK_FALSE(picture.has_value());
    }
}

TEST_CASE("PNG that claims a huge size is refused before a pixel is decoded") {
    const auto file = fixtures::png({.width = 13, .height = 11, .rows = slope(13 * 11)});
    for (const auto& [width, height] :
         {std::pair<std::uint32_t, std::uint32_t>{0x7fffffff, 0x7fffffff}, {20001, 1}, {1, 20001}, {20000, 4001}}) {
        const auto picture = elic::read_picture(fixtures::png_claiming(file, width, height));
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().code == elic::Errc::limit_exceeded);
    }
    check_malformed(fixtures::png_claiming(file, 0, 11));
    check_malformed(fixtures::png_claiming(file, 13, 12));  // fewer rows than claimed
}
