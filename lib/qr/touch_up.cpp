#include "qr/touch_up.h"

#include <algorithm>
#include <array>

namespace elic {

namespace {

Picture blank(std::size_t width, std::size_t height, std::uint8_t grey = 0) {
    return {width, height, std::vector<std::uint8_t>(width * height, grey)};
}

// 1 2 1 along a row; the edge pixels stand for their missing neighbours.
void blur_along(const std::uint8_t* from, std::uint8_t* to, std::size_t width) {
    for (std::size_t x = 0; x < width; ++x) {
        const std::size_t before = x == 0 ? 0 : x - 1, after = x + 1 == width ? x : x + 1;
        to[x] = static_cast<std::uint8_t>((from[before] + 2 * from[x] + from[after] + 2) / 4);
    }
}

// 1 2 1 down, for all columns at once.
void blur_down(const std::uint8_t* above, const std::uint8_t* row, const std::uint8_t* below, std::uint8_t* to,
               std::size_t width) {
    for (std::size_t x = 0; x < width; ++x) {
        to[x] = static_cast<std::uint8_t>((above[x] + 2 * row[x] + below[x] + 2) / 4);
    }
}

}  // namespace

Picture inverted(const Picture& picture) {
    Picture out = picture;
    for (auto& pixel : out.pixels) pixel = static_cast<std::uint8_t>(255 - pixel);
    return out;
}

Picture halved(const Picture& picture) {
    Picture out = blank(picture.width / 2, picture.height / 2);
    for (std::size_t y = 0; y < out.height; ++y) {
        const std::uint8_t* upper = picture.pixels.data() + 2 * y * picture.width;
        const std::uint8_t* lower = upper + picture.width;
        std::uint8_t* to = out.pixels.data() + y * out.width;
        for (std::size_t x = 0; x < out.width; ++x) {
            const int sum = upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
            to[x] = static_cast<std::uint8_t>((sum + 2) / 4);
        }
    }
    return out;
}

Picture enlarged(const Picture& picture, std::size_t times, std::size_t margin) {
    Picture out = blank(picture.width * times + 2 * margin, picture.height * times + 2 * margin, 255);
    for (std::size_t y = 0; y < picture.height * times; ++y) {
        const std::uint8_t* from = picture.pixels.data() + y / times * picture.width;
        std::uint8_t* to = out.pixels.data() + (y + margin) * out.width + margin;
        for (std::size_t x = 0; x < picture.width; ++x) std::fill_n(to + x * times, times, from[x]);
    }
    return out;
}

Picture blurred(const Picture& picture) {
    Picture across = blank(picture.width, picture.height);
    Picture out = across;
    for (std::size_t y = 0; y < picture.height; ++y) {
        blur_along(picture.pixels.data() + y * picture.width, across.pixels.data() + y * picture.width, picture.width);
    }
    for (std::size_t y = 0; y < picture.height; ++y) {
        const std::uint8_t* row = across.pixels.data() + y * picture.width;
        blur_down(y == 0 ? row : row - picture.width, row, y + 1 == picture.height ? row : row + picture.width,
                  out.pixels.data() + y * picture.width, picture.width);
    }
    return out;
}

Picture sharpened(const Picture& picture) {
    Picture out = blurred(blurred(picture));
    for (std::size_t i = 0; i < out.pixels.size(); ++i) {
        out.pixels[i] = static_cast<std::uint8_t>(std::clamp(2 * picture.pixels[i] - out.pixels[i], 0, 255));
    }
    return out;
}

Picture stretched(const Picture& picture) {
    std::array<std::size_t, 256> count{};
    for (const auto pixel : picture.pixels) ++count[pixel];
    const std::size_t aside = picture.pixels.size() / 50;
    std::size_t darkest = 0, lightest = 255;
    for (std::size_t seen = count[0]; darkest < 255 && seen <= aside;) seen += count[++darkest];
    for (std::size_t seen = count[255]; lightest > 0 && seen <= aside;) seen += count[--lightest];
    Picture out = picture;
    if (darkest >= lightest) return out;
    const int low = static_cast<int>(darkest), range = static_cast<int>(lightest) - low;
    for (auto& pixel : out.pixels) {
        pixel = static_cast<std::uint8_t>(std::clamp((pixel - low) * 255 / range, 0, 255));
    }
    return out;
}

void whiten(Picture& picture, const std::array<Corner, 4>& corners) {
    const auto [top, bottom] = std::ranges::minmax(corners, {}, &Corner::y);
    const int last_row = static_cast<int>(picture.height) - 1, last_column = static_cast<int>(picture.width) - 1;
    for (int y = std::max(top.y, 0); y <= std::min(bottom.y, last_row); ++y) {
        // Where the row crosses the outline: for a convex one everything between is inside.
        long long left = last_column + 1, right = -1;
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const Corner& from = corners[i];
            const Corner& to = corners[(i + 1) % corners.size()];
            if (y < std::min(from.y, to.y) || y > std::max(from.y, to.y)) continue;
            const long long rise = to.y - from.y, run = to.x - from.x;
            const long long x = rise == 0 ? to.x : from.x + run * (y - from.y) / rise;
            left = std::min(left, x);
            right = std::max(right, x);
        }
        left = std::max(left, 0LL);
        right = std::min<long long>(right, last_column);
        if (left > right) continue;
        const auto row = picture.pixels.begin() + static_cast<std::ptrdiff_t>(y) * (last_column + 1);
        std::fill(row + left, row + right + 1, std::uint8_t{255});
    }
}

}  // namespace elic
