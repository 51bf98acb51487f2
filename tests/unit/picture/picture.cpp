#include "elic/picture/picture.h"

#include <catch2/catch.hpp>

#include "picture_fixtures/encoders.h"

namespace {

elic::Picture slope(std::size_t width, std::size_t height) {
    elic::Picture picture{width, height, {}};
    for (std::size_t i = 0; i < width * height; ++i) picture.pixels.push_back(static_cast<std::uint8_t>(i));
    return picture;
}

std::vector<elic::Bytes> one_of_each(const elic::Picture& picture) {
    return {fixtures::png({.width = picture.width, .height = picture.height, .rows = picture.pixels}),
            fixtures::jpeg(picture), fixtures::webp(picture, 80), fixtures::webp(picture, -1)};
}

}  // namespace

TEST_CASE("looks_like_picture knows PNG, JPEG and WebP by their first bytes") {
    for (const auto& file : one_of_each(slope(9, 7))) {
        CHECK(elic::looks_like_picture(file));
        CHECK(elic::looks_like_picture(elic::BytesView(file).first(12)));
        CHECK_FALSE(elic::looks_like_picture(elic::BytesView(file).first(2)));
    }
    CHECK_FALSE(elic::looks_like_picture({}));
    CHECK_FALSE(elic::looks_like_picture(elic::as_bytes("3691 and more digits")));
    CHECK_FALSE(elic::looks_like_picture(elic::as_bytes("RIFF....WAVEfmt ")));
    CHECK_FALSE(elic::looks_like_picture(elic::as_bytes("GIF89a")));
}

TEST_CASE("read_picture refuses a file of no known kind") {
    for (const auto text : {"", "x", "GIF89a", "%PDF-1.4"}) {
        const auto picture = elic::read_picture(elic::as_bytes(text));
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().code == elic::Errc::malformed_picture);
    }
}

TEST_CASE("read_picture refuses a file with more bytes than the limit") {
    for (const auto& file : one_of_each(slope(9, 7))) {
        CHECK(elic::read_picture(file, {.bytes = file.size()}).has_value());
        const auto picture = elic::read_picture(file, {.bytes = file.size() - 1});
        REQUIRE_FALSE(picture.has_value());
        CHECK(picture.error().code == elic::Errc::limit_exceeded);
    }
}

TEST_CASE("read_picture refuses a side or an area over the limit and takes what is just within") {
    for (const auto& file : one_of_each(slope(9, 7))) {
        CHECK(elic::read_picture(file, {.pixels = 63, .side = 9}).has_value());
        for (const auto& limits : {elic::PictureLimits{.side = 8}, elic::PictureLimits{.pixels = 62}}) {
            const auto picture = elic::read_picture(file, limits);
            REQUIRE_FALSE(picture.has_value());
            CHECK(picture.error().code == elic::Errc::limit_exceeded);
            CHECK(picture.error().context.find("9 x 7") != std::string::npos);
        }
    }
}

TEST_CASE("read_picture keeps its invariant for every kind and for pictures of one pixel") {
    for (const auto& [width, height] : {std::pair<std::size_t, std::size_t>{1, 1}, {1, 17}, {33, 1}, {31, 29}}) {
        for (const auto& file : one_of_each(slope(width, height))) {
            const auto picture = elic::read_picture(file);
            REQUIRE(picture.has_value());
            CHECK(picture->width == width);
            CHECK(picture->height == height);
            CHECK(picture->pixels.size() == width * height);
        }
    }
}
