#pragma once

#include "elic/picture/picture.h"

namespace elic {

/// A picture in colour: red, green, blue and alpha (255 = opaque, not premultiplied), 8 bits each, row by row, no
/// padding. Invariant: pixels.size() == width * height * 4.
struct ColourPicture {
    std::size_t width = 0;
    std::size_t height = 0;
    std::vector<std::uint8_t> pixels;
};

/// Reads PNG or JPEG (portraits, seals). Errors: malformed_picture (also: another format, or CMYK), limit_exceeded.
Result<ColourPicture> read_colour_picture(BytesView file, const PictureLimits& limits = {});

}  // namespace elic
