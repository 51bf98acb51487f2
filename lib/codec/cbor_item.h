#pragma once

#include <cstdint>

namespace elic::cbor {

// RFC 8949 3.1: the upper three bits of an item's first byte.
enum class Major : std::uint8_t {
    unsigned_integer = 0,
    negative_integer = 1,
    bytes = 2,
    text = 3,
    array = 4,
    map = 5,
    tag = 6,
    simple = 7,
};

// RFC 8949 3: the lower five bits. Less than 24 is the argument itself; 24..27 announce 1, 2, 4, 8 bytes.
constexpr std::uint8_t one_byte_follows = 24;
constexpr std::uint8_t eight_bytes_follow = 27;
constexpr std::uint8_t indefinite = 31;

constexpr std::uint8_t null_byte = 0xf6;  // major 7, simple value 22

}  // namespace elic::cbor
