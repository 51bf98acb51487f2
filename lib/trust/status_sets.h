#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "trust/status_bits.h"

namespace elic {

/// The divisor of the Golomb code for k (not 0) places among n: near n ln 2 / k, where the code is shortest
/// (Gallager and Van Voorhis 1975).
std::uint64_t golomb_divisor(std::uint64_t n, std::uint64_t k);

/// k places among n, ascending, none twice; n at most 2^40. Each takes at least one bit. Who reads knows n and k.
void write_set(BitWriter& out, std::uint64_t n, std::span<const std::uint64_t> places);

/// Nothing is reserved before k is held against the bits that are left. False when a place lies outside or bits lack.
bool read_set(BitReader& in, std::uint64_t n, std::uint64_t k, std::vector<std::uint64_t>& places);

/// A row of symbols 0 .. alphabet - 1, each of which occurs at least `least` (0 or 1) times; at most 2^32 of them. At
/// each halving of the alphabet the places of the upper half are written as a set, or those of the lower when fewer.
void write_row(BitWriter& out, std::vector<std::uint32_t> symbols, std::uint32_t alphabet, std::uint32_t least);

/// Fills `symbols`, whose size is the row's. False when the bits are no such row.
bool read_row(BitReader& in, std::vector<std::uint32_t>& symbols, std::uint32_t alphabet, std::uint32_t least);

}  // namespace elic
