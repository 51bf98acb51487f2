#include "elic/qr/scan.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <qrencode.h>
#include <random>

#include "elic/qr/draw.h"
#include "picture_fixtures/encoders.h"
#include "qr/touch_up.h"

namespace {

using Texts = std::vector<std::string>;

Texts scan(const elic::Picture& picture) {
    Texts texts;
    for (const auto& code : elic::scan_codes(picture)) texts.push_back(code.text);
    return texts;
}

elic::Picture draw(const std::string& text, const elic::QrLook& look = {}, elic::QrLevel level = elic::QrLevel::m) {
    return elic::read_picture(elic::qr_png(elic::draw_qr(text, level).value(), look).value()).value();
}

std::string digits(std::size_t length, std::mt19937& random) {
    std::string text = "3691";
    while (text.size() < length) text += static_cast<char>('0' + random() % 10);
    return text;
}

std::string digits(std::size_t length) {
    std::mt19937 random(20240601);
    return digits(length, random);
}

elic::Picture white(std::size_t width, std::size_t height) {
    return {width, height, std::vector<std::uint8_t>(width * height, 255)};
}

void paste(elic::Picture& page, const elic::Picture& part, std::size_t left, std::size_t top) {
    for (std::size_t y = 0; y < part.height; ++y) {
        std::copy_n(part.pixels.begin() + static_cast<std::ptrdiff_t>(y * part.width), part.width,
                    page.pixels.begin() + static_cast<std::ptrdiff_t>((y + top) * page.width + left));
    }
}

elic::Picture turned(const elic::Picture& picture) {  // by 90 degrees
    elic::Picture out = white(picture.height, picture.width);
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        const std::size_t x = i % picture.width, y = i / picture.width;
        out.pixels[x * out.width + (picture.height - 1 - y)] = picture.pixels[i];
    }
    return out;
}

elic::Picture mirrored(elic::Picture picture) {
    for (std::size_t y = 0; y < picture.height; ++y) {
        const auto row = picture.pixels.begin() + static_cast<std::ptrdiff_t>(y * picture.width);
        std::reverse(row, row + static_cast<std::ptrdiff_t>(picture.width));
    }
    return picture;
}

// All greys within low..high, as on a faint print.
elic::Picture between(elic::Picture picture, int low, int high) {
    for (auto& pixel : picture.pixels) pixel = static_cast<std::uint8_t>(low + pixel * (high - low) / 255);
    return picture;
}

}  // namespace

TEST_CASE("scan_codes reads back digits of any length and size") {
    std::mt19937 random(18284);
    for (const std::size_t length : {50u, 51u, 52u, 113u, 200u, 397u, 400u, 655u, 1000u, 1499u, 1500u}) {
        const std::string text = digits(length, random);
        for (std::size_t dots = 3; dots <= 8; ++dots) {
            CAPTURE(length, dots);
            CHECK(scan(draw(text, {.dots = dots})) == Texts{text});
        }
    }
}

TEST_CASE("scan_codes reads codes of every level and the longest digits") {
    for (const auto level : {elic::QrLevel::l, elic::QrLevel::m, elic::QrLevel::q, elic::QrLevel::h}) {
        CHECK(scan(draw(digits(600), {}, level)) == Texts{digits(600)});
    }
    CHECK(scan(draw(digits(5596))) == Texts{digits(5596)});
}

TEST_CASE("scan_codes reads turned, mirrored and inverted codes") {
    auto picture = draw(digits(400));
    for (int quarter = 0; quarter < 4; ++quarter) {
        CAPTURE(quarter);
        CHECK(scan(picture) == Texts{digits(400)});
        CHECK(scan(mirrored(picture)) == Texts{digits(400)});
        CHECK(scan(elic::inverted(picture)) == Texts{digits(400)});
        picture = turned(picture);
    }
}

TEST_CASE("scan_codes reads codes from JPEG and WebP") {
    const auto picture = draw(digits(400), {.dots = 4});
    for (const auto& file : {fixtures::jpeg(picture, 75), fixtures::jpeg(picture, 30), fixtures::webp(picture, 75),
                             fixtures::webp(picture, 20), fixtures::webp(picture, -1)}) {
        CHECK(scan(elic::read_picture(file).value()) == Texts{digits(400)});
    }
}

