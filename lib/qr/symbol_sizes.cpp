#include "qr/symbol_sizes.h"

#include <array>
#include <cstdint>

namespace elic::qr {

namespace {

using Row = std::array<std::uint8_t, versions>;

// Table 9, by level and version.
constexpr std::array<Row, 4> correction_words = {{
    {7,  10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28,
     28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26,
     26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28},
    {13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30,
     28, 30, 30, 30, 30, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
    {17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28,
     30, 24, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30},
}};
constexpr std::array<Row, 4> block_counts = {{
    {1, 1, 1, 1,  1,  2,  2,  2,  2,  4,  4,  4,  4,  4,  6,  6,  6,  6,  7,  8,
     8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25},
    {1,  1,  1,  2,  2,  4,  4,  4,  5,  5,  5,  8,  9,  9,  10, 10, 11, 13, 14, 16,
     17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49},
    {1,  1,  2,  2,  4,  4,  6,  6,  8,  8,  8,  10, 12, 16, 12, 17, 16, 18, 21, 20,
     23, 23, 25, 27, 29, 34, 34, 35, 38, 40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68},
    {1,  1,  2,  4,  4,  4,  5,  6,  8,  8,  11, 11, 16, 16, 18, 16, 19, 21, 25, 25,
     25, 34, 30, 32, 35, 37, 40, 42, 45, 48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81},
}};

}  // namespace

std::size_t alignment_at(int version, std::size_t n) noexcept {
    if (n == 0) return 6;
    // Evenly spaced from the far end, to the even number above; what that leaves lies between the first two.
    const std::size_t last = width_of(version) - 7, gaps = alignments_of(version) - 1;
    const std::size_t step = version == 32 ? 26 : ((last - 6) + gaps * 2 - 1) / (gaps * 2) * 2;
    return last - (gaps - n) * step;
}

std::size_t code_words_of(int version) noexcept {
    const std::size_t width = width_of(version), alignments = alignments_of(version);
    std::size_t modules = width * width - 3 * 64 - 2 * 15 - 1 - 2 * (width - 16);
    if (alignments > 0) {
        // Three corners have none; those on a timing pattern share five modules with it.
        modules -= (alignments * alignments - 3) * 25 - 2 * (alignments - 2) * 5;
    }
    if (version >= 7) modules -= 2 * 18;
    return modules / 8;
}

Blocks blocks_of(int version, QrLevel level) noexcept {
    const auto row = static_cast<std::size_t>(level);
    const auto column = static_cast<std::size_t>(version - 1);
    Blocks blocks{.count = block_counts[row][column], .correction = correction_words[row][column], .data = 0};
    blocks.data = code_words_of(version) - blocks.count * blocks.correction;
    return blocks;
}

}  // namespace elic::qr
