#include <algorithm>
#include <array>
#include <string>
#include <vector>
#include <webp/decode.h>

#include "picture/decoders.h"

namespace elic {

namespace {

// WebP's luma has the range of video, 16 for black to 235 for white (ITU-R BT.601).
constexpr int luma_black = 16;
constexpr int luma_white = 235;

tl::unexpected<Error> malformed(const std::string& reason) { return fail(Errc::malformed_picture, "WebP: " + reason); }

std::string reason_of(VP8StatusCode status) {
    switch (status) {
        case VP8_STATUS_SUSPENDED:
        case VP8_STATUS_NOT_ENOUGH_DATA:
            return "the file ends too early";
        case VP8_STATUS_UNSUPPORTED_FEATURE:
            return "a feature that libwebp does not know";
        case VP8_STATUS_OUT_OF_MEMORY:
            return "libwebp found no memory";
        default:
            return "the bytes are damaged";
    }
}

std::array<std::uint8_t, 256> full_range() {
    std::array<std::uint8_t, 256> table{};
    for (int luma = 0; luma < 256; ++luma) {
        const int range = luma_white - luma_black;
        const int grey = ((luma - luma_black) * 255 + range / 2) / range;
        table[static_cast<std::size_t>(luma)] = static_cast<std::uint8_t>(std::clamp(grey, 0, 255));
    }
    return table;
}

// The planes beside luma that libwebp wants to write: colour at half the size each way, and transparency.
struct SidePlanes {
    std::vector<std::uint8_t> u, v, alpha;
};

void point_at(WebPDecBuffer& output, Picture& picture, SidePlanes& planes, bool alpha) {
    const std::size_t half_width = (picture.width + 1) / 2;
    const std::size_t half_size = half_width * ((picture.height + 1) / 2);
    planes.u.resize(half_size);
    planes.v.resize(half_size);
    WebPYUVABuffer& yuva = output.u.YUVA;
    output.colorspace = alpha ? MODE_YUVA : MODE_YUV;
    output.is_external_memory = 1;
    yuva.y = picture.pixels.data();
    yuva.y_size = picture.pixels.size();
    yuva.y_stride = static_cast<int>(picture.width);
    yuva.u = planes.u.data();
    yuva.v = planes.v.data();
    yuva.u_size = yuva.v_size = half_size;
    yuva.u_stride = yuva.v_stride = static_cast<int>(half_width);
    if (!alpha) return;
    planes.alpha.resize(picture.pixels.size());
    yuva.a = planes.alpha.data();
    yuva.a_size = planes.alpha.size();
    yuva.a_stride = static_cast<int>(picture.width);
}

void finish(Picture& picture, const std::vector<std::uint8_t>& alpha) {
    const auto table = full_range();
    for (auto& pixel : picture.pixels) pixel = table[pixel];
    for (std::size_t i = 0; i < alpha.size(); ++i) {
        const unsigned opaque = alpha[i];
        picture.pixels[i] = static_cast<std::uint8_t>((picture.pixels[i] * opaque + 255 * (255 - opaque) + 127) / 255);
    }
}

}  // namespace

Result<Picture> read_webp(BytesView file, const PictureLimits& limits) {
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) return malformed("libwebp is of another version");
    const VP8StatusCode header = WebPGetFeatures(file.data(), file.size(), &config.input);
    if (header != VP8_STATUS_OK) return malformed(reason_of(header));
    if (config.input.width < 0 || config.input.height < 0) return malformed("a negative size");
    if (config.input.has_animation != 0) return malformed("an animation; save one picture of it");
    Picture picture;
    picture.width = static_cast<std::size_t>(config.input.width);
    picture.height = static_cast<std::size_t>(config.input.height);
    if (auto size = check_size(picture.width, picture.height, limits); !size) return tl::unexpected(size.error());

    picture.pixels.resize(picture.width * picture.height);
    SidePlanes planes;
    point_at(config.output, picture, planes, config.input.has_alpha != 0);
    const VP8StatusCode status = WebPDecode(file.data(), file.size(), &config);
    WebPFreeDecBuffer(&config.output);
    if (status != VP8_STATUS_OK) return malformed(reason_of(status));
    finish(picture, planes.alpha);
    return picture;
}

}  // namespace elic
