#include "picture/png_writer.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "elic/picture/picture.h"

namespace {

// Not a QR code, but every neighbourhood of modules occurs.
elic::Modules pattern(std::size_t size) {
    elic::Modules modules{size, 1, {}};
    for (std::size_t i = 0; i < size * size; ++i) modules.dark.push_back((i * i / 3 + i / size) % 2 == 0);
    return modules;
}

std::uint32_t u32_at(const elic::Bytes& bytes, std::size_t offset) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | bytes.at(offset + i);
    return value;
}

}  // namespace

TEST_CASE("write_png draws every module as a square of dots with light modules around") {
    const auto modules = pattern(21);
    for (const std::size_t dots : {1u, 2u, 3u, 5u, 8u, 13u}) {
        for (const std::size_t quiet : {0u, 1u, 4u}) {
            const auto file = elic::write_png(modules, dots, quiet, 300);
            REQUIRE(file.has_value());
            const auto picture = elic::read_picture(*file);
            REQUIRE(picture.has_value());
            const std::size_t side = (21 + 2 * quiet) * dots;
            REQUIRE(picture->width == side);
            REQUIRE(picture->height == side);
            std::size_t wrong = 0;
            for (std::size_t i = 0; i < side * side; ++i) {
                const std::size_t x = i % side / dots - quiet, y = i / side / dots - quiet;  // wraps in the quiet zone
                const bool dark = x < 21 && y < 21 && modules.at(x, y);
                wrong += picture->pixels[i] != (dark ? 0 : 255);
            }
            CHECK(wrong == 0);
        }
    }
}

TEST_CASE("write_png writes one bit of grey a pixel and the resolution in dots a metre") {
    const auto file = elic::write_png(pattern(21), 5, 4, 300);
    REQUIRE(file.has_value());
    CHECK(file->at(24) == 1);  // bit depth
    CHECK(file->at(25) == 0);  // grey
    const auto name = elic::as_bytes("pHYs");
    const auto resolution = std::search(file->begin(), file->end(), name.begin(), name.end());
    REQUIRE(resolution != file->end());
    const auto offset = static_cast<std::size_t>(resolution - file->begin());
    CHECK(u32_at(*file, offset + 4) == 11811);  // 300 / 0.0254
    CHECK(u32_at(*file, offset + 8) == 11811);
    CHECK(file->at(offset + 12) == 1);  // the unit is the metre
}

TEST_CASE("write_png gives the same bytes for the same input") {
    CHECK(elic::write_png(pattern(57), 5, 4, 300).value() == elic::write_png(pattern(57), 5, 4, 300).value());
    CHECK(elic::write_png(pattern(57), 5, 4, 300).value() != elic::write_png(pattern(57), 5, 4, 600).value());
}

TEST_CASE("write_png refuses what is no picture or too large a one") {
    const auto modules = pattern(21);
    const auto code = [](const elic::Result<elic::Bytes>& result) {
        REQUIRE_FALSE(result.has_value());
        return result.error().code;
    };
    CHECK(code(elic::write_png(modules, 0, 4, 300)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png(modules, 5, 4, 0)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png({}, 5, 4, 300)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png({21, 1, {0, 1}}, 5, 4, 300)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png(modules, 690, 4, 300)) == elic::Errc::bad_argument);  // 29 * 690 = 20,010
    CHECK(elic::write_png(modules, 689, 4, 300).has_value());
    constexpr auto most = static_cast<std::size_t>(-1);
    CHECK(code(elic::write_png(modules, most, 4, 300)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png(modules, 5, most, 300)) == elic::Errc::bad_argument);
    CHECK(code(elic::write_png(modules, 5, most / 2 - 9, 300)) == elic::Errc::bad_argument);
}
