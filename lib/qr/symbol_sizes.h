#pragma once

#include <cstddef>

#include "elic/qr/draw.h"

// What fits into a QR symbol, and how it is divided (ISO/IEC 18004:2015, 7.4.10, 7.5.1, table 9).
namespace elic::qr {

inline constexpr int versions = 40;

/// Modules a side.
constexpr std::size_t width_of(int version) noexcept { return 17 + 4 * static_cast<std::size_t>(version); }

/// Alignment patterns in a row of them; 0 in version 1.
constexpr std::size_t alignments_of(int version) noexcept {
    return version == 1 ? 0 : static_cast<std::size_t>(version) / 7 + 2;
}

/// Where the centre of the n-th of them lies.
std::size_t alignment_at(int version, std::size_t n) noexcept;

/// Code words, those of error correction among them.
std::size_t code_words_of(int version) noexcept;

/// Blocks of code words. Those of data are spread evenly; where that leaves some over, the last blocks have one more.
struct Blocks {
    std::size_t count = 0;
    std::size_t correction = 0;  ///< code words of error correction of each
    std::size_t data = 0;        ///< code words of data of all together
};
Blocks blocks_of(int version, QrLevel level) noexcept;

}  // namespace elic::qr
