#include "face/portrait.h"

namespace elic {

namespace {

constexpr PictureLimits limits{.bytes = max_portrait_bytes, .pixels = 4'000'000, .side = 4000};

}  // namespace

Result<Picture> read_portrait(BytesView bytes) {
    auto picture = read_picture(bytes, limits);
    if (!picture) return picture;
    const bool png = bytes[0] == 0x89, jpeg = bytes[0] == 0xff;
    if (!png && !jpeg) return fail(Errc::malformed_picture, "a PNG or JPEG is expected");
    return picture;
}

}  // namespace elic
