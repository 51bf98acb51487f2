#include "picture/mask_png.h"

#include <array>
#include <png.h>

namespace elic {

namespace {

constexpr std::size_t largest_side = 4096;
constexpr unsigned steps = 8;

}  // namespace

Result<Bytes> write_mask_png(const Mask& mask, const Colour& colour) {
    if (mask.width == 0 || mask.height == 0 || mask.width > largest_side || mask.height > largest_side)
        return fail(Errc::bad_argument, "a mask of no size, or larger than 4096 pixels a side");
    std::vector<std::uint8_t> indexes;
    indexes.reserve(mask.cover.size());
    for (const unsigned cover : mask.cover)
        indexes.push_back(static_cast<std::uint8_t>((cover * (steps - 1) + 127) / 255));
    std::array<std::uint8_t, steps * 4> colours{};
    for (unsigned i = 0; i < steps; ++i) {
        colours[i * 4] = colour.red;
        colours[i * 4 + 1] = colour.green;
        colours[i * 4 + 2] = colour.blue;
        colours[i * 4 + 3] = static_cast<std::uint8_t>(i * 255 / (steps - 1));
    }
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = static_cast<png_uint_32>(mask.width);
    image.height = static_cast<png_uint_32>(mask.height);
    image.format = PNG_FORMAT_RGBA_COLORMAP;
    image.colormap_entries = steps;
    Bytes png(PNG_IMAGE_PNG_SIZE_MAX(image));
    png_alloc_size_t length = png.size();
    if (png_image_write_to_memory(&image, png.data(), &length, 0, indexes.data(), 0, colours.data()) == 0)
        return fail(Errc::bad_argument, std::string("PNG: ") + image.message);
    png.resize(length);
    return png;
}

}  // namespace elic
