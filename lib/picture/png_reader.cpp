#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstring>
#include <png.h>
#include <string>

#include "picture/decoders.h"

namespace elic {

namespace {

// No chunk but IDAT needs more; a file that asks for more is refused before the memory is taken.
constexpr png_alloc_size_t max_chunk_memory = 8u << 20;

// Shares of grey as in JPEG and WebP (ITU-R BT.601), of 100,000; blue has the rest.
constexpr png_fixed_point red_share = 29900;
constexpr png_fixed_point green_share = 58700;

// libpng leaves by longjmp, which runs no destructor: what lives across a jump is this plain struct, and the
// functions that libpng may leave (open_header, read_pixels) own nothing.
struct PngReading {
    BytesView file;
    std::size_t offset = 0;
    png_structp png = nullptr;
    png_infop info = nullptr;
    png_uint_32 width = 0;
    png_uint_32 height = 0;
    std::array<char, 160> message{};
};

class PngGuard {
public:
    explicit PngGuard(PngReading& reading) : reading_(reading) {}
    ~PngGuard() { png_destroy_read_struct(&reading_.png, &reading_.info, nullptr); }
    PngGuard(const PngGuard&) = delete;
    PngGuard& operator=(const PngGuard&) = delete;

private:
    PngReading& reading_;
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
    auto& reading = *static_cast<PngReading*>(png_get_error_ptr(png));
    const std::size_t length = std::min(std::strlen(message), reading.message.size() - 1);
    std::memcpy(reading.message.data(), message, length);
    png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

void on_read(png_structp png, png_bytep into, std::size_t length) {
    auto& reading = *static_cast<PngReading*>(png_get_io_ptr(png));
    if (length > reading.file.size() - reading.offset) png_error(png, "the file ends too early");
    std::memcpy(into, reading.file.data() + reading.offset, length);
    reading.offset += length;
}

bool open_header(PngReading& reading) {
    if (setjmp(png_jmpbuf(reading.png)) != 0) return false;
    // The size is held against PictureLimits by check_size; libpng's own limit would hide which one was broken.
    png_set_user_limits(reading.png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_chunk_malloc_max(reading.png, max_chunk_memory);
    // Colour profiles, gamma, texts: nothing a code reader needs, so their parsers see no hostile byte.
    png_set_keep_unknown_chunks(reading.png, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_read_fn(reading.png, &reading, on_read);
    png_read_info(reading.png, reading.info);
    reading.width = png_get_image_width(reading.png, reading.info);
    reading.height = png_get_image_height(reading.png, reading.info);
    return true;
}

// Every kind of PNG becomes 8 bits of grey on white; interlaced pictures take several passes over the same rows.
bool read_pixels(PngReading& reading, png_bytep pixels) {
    if (setjmp(png_jmpbuf(reading.png)) != 0) return false;
    const png_byte color = png_get_color_type(reading.png, reading.info);
    png_set_expand(reading.png);
    png_set_scale_16(reading.png);
    if ((color & PNG_COLOR_MASK_COLOR) != 0) {
        png_set_rgb_to_gray_fixed(reading.png, PNG_ERROR_ACTION_NONE, red_share, green_share);
    }
    if ((color & PNG_COLOR_MASK_ALPHA) != 0 || png_get_valid(reading.png, reading.info, PNG_INFO_tRNS) != 0) {
        png_color_16 white{};
        white.red = white.green = white.blue = white.gray = 0xff;
        png_set_background_fixed(reading.png, &white, PNG_BACKGROUND_GAMMA_SCREEN, 0, PNG_FP_1);
    }
    const int passes = png_set_interlace_handling(reading.png);
    png_read_update_info(reading.png, reading.info);
    if (png_get_rowbytes(reading.png, reading.info) != reading.width) png_error(reading.png, "not 8 bits a pixel");
    for (int pass = 0; pass < passes; ++pass) {
        for (png_uint_32 y = 0; y < reading.height; ++y) {
            png_read_row(reading.png, pixels + std::size_t{y} * reading.width, nullptr);
        }
    }
    png_read_end(reading.png, nullptr);
    return true;
}

tl::unexpected<Error> malformed(const PngReading& reading) {
    return fail(Errc::malformed_picture, std::string("PNG: ") + reading.message.data());
}

}  // namespace

Result<Picture> read_png(BytesView file, const PictureLimits& limits) {
    PngReading reading;
    reading.file = file;
    const PngGuard guard(reading);
    reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, on_error, on_warning);
    if (reading.png != nullptr) reading.info = png_create_info_struct(reading.png);
    if (reading.info == nullptr) return fail(Errc::malformed_picture, "PNG: libpng cannot be set up");
    if (!open_header(reading)) return malformed(reading);
    if (auto size = check_size(reading.width, reading.height, limits); !size) return tl::unexpected(size.error());

    Picture picture;
    picture.width = reading.width;
    picture.height = reading.height;
    picture.pixels.resize(picture.width * picture.height);
    if (!read_pixels(reading, picture.pixels.data())) return malformed(reading);
    return picture;
}

}  // namespace elic
