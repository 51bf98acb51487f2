#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace elic {

/// The dark and light modules of a two-dimensional code, without its quiet zone.
/// Invariant: dark.size() == size * size; row by row, 1 = dark.
struct Modules {
    std::size_t size = 0;  ///< modules a side
    int version = 0;       ///< QR version 1..40
    std::vector<std::uint8_t> dark;

    bool at(std::size_t x, std::size_t y) const { return dark[y * size + x] != 0; }
};

}  // namespace elic
