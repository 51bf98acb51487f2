#include "elic/qr/scan.h"

#include <algorithm>
#include <array>
#include <exception>
#include <limits>
#include <utility>

#include "elic/base/assert.h"
#include "qr/black_white.h"
#include "qr/finders.h"
#include "qr/touch_up.h"
#include "qr/zxing.h"

namespace elic {

namespace {

constexpr std::size_t max_codes = 16;
constexpr std::size_t small_enough = 500;  // pixels of the shorter side below which no smaller copy is read

// ZXing weighs every three finder patterns against each other: of 300 that takes a quarter of a second, of 3,000
// (a picture may hold far more) four minutes. Pictures of codes have a dozen. What has more is not given to ZXing,
// which gets its pictures in black and white so that the count is of what it will see.
constexpr std::size_t max_finders = 300;

// The further attempts work on copies; these bound their time and memory.
constexpr std::size_t max_retouched_pixels = 16u * 1000 * 1000;
constexpr std::size_t max_enlarged_pixels = 1000 * 1000;
constexpr std::size_t enlargement = 3;
constexpr std::size_t enlarged_margin = 30;

using ZXing::BarcodeFormat;
using Threshold = Picture (*)(const Picture&);

struct Found {
    ScannedCode code;
    std::array<Corner, 4> corners;

