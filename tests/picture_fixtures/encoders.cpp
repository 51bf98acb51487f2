#include "picture_fixtures/encoders.h"

#include <algorithm>
#include <cstdio>  // jpeglib.h needs FILE
#include <cstdlib>
#include <jpeglib.h>
#include <png.h>
#include <stdexcept>
#include <webp/encode.h>
#include <zlib.h>

namespace fixtures {

namespace {

void put_u32(elic::Bytes& bytes, std::size_t offset, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes.at(offset + i) = static_cast<std::uint8_t>(value >> (24 - 8 * i));
}

void on_png_write(png_structp png, png_bytep bytes, std::size_t length) {
    auto& out = *static_cast<elic::Bytes*>(png_get_io_ptr(png));
    out.insert(out.end(), bytes, bytes + length);
}

void on_png_flush(png_structp) {}

}  // namespace

elic::Bytes png(const PngForm& form) {
    elic::Bytes out;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &out, on_png_write, on_png_flush);
    png_set_IHDR(png, info, static_cast<png_uint_32>(form.width), static_cast<png_uint_32>(form.height), form.depth,
                 form.color, form.interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
                 PNG_FILTER_TYPE_DEFAULT);
    std::vector<png_color> palette;
    for (const auto& [red, green, blue] : form.palette) palette.push_back({red, green, blue});
    if (!palette.empty()) png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
    if (!form.palette_alpha.empty()) {
        png_set_tRNS(png, info, form.palette_alpha.data(), static_cast<int>(form.palette_alpha.size()), nullptr);
    }
    png_write_info(png, info);
    const std::size_t stride = png_get_rowbytes(png, info);
    elic::Bytes rows = form.rows;
    if (rows.size() != stride * form.height) throw std::logic_error("PNG fixture: rows of the wrong length");
    std::vector<png_bytep> pointers;
    for (std::size_t y = 0; y < form.height; ++y) pointers.push_back(rows.data() + y * stride);
    png_write_image(png, pointers.data());
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return out;
}

elic::Bytes png_claiming(elic::Bytes file, std::uint32_t width, std::uint32_t height) {
    put_u32(file, 16, width);
    put_u32(file, 20, height);
    put_u32(file, 29, static_cast<std::uint32_t>(crc32(0, file.data() + 12, 17)));
    return file;
}

elic::Bytes jpeg(std::size_t width, std::size_t height, int channels, const elic::Bytes& samples, JpegForm form,
                 int quality) {
    jpeg_compress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    unsigned char* memory = nullptr;
    unsigned long length = 0;
    jpeg_mem_dest(&jpeg, &memory, &length);
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = channels;
    jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    std::vector<jpeg_scan_info> scans;
    if (form == JpegForm::progressive) jpeg_simple_progression(&jpeg);
    if (form == JpegForm::many_scans) {  // one for each of the 64 coefficients
        for (int coefficient = 0; coefficient < 64; ++coefficient) {
            scans.push_back({1, {0, 0, 0, 0}, coefficient, coefficient, 0, 0});
        }
        jpeg.scan_info = scans.data();
        jpeg.num_scans = static_cast<int>(scans.size());
    }
    jpeg_start_compress(&jpeg, TRUE);
    elic::Bytes copy = samples;
    const std::size_t stride = width * static_cast<std::size_t>(channels);
    for (std::size_t y = 0; y < height; ++y) {
        JSAMPROW row[1] = {copy.data() + y * stride};
        jpeg_write_scanlines(&jpeg, row, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    elic::Bytes out(memory, memory + length);
    std::free(memory);
    return out;
}

elic::Bytes jpeg(const elic::Picture& picture, int quality) {
    return jpeg(picture.width, picture.height, 1, picture.pixels, JpegForm::baseline, quality);
}

elic::Bytes jpeg_claiming(elic::Bytes file, std::uint16_t width, std::uint16_t height) {
    // Start of frame: FF C0 or C2, length (2), precision (1), height (2), width (2).
    const auto is_frame = [](std::uint8_t a, std::uint8_t b) { return a == 0xff && (b == 0xc0 || b == 0xc2); };
    const auto frame = std::adjacent_find(file.begin(), file.end(), is_frame);
    frame[5] = static_cast<std::uint8_t>(height >> 8);
    frame[6] = static_cast<std::uint8_t>(height);
    frame[7] = static_cast<std::uint8_t>(width >> 8);
    frame[8] = static_cast<std::uint8_t>(width);
    return file;
}

elic::Bytes webp(std::size_t width, std::size_t height, const elic::Bytes& rgba, float quality) {
    std::uint8_t* memory = nullptr;
    const int w = static_cast<int>(width), h = static_cast<int>(height);
    const std::size_t length = quality < 0 ? WebPEncodeLosslessRGBA(rgba.data(), w, h, 4 * w, &memory)
                                           : WebPEncodeRGBA(rgba.data(), w, h, 4 * w, quality, &memory);
    elic::Bytes out(memory, memory + length);
    WebPFree(memory);
    return out;
}

elic::Bytes webp(const elic::Picture& picture, float quality) {
    elic::Bytes rgba;
    for (const auto grey : picture.pixels) rgba.insert(rgba.end(), {grey, grey, grey, 255});
    return webp(picture.width, picture.height, rgba, quality);
}

}  // namespace fixtures
