#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#ifndef __SIZEOF_INT128__
#error "a 64-bit machine is needed"
#endif

namespace elic {

__extension__ using DoubleWord = unsigned __int128;

/// 256 bits, lowest word first.
using Words = std::array<std::uint64_t, 4>;

/// a + b + carry; the carry is set to what does not fit, 0 or 1.
constexpr std::uint64_t add_word(std::uint64_t a, std::uint64_t b, std::uint64_t& carry) noexcept {
#ifdef __x86_64__
    if (!std::is_constant_evaluated()) {  // what g++ 12 makes of the lines below takes half as long again
        unsigned long long sum = 0;
        carry = _addcarry_u64(static_cast<unsigned char>(carry), a, b, &sum);
        return sum;
    }
#endif
    const DoubleWord sum = DoubleWord{a} + b + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
}

/// a - b - borrow; the borrow is set to 1 when that lies below zero, to 0 otherwise.
constexpr std::uint64_t subtract_word(std::uint64_t a, std::uint64_t b, std::uint64_t& borrow) noexcept {
#ifdef __x86_64__
    if (!std::is_constant_evaluated()) {
        unsigned long long difference = 0;
        borrow = _subborrow_u64(static_cast<unsigned char>(borrow), a, b, &difference);
        return difference;
    }
#endif
    const DoubleWord difference = DoubleWord{a} - b - borrow;
    borrow = static_cast<std::uint64_t>(difference >> 64) & 1;
    return static_cast<std::uint64_t>(difference);
}

/// a + b * c + carry, which always fits into two words; the carry is set to the upper one.
constexpr std::uint64_t multiply_add_word(std::uint64_t a, std::uint64_t b, std::uint64_t c,
                                          std::uint64_t& carry) noexcept {
    const DoubleWord sum = DoubleWord{b} * c + a + carry;
    carry = static_cast<std::uint64_t>(sum >> 64);
    return static_cast<std::uint64_t>(sum);
}

/// out = a + b; the carry, 0 or 1.
constexpr std::uint64_t add(Words& out, const Words& a, const Words& b) noexcept {
    std::uint64_t carry = 0;
    out = {add_word(a[0], b[0], carry), add_word(a[1], b[1], carry), add_word(a[2], b[2], carry),
           add_word(a[3], b[3], carry)};
    return carry;
}

/// out = a - b; the borrow, 0 or 1.
constexpr std::uint64_t subtract(Words& out, const Words& a, const Words& b) noexcept {
    std::uint64_t borrow = 0;
    out = {subtract_word(a[0], b[0], borrow), subtract_word(a[1], b[1], borrow), subtract_word(a[2], b[2], borrow),
           subtract_word(a[3], b[3], borrow)};
    return borrow;
}

constexpr bool is_zero(const Words& a) noexcept { return (a[0] | a[1] | a[2] | a[3]) == 0; }

constexpr bool less(const Words& a, const Words& b) noexcept {
    Words ignored{};
    return subtract(ignored, a, b) == 1;
}

/// `a`, or zero when the bit is 0.
constexpr Words if_set(const Words& a, std::uint64_t bit) noexcept {
    const std::uint64_t mask = 0 - bit;
    return {a[0] & mask, a[1] & mask, a[2] & mask, a[3] & mask};
}

/// a + 2^256 carry, which lies below twice the modulus, reduced. The modulus lies so near below 2^256 that the last
/// step is hardly ever taken.
constexpr Words reduced(Words a, std::uint64_t carry, const Words& modulus) noexcept {
    subtract(a, a, if_set(modulus, carry));
    if (a[3] >= modulus[3] && !less(a, modulus)) subtract(a, a, modulus);
    return a;
}

/// a + b and a - b modulo `modulus`; both lie below it.
constexpr Words add_modulo(const Words& a, const Words& b, const Words& modulus) noexcept {
    Words sum{};
    const auto carry = add(sum, a, b);
    return reduced(sum, carry, modulus);
}
constexpr Words subtract_modulo(const Words& a, const Words& b, const Words& modulus) noexcept {
    Words difference{};
    const auto borrow = subtract(difference, a, b);
    add(difference, difference, if_set(modulus, borrow));
    return difference;
}

constexpr Words from_big_endian(std::span<const std::uint8_t, 32> bytes) noexcept {
    Words words{};
    for (std::size_t n = 0; n < 32; ++n) words[3 - n / 8] = words[3 - n / 8] << 8 | bytes[n];
    return words;
}

}  // namespace elic