    int left() const { return std::ranges::min(corners, {}, &Corner::x).x; }
    int right() const { return std::ranges::max(corners, {}, &Corner::x).x; }
    int top() const { return std::ranges::min(corners, {}, &Corner::y).y; }
    int bottom() const { return std::ranges::max(corners, {}, &Corner::y).y; }
    int middle() const { return top() + (bottom() - top()) / 2; }
};
using Codes = std::vector<Found>;

Found found_from(const ZXing::Result& result) {
    Found found{{result.text(), ZXing::ToString(result.format())}, {}};
    std::ranges::transform(result.position(), found.corners.begin(), [](auto point) {
        return Corner{point.x, point.y};
    });
    return found;
}

// QR codes only. Debian builds ZXing 1.4 with its assertions, and its search for Micro QR codes has one that a
// distorted picture breaks, which ends the whole program (RegressionLine.h, "l1.isValid() && l2.isValid()").
Codes read_black_white(const Picture& picture) {
    const auto hints = ZXing::DecodeHints()
                           .setFormats(BarcodeFormat::QRCode)
                           .setBinarizer(ZXing::Binarizer::FixedThreshold)
                           .setTryHarder(true)
                           .setTryRotate(false)  // for bar codes only: a QR code is found at any angle without it
                           .setTryDownscale(false)
                           .setMaxNumberOfSymbols(max_codes);
    const ZXing::ImageView view(picture.pixels.data(), static_cast<int>(picture.width),
                                static_cast<int>(picture.height), ZXing::ImageFormat::Lum);
    Codes found;
    try {
        for (const auto& result : ZXing::ReadBarcodes(view, hints)) {
            if (result.isValid()) found.push_back(found_from(result));
        }
    } catch (const std::exception&) {
        // A picture that trips the reader has no code that it can read; what was taken before stands.
    }
    return found;
}

// Painting may leave a rim from which the same code is read again; and a code is read at several sizes.
void add(Codes& codes, Found one) {
    const auto is_same = [&](const Found& other) {
        return one.code.text == other.code.text && one.middle() >= other.top() && one.middle() <= other.bottom() &&
               one.left() < other.right() && other.left() < one.right();
    };
    if (codes.size() < max_codes && std::ranges::none_of(codes, is_same)) codes.push_back(std::move(one));
}

// The picture as it is, then at half the size, and so on: of a large and noisy code the smaller picture is clearer.
Codes read_at_all_sizes(const Picture& picture, Threshold threshold) {
    Codes found;
    Picture smaller;
    for (int scale = 1;; scale *= 2) {
        const Picture& layer = scale == 1 ? picture : smaller;
        if (layer.pixels.empty()) break;
        const Picture bits = threshold(layer);
        if (count_finders(bits, max_finders) < max_finders) {
            for (auto& one : read_black_white(bits)) {
                for (auto& corner : one.corners) corner = {corner.x * scale, corner.y * scale};
                add(found, std::move(one));
            }
        }
        if (std::min(layer.width, layer.height) <= small_enough) break;
        smaller = halved(layer);
    }
    return found;
}

bool fills_half(const Found& one, const Picture& picture) {
    const auto area = [](std::size_t width, std::size_t height) { return width * height; };
    return 2 * area(static_cast<std::size_t>(one.right() - one.left()),
                    static_cast<std::size_t>(one.bottom() - one.top())) >
           picture.pixels.size();
}

// On a sheet where equal codes stand in rows, ZXing takes the corners of different codes for one and finds few of
// them. So what was found is painted over and the rest is read again, until nothing more turns up. A code that
// fills half the picture leaves no room for such a row.
Codes read_codes(const Picture& picture, Threshold threshold) {
    Codes found = read_at_all_sizes(picture, threshold);
    if (found.empty() || std::ranges::any_of(found, [&](const Found& one) { return fills_half(one, picture); })) {
        return found;
    }
    Picture rest = picture;
    for (std::size_t painted = 0; painted < found.size() && found.size() < max_codes;) {
        for (; painted < found.size(); ++painted) whiten(rest, found[painted].corners);
        for (auto& one : read_at_all_sizes(rest, threshold)) add(found, std::move(one));
    }
    return found;
}

// Nothing was found: other thresholds and retouched copies, those that help most often first.
Codes read_retouched(const Picture& picture) {
    Codes found = read_codes(sharpened(picture), black_white_by_surroundings);
    if (found.empty()) found = read_codes(inverted(picture), black_white_by_surroundings);
    if (found.empty()) found = read_codes(picture, black_white_by_histogram);
    if (found.empty()) found = read_codes(halved(picture), black_white_by_surroundings);
    if (found.empty()) found = read_codes(halved(picture), black_white_by_histogram);
    if (found.empty()) found = read_codes(stretched(blurred(picture)), black_white_by_surroundings);
    if (found.empty() && picture.pixels.size() <= max_enlarged_pixels) {
        found = read_codes(enlarged(picture, enlargement, enlarged_margin), black_white_by_histogram);
    }
    return found;
}

Codes read_retouched_within_bounds(const Picture& picture) {
    if (picture.pixels.size() <= max_retouched_pixels) return read_retouched(picture);
    Picture smaller = halved(picture);
    while (smaller.pixels.size() > max_retouched_pixels) smaller = halved(smaller);
    return read_retouched(smaller);
}

// Line by line; a line is what has its middle beside the line's first (topmost) code.
void put_in_reading_order(Codes& found) {
    std::ranges::stable_sort(found, {}, &Found::middle);
    for (auto first = found.begin(); first != found.end();) {
        const int bottom = first->bottom();
        const auto next = std::find_if(first, found.end(), [&](const Found& one) { return one.middle() > bottom; });
        std::ranges::stable_sort(first, next, {}, &Found::left);
        first = next;
    }
}

}  // namespace

std::vector<ScannedCode> scan_codes(const Picture& picture) {
    ELIC_ASSERT(picture.pixels.size() == picture.width * picture.height);
    // ZXing counts in int; read_picture's default limits are far below.
    constexpr auto countable = static_cast<std::size_t>(std::numeric_limits<int>::max());
    if (picture.pixels.empty() || picture.pixels.size() > countable) return {};

    Codes found = read_codes(picture, black_white_by_surroundings);
    if (found.empty()) found = read_retouched_within_bounds(picture);
    put_in_reading_order(found);
    std::vector<ScannedCode> codes;
    for (auto& one : found) codes.push_back(std::move(one.code));
    return codes;
}

}  // namespace elic
