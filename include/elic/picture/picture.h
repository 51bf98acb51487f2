#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/modules.h"
#include "elic/base/result.h"

namespace elic {

/// A grey picture: 8 bits a pixel, row by row, no padding; 0 = black. Invariant: pixels.size() == width * height.
struct Picture {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> pixels;
};

/// What is looked at before a single pixel is decoded; each excess is limit_exceeded.
struct PictureLimits {
    std::size_t bytes = 32u << 20;           ///< of the file
    std::size_t pixels = 80u * 1000 * 1000;  ///< width * height
    std::size_t side = 20000;                ///< width or height
};

/// Reads PNG, JPEG or WebP, told apart by their first bytes; colour becomes grey, transparency becomes white.
/// Errors: malformed_picture, limit_exceeded.
Result<Picture> read_picture(BytesView file, const PictureLimits& limits = {});

/// True when the first bytes are those of PNG, JPEG or WebP.
bool looks_like_picture(BytesView file) noexcept;

}  // namespace elic