TEST_CASE("scan_codes reads a small code on a large page") {
    auto page = white(2480, 3508);  // A4 at 300 dpi
    paste(page, draw(digits(400)), 1900, 3000);
    CHECK(scan(page) == Texts{digits(400)});
}

TEST_CASE("scan_codes reads faint, soft and tiny codes") {
    CHECK(scan(between(draw(digits(200)), 200, 230)) == Texts{digits(200)});
    CHECK(scan(between(draw(digits(200)), 120, 135)) == Texts{digits(200)});
    CHECK(scan(elic::blurred(elic::blurred(draw(digits(200), {.dots = 4})))) == Texts{digits(200)});
    CHECK(scan(draw("36911", {.dots = 1})) == Texts{"36911"});
    CHECK(scan(draw(digits(200), {.dots = 2, .quiet = 0})) == Texts{digits(200)});
}

TEST_CASE("scan_codes gives several codes in reading order") {
    auto page = white(700, 700);
    const auto place = [&](const std::string& text, std::size_t left, std::size_t top) {
        paste(page, draw(text), left, top);
    };
    // Two lines whose codes do not stand at quite the same height.
    place("4", 500, 400);
    place("1", 20, 40);
    place("3", 10, 420);
    place("2", 400, 10);
    CHECK(scan(page) == Texts{"1", "2", "3", "4"});
}

TEST_CASE("scan_codes reads every code of a sheet of equal ones in rows and columns") {
    for (const auto& [columns, rows] : {std::pair<std::size_t, std::size_t>{2, 1}, {2, 2}, {3, 2}, {3, 3}, {4, 4}}) {
        CAPTURE(columns, rows);
        const std::size_t side = draw(digits(120)).width;
        auto page = white(columns * side, rows * side);
        Texts expected;
        for (std::size_t i = 0; i < columns * rows; ++i) {
            expected.push_back(digits(120) + std::to_string(100 + i));
            paste(page, draw(expected.back()), i % columns * side, i / columns * side);
        }
        CHECK(scan(page) == expected);
    }
}

TEST_CASE("scan_codes gives at most 16 codes") {
    auto page = white(1000, 1000);
    for (std::size_t i = 0; i < 25; ++i) paste(page, draw(std::to_string(100 + i)), i % 5 * 200, i / 5 * 200);
    CHECK(elic::scan_codes(page).size() == 16);
}

TEST_CASE("scan_codes names the symbology and gives texts as UTF-8") {
    const auto codes = elic::scan_codes(draw("电子证照样例"));
    REQUIRE(codes.size() == 1);
    CHECK(codes[0].text == "电子证照样例");
    CHECK(codes[0].symbology == "QRCode");
}

TEST_CASE("scan_codes finds nothing where there is nothing, whatever the shape") {
    CHECK(elic::scan_codes({}).empty());
    std::mt19937 random(7);
    const std::vector<std::pair<std::size_t, std::size_t>> shapes = {{1, 1}, {1, 999}, {999, 1},  {2, 3},
                                                                     {8, 8}, {39, 41}, {640, 480}};
    for (const auto& [width, height] : shapes) {
        CAPTURE(width, height);
        auto picture = white(width, height);
        CHECK(elic::scan_codes(picture).empty());
        for (auto& pixel : picture.pixels) pixel = static_cast<std::uint8_t>(random());
        CHECK(elic::scan_codes(picture).empty());
    }
}

TEST_CASE("scan_codes never gives another text for a damaged code") {
    const auto clean = draw(digits(120), {.dots = 4});
    std::mt19937 random(3);
    std::size_t read = 0;
    for (int round = 0; round < 40; ++round) {
        auto picture = clean;
        // Blots of 3 x 3 modules, ever more of them.
        for (int blot = 0; blot < round; ++blot) {
            const std::size_t left = random() % (picture.width - 12), top = random() % (picture.height - 12);
            auto part = white(12, 12);
            if (random() % 2 == 0) part = elic::inverted(part);
            paste(picture, part, left, top);
        }
        const auto texts = scan(picture);
        CHECK((texts.empty() || texts == Texts{digits(120)}));
        read += texts.size();
    }
    CHECK(read >= 3);
    CHECK(read < 40);
}
