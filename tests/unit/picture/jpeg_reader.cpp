#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "elic/picture/picture.h"
#include "picture_fixtures/encoders.h"

namespace {

constexpr std::size_t side = 16;

elic::Bytes plain(const std::vector<std::uint8_t>& sample) {
    elic::Bytes samples;
    for (std::size_t i = 0; i < side * side; ++i) samples.insert(samples.end(), sample.begin(), sample.end());
    return samples;
}

// A picture of one colour, as the grey it comes out as.
int grey_of(const std::vector<std::uint8_t>& sample, fixtures::JpegForm form = fixtures::JpegForm::baseline) {
    const auto picture =
        elic::read_picture(fixtures::jpeg(side, side, static_cast<int>(sample.size()), plain(sample), form, 100));
    REQUIRE(picture.has_value());
    const auto [darkest, lightest] = std::ranges::minmax_element(picture->pixels);
    CHECK(*lightest - *darkest <= 2);
    return picture->pixels.front();
}

elic::Picture wedge() {
    elic::Picture picture{side * 2, side * 2, {}};
    for (std::size_t i = 0; i < 4 * side * side; ++i) {
        picture.pixels.push_back(static_cast<std::uint8_t>(8 * (i % (2 * side))));
    }
    return picture;
}

}  // namespace

TEST_CASE("JPEG greys and colours become grey by their luma") {
    CHECK(std::abs(grey_of({0}) - 0) <= 2);
    CHECK(std::abs(grey_of({200}) - 200) <= 2);
    CHECK(std::abs(grey_of({255, 0, 0}) - 76) <= 3);
    CHECK(std::abs(grey_of({0, 255, 0}) - 150) <= 3);
    CHECK(std::abs(grey_of({0, 0, 255}) - 29) <= 3);
    CHECK(std::abs(grey_of({255, 255, 255}) - 255) <= 2);
}

TEST_CASE("JPEG of inverted CMYK inks becomes grey") {
    CHECK(grey_of({255, 255, 255, 255}) >= 253);  // no ink
    CHECK(grey_of({255, 255, 255, 0}) <= 2);      // black ink
    CHECK(grey_of({0, 0, 0, 255}) <= 2);          // all colours
    CHECK(std::abs(grey_of({255, 255, 255, 128}) - 128) <= 3);
    CHECK(std::abs(grey_of({255, 0, 0, 255}) - 76) <= 3);  // magenta and yellow: red
}

TEST_CASE("JPEG in progressive scans reads as the baseline one does") {
    const auto picture = wedge();
    const auto read = [&](fixtures::JpegForm form) {
        const auto file = fixtures::jpeg(picture.width, picture.height, 1, picture.pixels, form, 90);
        const auto again = elic::read_picture(file);
        REQUIRE(again.has_value());
        return again->pixels;
    };
    const auto baseline = read(fixtures::JpegForm::baseline);
    CHECK(baseline == read(fixtures::JpegForm::progressive));
    for (std::size_t i = 0; i < baseline.size(); ++i) CHECK(std::abs(baseline[i] - picture.pixels[i]) <= 12);
}

TEST_CASE("JPEG with more scans than any encoder writes is refused") {
    const auto picture = wedge();
    const auto file =
        fixtures::jpeg(picture.width, picture.height, 1, picture.pixels, fixtures::JpegForm::many_scans, 90);
    const auto refused = elic::read_picture(file);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == elic::Errc::limit_exceeded);
}

TEST_CASE("JPEG cut in its header is malformed, cut in its pixels it reads as far as it goes") {
    const auto file = fixtures::jpeg(wedge());
    const elic::Bytes marker = {0xff, 0xda};
    const auto scan = std::search(file.begin(), file.end(), marker.begin(), marker.end()) - file.begin();
    REQUIRE(scan > 0);
    for (std::size_t length = 0; length < static_cast<std::size_t>(scan); ++length) {
        CAPTURE(length);
        const auto picture = elic::read_picture(elic::BytesView(file).first(length));
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().code == elic::Errc::malformed_picture);
    }
    const auto picture = elic::read_picture(elic::BytesView(file).first(file.size() - 10));
    REQUIRE(picture.has_value());
    CHECK(picture->pixels.size() == wedge().pixels.size());
}

TEST_CASE("JPEG that claims a huge size is refused before a pixel is decoded") {
    const auto file = fixtures::jpeg(wedge());
    for (const auto& [width, height] :
         {std::pair<std::uint16_t, std::uint16_t>{65500, 65500}, {20001, 1}, {1, 20001}, {20000, 4001}}) {
        const auto picture = elic::read_picture(fixtures::jpeg_claiming(file, width, height));
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().code == elic::Errc::limit_exceeded);
    }
    const auto picture = elic::read_picture(fixtures::jpeg_claiming(file, 0, 5));
    REQUIRE_FALSE(picture.has_value());
    CHECK(picture.error().code == elic::Errc::malformed_picture);
}
