#include <catch2/catch.hpp>
#include <cstdlib>

#include "elic/picture/picture.h"
#include "picture_fixtures/encoders.h"

namespace {

constexpr float lossless = -1;

elic::Picture wedge() {
    elic::Picture picture{32, 32, {}};
    for (std::size_t i = 0; i < 32u * 32; ++i) picture.pixels.push_back(static_cast<std::uint8_t>(8 * (i % 32)));
    return picture;
}

elic::Picture read(const elic::Bytes& file) {
    auto picture = elic::read_picture(file);
    REQUIRE(picture.has_value());
    return *picture;
}

void check_refused(elic::BytesView file, elic::Errc code) {
    const auto picture = elic::read_picture(file);
    REQUIRE_FALSE(picture.has_value());
    CHECK(picture.error().code == code);
}

}  // namespace

TEST_CASE("WebP greys come out in the full range") {
    const auto picture = wedge();
    for (const float quality : {lossless, 95.0f}) {
        const auto again = read(fixtures::webp(picture, quality));
        for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
            CHECK(std::abs(again.pixels[i] - picture.pixels[i]) <= (quality < 0 ? 2 : 12));
        }
    }
}

TEST_CASE("WebP colours become grey by their luma and transparency becomes white") {
    const elic::Bytes rgba = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 128, 0, 0, 0, 0};
    const std::vector<int> expected = {76, 150, 29, 127, 255};
    const auto picture = read(fixtures::webp(5, 1, rgba, lossless));
    REQUIRE(picture.pixels.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(std::abs(picture.pixels[i] - expected[i]) <= 2);
}

TEST_CASE("WebP cut at any byte is malformed") {
    for (const float quality : {lossless, 80.0f}) {
        const auto file = fixtures::webp(wedge(), quality);
        // One byte less may be the padding that makes a chunk even.
        for (std::size_t length = 0; length + 2 < file.size(); ++length) {
            CAPTURE(quality, length);
            check_refused(elic::BytesView(file).first(length), elic::Errc::malformed_picture);
        }
    }
}

TEST_CASE("WebP that claims a huge size is refused before a pixel is decoded") {
    auto lossy = fixtures::webp(wedge(), 80);
    // "RIFF" size "WEBP" "VP8 " size, frame tag (3), start code (3), width (14 bits), height (14 bits).
    REQUIRE(elic::as_text(lossy).substr(12, 4) == "VP8 ");
    lossy[26] = lossy[28] = 0xff;
    lossy[27] = lossy[29] = 0x3f;
    check_refused(lossy, elic::Errc::limit_exceeded);

    auto whole = fixtures::webp(wedge(), lossless);
    // "VP8L" size, 2F, then width - 1 and height - 1 in 14 bits each.
    REQUIRE(elic::as_text(whole).substr(12, 4) == "VP8L");
    whole[21] = whole[22] = whole[23] = 0xff;
    whole[24] = static_cast<std::uint8_t>(whole[24] | 0x0f);
    check_refused(whole, elic::Errc::limit_exceeded);
}

TEST_CASE("WebP animations are refused by name") {
    // VP8X: flags (animation), reserved, width - 1 and height - 1 in 3 bytes each.
    std::string text = "RIFF....WEBPVP8X....";
    text += std::string("\x02\0\0\0\x0f\0\0\x0f\0\0", 10);
    text[4] = 22, text[5] = text[6] = text[7] = 0;
    text[16] = 10, text[17] = text[18] = text[19] = 0;
    const auto picture = elic::read_picture(elic::as_bytes(text));
    REQUIRE_FALSE(picture.has_value());
    CHECK(picture.error().code == elic::Errc::malformed_picture);
    CHECK(picture.error().context.find("animation") != std::string::npos);
}
