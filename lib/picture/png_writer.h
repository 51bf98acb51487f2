#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/modules.h"
#include "elic/base/result.h"

namespace elic {

/// Rows of modules under a symbol and its quiet zone, as wide as both.
/// Invariant: dark.size() == width * height; row by row, 1 = dark.
struct RowsBelow {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> dark = {};

    bool at(std::size_t x, std::size_t y) const { return dark[y * width + x] != 0; }
};

/// A PNG of 1 bit a pixel: every module is `dots` x `dots` pixels, with `quiet` light modules on each side, pHYs set
/// to `dots_per_inch`. The same input gives the same bytes (with one zlib). Errors: bad_argument when the picture would
/// be larger than 20,000 pixels a side, or `below` is not as wide as the rest.
Result<Bytes> write_png(const Modules& modules, std::size_t dots, std::size_t quiet, std::size_t dots_per_inch,
                        const RowsBelow& below = {});

}  // namespace elic
