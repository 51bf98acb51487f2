#pragma once

#include <cstddef>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/picture/colour_picture.h"
#include "elic/picture/picture.h"

namespace elic {

/// What a file says of its size, held against the limits before a pixel is decoded.
/// Errors: malformed_picture (a side is 0), limit_exceeded.
Status check_size(std::size_t width, std::size_t height, const PictureLimits& limits);

/// One decoder per format. Each expects a file whose first bytes were recognised by the matching is_*.
/// Errors: malformed_picture, limit_exceeded.
Result<Picture> read_png(BytesView file, const PictureLimits& limits);
Result<Picture> read_jpeg(BytesView file, const PictureLimits& limits);
Result<Picture> read_webp(BytesView file, const PictureLimits& limits);
Result<ColourPicture> read_colour_jpeg(BytesView file, const PictureLimits& limits);

}  // namespace elic
