#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "elic/base/bytes.h"

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

/// The argument of the item at bytes[at], in the shortest form only (RFC 8949 4.2.1); `at` goes behind the head. Null,
/// or what is wrong with it.
const char* read_head(BytesView bytes, std::size_t& at, std::uint64_t& argument) noexcept;

bool is_utf8(std::string_view text) noexcept;

}  // namespace elic::cbor
