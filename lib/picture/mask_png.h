#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/drawing.h"
#include "elic/base/result.h"

namespace elic {

/// How much of one colour covers each pixel. Invariant: cover.size() == width * height; row by row, 255 = all.
struct Mask {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> cover;
};

/// A PNG of one colour on nothing, with 8 steps of cover: far smaller than with 256. The same mask gives the same
/// bytes (with one zlib). Errors: bad_argument (larger than 4,096 pixels a side).
Result<Bytes> write_mask_png(const Mask& mask, const Colour& colour);

}  // namespace elic
