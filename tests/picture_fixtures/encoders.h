#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/picture/picture.h"

/// Files of every kind that read_picture must read, made in memory.
namespace fixtures {

/// What a PNG is to be. `rows` are libpng's rows as they lie in the file: packed bits, big-endian 16-bit samples.
struct PngForm {
    std::size_t width = 0, height = 0;
    int color = 0;  ///< PNG colour type: 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGBA
    int depth = 8;
    bool interlaced = false;
    elic::Bytes rows;
    std::vector<std::array<std::uint8_t, 3>> palette = {};
    elic::Bytes palette_alpha = {};
};
elic::Bytes png(const PngForm& form);

/// The same PNG that claims another size; its check sum is right.
elic::Bytes png_claiming(elic::Bytes file, std::uint32_t width, std::uint32_t height);

enum class JpegForm { baseline, progressive, many_scans };

/// Channels: 1 grey, 3 RGB, 4 CMYK as stored (Adobe: 255 = no ink).
elic::Bytes jpeg(std::size_t width, std::size_t height, int channels, const elic::Bytes& samples,
                 JpegForm form = JpegForm::baseline, int quality = 90);
elic::Bytes jpeg(const elic::Picture& picture, int quality = 90);

/// The same JPEG that claims another size.
elic::Bytes jpeg_claiming(elic::Bytes file, std::uint16_t width, std::uint16_t height);

/// WebP of RGBA samples; quality below 0: lossless.
elic::Bytes webp(std::size_t width, std::size_t height, const elic::Bytes& rgba, float quality);
elic::Bytes webp(const elic::Picture& picture, float quality);

}  // namespace fixtures
