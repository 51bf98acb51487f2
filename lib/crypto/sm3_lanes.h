#pragma once

#include <cstdint>

namespace elic {

/// One compression of SM3 (GB/T 32905, 5.3) of as many independent messages as the machine's registers hold words.
/// `state` has the 8 words of lane 0, 1, ... beside each other, word by word; `blocks` one place of 64 bytes a lane.
struct Sm3Lanes {
    int lanes = 0;  ///< 0: not for this machine
    void (*compress)(std::uint32_t* state, const std::uint8_t* const* blocks) = nullptr;
};

/// Compiled for these instructions, or none where the compiler has not got them. Whether the machine has them, the
/// caller asks.
Sm3Lanes sm3_lanes_avx2() noexcept;
Sm3Lanes sm3_lanes_avx512() noexcept;

}  // namespace elic
