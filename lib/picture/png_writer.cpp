#include "picture/png_writer.h"

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <png.h>
#include <string>

namespace elic {

namespace {

constexpr std::size_t max_side = 20000;
constexpr std::size_t max_dots_per_inch = 100000;
constexpr int fast_level = 1;  // zlib: five times faster than the default, a code stays under 5 KB

// As in the reader: plain, and owned by a function that libpng does not leave.
struct PngWriting {
    Bytes* out = nullptr;
    png_structp png = nullptr;
    png_infop info = nullptr;
    std::array<char, 160> message{};
};

class PngGuard {
public:
    explicit PngGuard(PngWriting& writing) : writing_(writing) {}
    ~PngGuard() { png_destroy_write_struct(&writing_.png, &writing_.info); }
    PngGuard(const PngGuard&) = delete;
    PngGuard& operator=(const PngGuard&) = delete;

private:
    PngWriting& writing_;
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
    auto& writing = *static_cast<PngWriting*>(png_get_error_ptr(png));
    const std::size_t length = std::min(std::strlen(message), writing.message.size() - 1);
    std::memcpy(writing.message.data(), message, length);
    png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

// noexcept: an exception must not pass through libpng's frames.
void on_write(png_structp png, png_bytep bytes, std::size_t length) noexcept {
    auto& out = *static_cast<PngWriting*>(png_get_io_ptr(png))->out;
    out.insert(out.end(), bytes, bytes + length);
}

void on_flush(png_structp) {}

bool write_header(PngWriting& writing, png_uint_32 width, png_uint_32 height, png_uint_32 dots_per_metre) {
    if (setjmp(png_jmpbuf(writing.png)) != 0) return false;
    png_set_write_fn(writing.png, &writing, on_write, on_flush);
    png_set_compression_level(writing.png, fast_level);
    // A row against the row above it: the repeated rows of a module become zeros.
    png_set_filter(writing.png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_IHDR(writing.png, writing.info, width, height, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(writing.png, writing.info, dots_per_metre, dots_per_metre, PNG_RESOLUTION_METER);
    png_write_info(writing.png, writing.info);
    return true;
}

bool write_rows(PngWriting& writing, png_const_bytep row, std::size_t times) {
    if (setjmp(png_jmpbuf(writing.png)) != 0) return false;
    for (std::size_t i = 0; i < times; ++i) png_write_row(writing.png, row);
    return true;
}

bool write_end(PngWriting& writing) {
    if (setjmp(png_jmpbuf(writing.png)) != 0) return false;
    png_write_end(writing.png, nullptr);
    return true;
}

// Module x of a row of light dots, 1 a bit, made dark.
void darken(Bytes& row, std::size_t x, std::size_t dots) {
    for (std::size_t dot = x * dots; dot < (x + 1) * dots; ++dot) {
        row[dot / 8] = static_cast<std::uint8_t>(row[dot / 8] & ~(0x80u >> (dot % 8)));
    }
}

bool write_symbol(PngWriting& writing, const Modules& modules, std::size_t dots, std::size_t quiet, Bytes& row) {
    for (std::size_t y = 0; y < modules.size; ++y) {
        std::fill(row.begin(), row.end(), std::uint8_t{0xff});
        for (std::size_t x = 0; x < modules.size; ++x) {
            if (modules.at(x, y)) darken(row, x + quiet, dots);
        }
        if (!write_rows(writing, row.data(), dots)) return false;
    }
    return true;
}

bool write_below(PngWriting& writing, const RowsBelow& below, std::size_t dots, Bytes& row) {
    for (std::size_t y = 0; y < below.height; ++y) {
        std::fill(row.begin(), row.end(), std::uint8_t{0xff});
        for (std::size_t x = 0; x < below.width; ++x) {
            if (below.at(x, y)) darken(row, x, dots);
        }
        if (!write_rows(writing, row.data(), dots)) return false;
    }
    return true;
}

bool write_all(PngWriting& writing, const Modules& modules, std::size_t dots, std::size_t quiet,
               std::size_t dots_per_inch, const RowsBelow& below) {
    const std::size_t side = (modules.size + 2 * quiet) * dots;
    const std::size_t height = side + below.height * dots;
    const std::size_t dots_per_metre = (dots_per_inch * 10000 + 127) / 254;  // an inch is 0.0254 m
    if (!write_header(writing, static_cast<png_uint_32>(side), static_cast<png_uint_32>(height),
                      static_cast<png_uint_32>(dots_per_metre))) {
        return false;
    }
    const Bytes light((side + 7) / 8, 0xff);
    Bytes row(light.size());
    return write_rows(writing, light.data(), quiet * dots) && write_symbol(writing, modules, dots, quiet, row) &&
           write_rows(writing, light.data(), quiet * dots) && write_below(writing, below, dots, row) &&
           write_end(writing);
}

Status check_arguments(const Modules& modules, std::size_t dots, std::size_t quiet, std::size_t dots_per_inch) {
    if (modules.size == 0 || modules.size > max_side || modules.dark.size() != modules.size * modules.size) {
        return fail(Errc::bad_argument, "a symbol of " + std::to_string(modules.size) + " modules a side with " +
                                            std::to_string(modules.dark.size()) + " modules in all");
    }
    if (dots == 0) return fail(Errc::bad_argument, "0 dots a module; give at least 1");
    if (dots_per_inch == 0 || dots_per_inch > max_dots_per_inch) {
        return fail(Errc::bad_argument,
                    std::to_string(dots_per_inch) + " dots an inch; give 1 to " + std::to_string(max_dots_per_inch));
    }
    if (dots > max_side || quiet > max_side || (modules.size + 2 * quiet) * dots > max_side) {
        return fail(Errc::bad_argument, "a picture of " + std::to_string(modules.size) + " modules, " +
                                            std::to_string(quiet) + " light ones on each side, " +
                                            std::to_string(dots) + " dots each, has more than " +
                                            std::to_string(max_side) + " pixels a side; give fewer dots");
    }
    return {};
}

Status check_below(const RowsBelow& below, std::size_t side, std::size_t dots) {
    if (below.height == 0) return {};
    if (below.width != side || below.dark.size() != below.width * below.height)
        return fail(Errc::bad_argument, "the rows under a symbol are not as wide as it is with its light modules");
    if (below.height > max_side || (side + below.height) * dots > max_side) {
        return fail(Errc::bad_argument,
                    "the picture has more than " + std::to_string(max_side) + " pixels a side; give fewer dots");
    }
    return {};
}

}  // namespace

Result<Bytes> write_png(const Modules& modules, std::size_t dots, std::size_t quiet, std::size_t dots_per_inch,
                        const RowsBelow& below) {
    if (auto checked = check_arguments(modules, dots, quiet, dots_per_inch); !checked) {
        return tl::unexpected(checked.error());
    }
    if (auto checked = check_below(below, modules.size + 2 * quiet, dots); !checked) {
        return tl::unexpected(checked.error());
    }
    Bytes out;
    PngWriting writing;
    writing.out = &out;
    const PngGuard guard(writing);
    writing.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writing, on_error, on_warning);
    if (writing.png != nullptr) writing.info = png_create_info_struct(writing.png);
    if (writing.info == nullptr) return fail(Errc::bad_argument, "PNG: libpng cannot be set up");
    if (!write_all(writing, modules, dots, quiet, dots_per_inch, below)) {
        return fail(Errc::bad_argument, std::string("PNG: ") + writing.message.data());
    }
    return out;
}

}  // namespace elic
