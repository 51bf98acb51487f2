#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
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

enum class PictureFormat { none, png, jpeg, webp };

/// By the first bytes.
inline PictureFormat picture_format_of(BytesView file) noexcept {
    const auto text = as_text(file);
    if (text.starts_with("\x89PNG\r\n\x1a\n")) return PictureFormat::png;
    if (text.starts_with("\xff\xd8\xff")) return PictureFormat::jpeg;
    // "RIFF", the length of the file, "WEBP"
    if (text.size() >= 12 && text.starts_with("RIFF") && text.substr(8, 4) == "WEBP") return PictureFormat::webp;
    return PictureFormat::none;
}

/// True when the first bytes are those of PNG, JPEG or WebP.
inline bool looks_like_picture(BytesView file) noexcept { return picture_format_of(file) != PictureFormat::none; }

}  // namespace elic
