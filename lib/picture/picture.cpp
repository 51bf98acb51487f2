#include "elic/picture/picture.h"

#include <string>

#include "picture/decoders.h"

namespace elic {

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
    switch (picture_format_of(file)) {
        case PictureFormat::png:
            return read_png(file, limits);
        case PictureFormat::jpeg:
            return read_jpeg(file, limits);
        case PictureFormat::webp:
            return read_webp(file, limits);
        case PictureFormat::none:
            break;
    }
    return fail(Errc::malformed_picture, "the file is neither PNG nor JPEG nor WebP");
}

}  // namespace elic
