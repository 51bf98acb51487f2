#include <array>
#include <csetjmp>
#include <cstddef>
#include <cstdint>
#include <cstdio>  // jpeglib.h needs FILE
#include <jpeglib.h>
#include <string>
#include <vector>

#include "picture/decoders.h"

namespace elic {

namespace {

// A progressive picture may be sent in any number of scans, each as much work as a whole picture. Encoders
// write about 10.
constexpr int max_scans = 40;

// libjpeg leaves by longjmp, which runs no destructor: what lives across a jump is this plain struct, and the
// functions that libjpeg may leave (open_header, start, read_line, ...) own nothing.
struct JpegReading {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg_progress_mgr progress{};
    std::jmp_buf jump{};
    bool too_many_scans = false;
    std::array<char, JMSG_LENGTH_MAX> message{};
};

class JpegGuard {
public:
    explicit JpegGuard(JpegReading& reading) : reading_(reading) {}
    ~JpegGuard() { jpeg_destroy_decompress(&reading_.jpeg); }
    JpegGuard(const JpegGuard&) = delete;
    JpegGuard& operator=(const JpegGuard&) = delete;

private:
    JpegReading& reading_;
};

[[noreturn]] void on_error(j_common_ptr jpeg) {
    auto& reading = *static_cast<JpegReading*>(jpeg->client_data);
    jpeg->err->format_message(jpeg, reading.message.data());
    std::longjmp(reading.jump, 1);
}

// Warnings are about damaged entropy data, which a photograph survives and the code's own error correction mends.
void on_message(j_common_ptr, int) {}

void on_progress(j_common_ptr common) {
    auto& reading = *static_cast<JpegReading*>(common->client_data);
    if (reading.jpeg.input_scan_number <= max_scans) return;
    reading.too_many_scans = true;
    std::longjmp(reading.jump, 1);
}

bool open_header(JpegReading& reading, const std::uint8_t* bytes, unsigned long length) {
    reading.jpeg.err = jpeg_std_error(&reading.errors);
    reading.errors.error_exit = on_error;
    reading.errors.emit_message = on_message;
    reading.jpeg.client_data = &reading;
    if (setjmp(reading.jump) != 0) return false;
    jpeg_create_decompress(&reading.jpeg);
    reading.progress.progress_monitor = on_progress;
    reading.jpeg.progress = &reading.progress;
    jpeg_mem_src(&reading.jpeg, bytes, length);
    return jpeg_read_header(&reading.jpeg, TRUE) == JPEG_HEADER_OK;
}

bool is_cmyk(const JpegReading& reading) {
    return reading.jpeg.jpeg_color_space == JCS_CMYK || reading.jpeg.jpeg_color_space == JCS_YCCK;
}

J_COLOR_SPACE grey_or_cmyk(const JpegReading& reading) { return is_cmyk(reading) ? JCS_CMYK : JCS_GRAYSCALE; }

bool start(JpegReading& reading, J_COLOR_SPACE space) {
    if (setjmp(reading.jump) != 0) return false;
    reading.jpeg.out_color_space = space;
    return jpeg_start_decompress(&reading.jpeg) != FALSE;
}

bool read_line(JpegReading& reading, JSAMPLE* line) {
    if (setjmp(reading.jump) != 0) return false;
    JSAMPROW rows[1] = {line};
    return jpeg_read_scanlines(&reading.jpeg, rows, 1) == 1;
}

// Adobe's programs, and with them nearly everybody, store CMYK inverted: 255 is no ink.
void cmyk_to_grey(const std::vector<JSAMPLE>& cmyk, bool inverted, std::uint8_t* grey) {
    const unsigned flip = inverted ? 0u : 255u;
    for (std::size_t i = 0; i < cmyk.size(); i += 4) {
        const unsigned red = cmyk[i] ^ flip, green = cmyk[i + 1] ^ flip, blue = cmyk[i + 2] ^ flip;
        const unsigned luma = (299 * red + 587 * green + 114 * blue + 500) / 1000;  // ITU-R BT.601
        *grey++ = static_cast<std::uint8_t>(luma * (cmyk[i + 3] ^ flip) / 255);
    }
}

bool read_pixels(JpegReading& reading, Picture& picture) {
    std::vector<JSAMPLE> cmyk(is_cmyk(reading) ? picture.width * 4 : 0);
    for (std::size_t y = 0; y < picture.height; ++y) {
        std::uint8_t* row = picture.pixels.data() + y * picture.width;
        if (!read_line(reading, cmyk.empty() ? row : cmyk.data())) return false;
        if (!cmyk.empty()) cmyk_to_grey(cmyk, reading.jpeg.saw_Adobe_marker != FALSE, row);
    }
    return true;
}

tl::unexpected<Error> refused(const JpegReading& reading) {
    if (reading.too_many_scans) {
        return fail(Errc::limit_exceeded, "JPEG: more than " + std::to_string(max_scans) + " scans; save it anew");
    }
    return fail(Errc::malformed_picture, std::string("JPEG: ") + reading.message.data());
}

}  // namespace

Result<Picture> read_jpeg(BytesView file, const PictureLimits& limits) {
    JpegReading reading;
    const JpegGuard guard(reading);
    if (!open_header(reading, file.data(), file.size())) return refused(reading);
    if (auto size = check_size(reading.jpeg.image_width, reading.jpeg.image_height, limits); !size) {
        return tl::unexpected(size.error());
    }
    Picture picture;
    picture.width = reading.jpeg.image_width;
    picture.height = reading.jpeg.image_height;
    if (!start(reading, grey_or_cmyk(reading))) return refused(reading);
    const int channels = is_cmyk(reading) ? 4 : 1;
    if (reading.jpeg.output_width != picture.width || reading.jpeg.output_components != channels) {
        return fail(Errc::malformed_picture, "JPEG: an unknown colour space");
    }
    picture.pixels.resize(picture.width * picture.height);
    if (!read_pixels(reading, picture)) return refused(reading);
    return picture;
}

Result<ColourPicture> read_colour_jpeg(BytesView file, const PictureLimits& limits) {
    JpegReading reading;
    const JpegGuard guard(reading);
    if (!open_header(reading, file.data(), file.size())) return refused(reading);
    if (auto size = check_size(reading.jpeg.image_width, reading.jpeg.image_height, limits); !size) {
        return tl::unexpected(size.error());
    }
    if (is_cmyk(reading)) return fail(Errc::malformed_picture, "JPEG: in inks (CMYK); save it as RGB");
    ColourPicture picture{.width = reading.jpeg.image_width, .height = reading.jpeg.image_height, .pixels = {}};
    if (!start(reading, JCS_EXT_RGBA)) return refused(reading);
    if (reading.jpeg.output_width != picture.width || reading.jpeg.output_components != 4) {
        return fail(Errc::malformed_picture, "JPEG: an unknown colour space");
    }
    picture.pixels.resize(picture.width * picture.height * 4);
    for (std::size_t y = 0; y < picture.height; ++y) {
        if (!read_line(reading, picture.pixels.data() + y * picture.width * 4)) return refused(reading);
    }
    return picture;
}

}  // namespace elic
