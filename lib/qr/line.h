#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace elic::qr {

// What counts bits is compiled twice, also for machines that count them with one instruction; so all of it is part of
// its caller.
#define ELIC_PART_OF_CALLER [[gnu::always_inline]]

/// A row or a column of modules as bits, with room around: module n is bit n + border. What lies outside the symbol is
/// zero.
template <std::size_t Words>
struct Bits {
    std::array<std::uint64_t, Words> words = {};

    static constexpr std::size_t border = 4;
    /// So many modules have room behind them too.
    static constexpr std::size_t widest = Words * 64 - 2 * border;

    void set(std::size_t module) noexcept {
        words[(module + border) / 64] |= std::uint64_t{1} << (module + border) % 64;
    }
    bool at(std::size_t module) const noexcept {
        return (words[(module + border) / 64] >> (module + border) % 64 & 1) != 0;
    }

    ELIC_PART_OF_CALLER friend Bits operator&(Bits a, const Bits& b) noexcept {
        for (std::size_t n = 0; n < Words; ++n) a.words[n] &= b.words[n];
        return a;
    }
    ELIC_PART_OF_CALLER friend Bits operator|(Bits a, const Bits& b) noexcept {
        for (std::size_t n = 0; n < Words; ++n) a.words[n] |= b.words[n];
        return a;
    }
    ELIC_PART_OF_CALLER friend Bits operator^(Bits a, const Bits& b) noexcept {
        for (std::size_t n = 0; n < Words; ++n) a.words[n] ^= b.words[n];
        return a;
    }
    ELIC_PART_OF_CALLER Bits operator~() const noexcept {
        Bits out;
        for (std::size_t n = 0; n < Words; ++n) out.words[n] = ~words[n];
        return out;
    }

    /// What lies `count` modules further on, here; and further back. 1 to 63.
    ELIC_PART_OF_CALLER Bits ahead(std::size_t count) const noexcept {
        Bits out;
        for (std::size_t n = 0; n < Words; ++n)
            out.words[n] = words[n] >> count | (n + 1 < Words ? words[n + 1] << (64 - count) : 0);
        return out;
    }
    ELIC_PART_OF_CALLER Bits behind(std::size_t count) const noexcept {
        Bits out;
        for (std::size_t n = 0; n < Words; ++n)
            out.words[n] = words[n] << count | (n > 0 ? words[n - 1] >> (64 - count) : 0);
        return out;
    }

    ELIC_PART_OF_CALLER bool any() const noexcept {
        std::uint64_t all = 0;
        for (const auto word : words) all |= word;
        return all != 0;
    }
    ELIC_PART_OF_CALLER int count() const noexcept {
        int sum = 0;
        for (const auto word : words) sum += std::popcount(word);
        return sum;
    }
};

/// The widest symbol's.
using Line = Bits<3>;

}  // namespace elic::qr
