#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <sstream>

#include "elic/picture/picture.h"
#include "elic/qr/draw.h"

namespace {

const std::string sample_text = "36910012345678901234567890123456789012345678901234567890";

std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const auto first = text.find(before);
    REQUIRE(first != std::string::npos);
    const auto begin = first + before.size();
    const auto end = text.find(after, begin);
    REQUIRE(end != std::string::npos);
    return text.substr(begin, end - begin);
}

// Fills the rectangles of a path that is only of runs "Mx yhNv1h-Nz"; fails on anything else.
std::vector<std::uint8_t> paint(const std::string& path, std::size_t side) {
    std::vector<std::uint8_t> dark(side * side, 0);
    std::istringstream in(path);
    std::size_t x = 0, y = 0, run = 0, down = 0, back = 0;
    for (char move = 0, h = 0, v = 0, again = 0, minus = 0, close = 0; in >> move;) {
        in >> x >> y >> h >> run >> v >> down >> again >> minus >> back >> close;
        REQUIRE(in);
        REQUIRE(std::string{move, h, v, again, minus, close} == "Mhvh-z");
        REQUIRE((down == 1 && back == run && run > 0 && x + run <= side && y < side));
        for (std::size_t i = x; i < x + run; ++i) ++dark[y * side + i];
    }
    return dark;
}

}  // namespace

TEST_CASE("qr_svg paints exactly the dark modules, each once, in one path") {
    const auto modules = elic::draw_qr(sample_text).value();
    const auto svg = elic::qr_svg(modules, {.quiet = 4});
    CHECK(svg.find("<path") == svg.rfind("<path"));
    const std::size_t side = modules.size + 8;
    CHECK(between(svg, "viewBox=\"", "\"") == "0 0 " + std::to_string(side) + " " + std::to_string(side));
    const auto dark = paint(between(svg, " d=\"", "\""), side);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < dark.size(); ++i) {
        const std::size_t x = i % side - 4, y = i / side - 4;  // wraps in the quiet zone
        wrong += dark[i] != (x < modules.size && y < modules.size && modules.at(x, y) ? 1 : 0);
    }
    CHECK(wrong == 0);
}

TEST_CASE("qr_svg joins the modules of a run") {
    const auto modules = elic::draw_qr(sample_text).value();
    const auto path = between(elic::qr_svg(modules), " d=\"", "\"");
    CHECK(path.substr(0, 13) == "M4 4h7v1h-7zM");  // the upper edge of the first finder pattern
}

TEST_CASE("qr_svg has its size in millimetres") {
    const auto modules = elic::draw_qr("3691").value();
    REQUIRE(modules.size == 21);
    // 29 modules of 5 dots at 300 dpi: 145 / 300 * 25.4 mm.
    CHECK(between(elic::qr_svg(modules), "width=\"", "\"") == "12.277mm");
    CHECK(between(elic::qr_svg(modules), "height=\"", "\"") == "12.277mm");
    // 21 modules of 1 dot at 254 dpi: 2.1 mm.
    const elic::QrLook look{.dots = 1, .quiet = 0, .dots_per_inch = 254};
    CHECK(between(elic::qr_svg(modules, look), "width=\"", "\"") == "2.100mm");
}

TEST_CASE("qr_svg is well-formed and white behind") {
    const auto svg = elic::qr_svg(elic::draw_qr("3691").value());
    CHECK(svg.substr(0, 5) == "<?xml");
    CHECK(svg.find("xmlns=\"http://www.w3.org/2000/svg\"") != std::string::npos);
    CHECK(svg.find("fill=\"#fff\"") < svg.find("<path"));
    CHECK(svg.substr(svg.size() - 7) == "</svg>\n");
    CHECK(std::ranges::count(svg, '"') % 2 == 0);
    CHECK(std::ranges::count(svg, '<') == std::ranges::count(svg, '>'));
}

TEST_CASE("qr_terminal shows light modules as ink, two rows a line, with four light modules around") {
    const auto modules = elic::draw_qr(sample_text).value();
    const std::size_t side = modules.size + 8;
    std::vector<bool> ink;  // both rows of every line, in their order
    std::istringstream lines(elic::qr_terminal(modules));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        std::vector<bool> upper, lower;
        for (std::size_t i = 0; i < line.size();) {
            const std::string mark = line[i] == ' ' ? " " : line.substr(i, 3);
            REQUIRE((mark == " " || mark == "█" || mark == "▀" || mark == "▄"));
            upper.push_back(mark == "█" || mark == "▀");
            lower.push_back(mark == "█" || mark == "▄");
            i += mark.size();
        }
        REQUIRE(upper.size() == side);
        ink.insert(ink.end(), upper.begin(), upper.end());
        ink.insert(ink.end(), lower.begin(), lower.end());
    }
    REQUIRE(count == (side + 1) / 2);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < side * side; ++i) {
        const std::size_t x = i % side - 4, y = i / side - 4;  // wraps in the quiet zone
        const bool dark = x < modules.size && y < modules.size && modules.at(x, y);
        wrong += ink[i] == dark;
    }
    CHECK(wrong == 0);
}

TEST_CASE("qr_svg and qr_terminal put the same word TEST under the code as the picture") {
    const auto modules = elic::draw_qr(sample_text).value();
    const elic::QrLook look{.dots = 1, .test = true};
    const auto picture = elic::read_picture(elic::qr_png(modules, look).value()).value();
    const auto svg = elic::qr_svg(modules, look);
    CHECK(between(svg, "viewBox=\"", "\"") ==
          "0 0 " + std::to_string(picture.width) + " " + std::to_string(picture.height));
    CHECK(svg.find("height=\"" + std::to_string(picture.height) + "\"") != std::string::npos);
    const auto dark = paint(between(svg, " d=\"", "\""), picture.height);  // higher than wide
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
        const std::size_t x = i % picture.width, y = i / picture.width;
        wrong += (dark[y * picture.height + x] == 1) != (picture.pixels[i] == 0);
    }
    CHECK(wrong == 0);

    std::istringstream lines(elic::qr_terminal(modules, look));
    std::size_t y = 0;
    for (std::string line; std::getline(lines, line); y += 2) {
        std::size_t x = 0;
        for (std::size_t i = 0; i < line.size(); ++x) {
            const std::string mark = line[i] == ' ' ? " " : line.substr(i, 3);
            i += mark.size();
            const bool upper = mark == "█" || mark == "▀", lower = mark == "█" || mark == "▄";
            wrong += upper != (picture.pixels[y * picture.width + x] != 0);
            if (y + 1 < picture.height) wrong += lower != (picture.pixels[(y + 1) * picture.width + x] != 0);
        }
        CHECK(x == picture.width);
    }
    CHECK(wrong == 0);
    CHECK((y == picture.height || y == picture.height + 1));
}
