#include <cstdlib>

#include "elic/picture/picture.h"
#include "elic/qr/scan.h"

// Laws: a picture that is read keeps its invariant and its limits; scanning any picture ends.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    const elic::PictureLimits limits{.bytes = 1u << 20, .pixels = 1000 * 1000, .side = 4000};
    const auto picture = elic::read_picture({bytes, size}, limits);
    if (!picture) return 0;
    if (picture->pixels.size() != picture->width * picture->height) std::abort();
    if (picture->pixels.size() > limits.pixels) std::abort();
    if (picture->pixels.size() <= 256 * 256) static_cast<void>(elic::scan_codes(*picture));
    return 0;
}
