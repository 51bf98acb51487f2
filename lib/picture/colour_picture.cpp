#include "elic/picture/colour_picture.h"

#include <png.h>
#include <string>

#include "picture/decoders.h"

namespace elic {

namespace {

/// libpng's simplified reading owns what it needs, and is freed whatever happens.
class PngImage {
public:
    PngImage() { image.version = PNG_IMAGE_VERSION; }
    ~PngImage() { png_image_free(&image); }
    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
    png_image image{};
};

Result<ColourPicture> read_colour_png(BytesView file, const PictureLimits& limits) {
    PngImage reading;
    auto& image = reading.image;
    if (png_image_begin_read_from_memory(&image, file.data(), file.size()) == 0)
        return fail(Errc::malformed_picture, std::string("PNG: ") + image.message);
    if (auto size = check_size(image.width, image.height, limits); !size) return tl::unexpected(size.error());
    image.format = PNG_FORMAT_RGBA;
    ColourPicture picture{.width = image.width, .height = image.height, .pixels = {}};
    picture.pixels.resize(picture.width * picture.height * 4);
    if (png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr) == 0)
        return fail(Errc::malformed_picture, std::string("PNG: ") + image.message);
    return picture;
}

}  // namespace

Result<ColourPicture> read_colour_picture(BytesView file, const PictureLimits& limits) {
    if (file.size() > limits.bytes)
        return fail(Errc::limit_exceeded, "picture file of " + std::to_string(file.size()) + " bytes: it may have " +
                                              std::to_string(limits.bytes) + "; scale it down");
    if (file.size() > 8 && file[0] == 0x89 && file[1] == 'P') return read_colour_png(file, limits);
    if (file.size() > 3 && file[0] == 0xff && file[1] == 0xd8) return read_colour_jpeg(file, limits);
    return fail(Errc::malformed_picture, "the file is neither PNG nor JPEG");
}

}  // namespace elic
