#include "elic/picture/picture.h"

#include <algorithm>
#include <array>
#include <string>

#include "picture/decoders.h"

namespace elic {

namespace {

constexpr std::array<std::uint8_t, 8> png_mark = {0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
constexpr std::array<std::uint8_t, 3> jpeg_mark = {0xff, 0xd8, 0xff};
constexpr std::array<std::uint8_t, 4> riff_mark = {'R', 'I', 'F', 'F'};
constexpr std::array<std::uint8_t, 4> webp_mark = {'W', 'E', 'B', 'P'};
constexpr std::size_t webp_mark_offset = 8;  // after "RIFF" and the length of the file

bool has_at(BytesView file, std::size_t offset, BytesView mark) noexcept {
    return file.size() >= offset + mark.size() && std::ranges::equal(file.subspan(offset, mark.size()), mark);
}

bool is_png(BytesView file) noexcept { return has_at(file, 0, png_mark); }
bool is_jpeg(BytesView file) noexcept { return has_at(file, 0, jpeg_mark); }
bool is_webp(BytesView file) noexcept {
    return has_at(file, 0, riff_mark) && has_at(file, webp_mark_offset, webp_mark);
}

}  // namespace

Status check_size(std::size_t width, std::size_t height, const PictureLimits& limits) {
    const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
    if (width == 0 || height == 0) return fail(Errc::malformed_picture, "picture of " + size);
    if (width > limits.side || height > limits.side) {
        return fail(Errc::limit_exceeded,
                    "picture of " + size + ": a side may have " + std::to_string(limits.side) + "; scale it down");
    }
    if (height > limits.pixels / width) {
        return fail(Errc::limit_exceeded,
                    "picture of " + size + ": it may have " + std::to_string(limits.pixels) + "; scale it down");
    }
    return {};
}

Result<Picture> read_picture(BytesView file, const PictureLimits& limits) {
    if (file.size() > limits.bytes) {
        return fail(Errc::limit_exceeded, "picture file of " + std::to_string(file.size()) + " bytes: it may have " +
                                              std::to_string(limits.bytes) + "; scale it down");
    }
    if (is_png(file)) return read_png(file, limits);
    if (is_jpeg(file)) return read_jpeg(file, limits);
    if (is_webp(file)) return read_webp(file, limits);
    return fail(Errc::malformed_picture, "the file is neither PNG nor JPEG nor WebP");
}

bool looks_like_picture(BytesView file) noexcept { return is_png(file) || is_jpeg(file) || is_webp(file); }

}  // namespace elic
