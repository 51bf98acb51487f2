#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#if defined(__x86_64__) && !defined(ELIC_PORTABLE_WORDS)
#include <immintrin.h>
#define ELIC_CARRIES_OF_X86_64
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
#ifdef ELIC_CARRIES_OF_X86_64
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
#ifdef ELIC_CARRIES_OF_X86_64
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

/// Whether numbers may show in the time that computing with them takes: those of a signature may, those of who signs
/// may not. With secret ones nothing branches on them and no address depends on them.
enum class Numbers { open, secret };

/// All bits as `bit`, which is 0 or 1. Of secrets the compiler does not know that there are but two values, and makes
/// no branch of them.
template <Numbers numbers = Numbers::open>
constexpr std::uint64_t mask_of(std::uint64_t bit) noexcept {
    std::uint64_t mask = 0 - bit;
    if constexpr (numbers == Numbers::secret) {
        if (!std::is_constant_evaluated()) asm("" : "+r"(mask));  // NOLINT
    }
    return mask;
}

/// 1 when the number is not zero, 0 when it is; without a branch.
constexpr std::uint64_t not_zero(const Words& number) noexcept {
    const auto any = number[0] | number[1] | number[2] | number[3];
    return (any | (0 - any)) >> 63;
}

/// `a` where the mask is set, `b` where it is not.
constexpr Words chosen(std::uint64_t mask, const Words& a, const Words& b) noexcept {
    return {b[0] ^ (mask & (a[0] ^ b[0])), b[1] ^ (mask & (a[1] ^ b[1])), b[2] ^ (mask & (a[2] ^ b[2])),
            b[3] ^ (mask & (a[3] ^ b[3]))};
}

/// `a`, or zero when the bit is 0.
template <Numbers numbers = Numbers::open>
constexpr Words if_set(const Words& a, std::uint64_t bit) noexcept {
    const auto mask = mask_of<numbers>(bit);
    return {a[0] & mask, a[1] & mask, a[2] & mask, a[3] & mask};
}

/// a + 2^256 carry, which lies below twice the modulus, reduced.
template <Numbers numbers = Numbers::open>
constexpr Words reduced(Words a, std::uint64_t carry, const Words& modulus) noexcept {
    if constexpr (numbers == Numbers::secret) {
        Words less_modulus{};
        const auto borrow = subtract(less_modulus, a, modulus);
        return chosen(mask_of<numbers>(carry | (borrow ^ 1)), less_modulus, a);
    }
    // The modulus lies so near below 2^256 that the last step is hardly ever taken.
    subtract(a, a, if_set(modulus, carry));
    if (a[3] >= modulus[3] && !less(a, modulus)) subtract(a, a, modulus);
    return a;
}

/// a + b and a - b modulo `modulus`; both lie below it.
template <Numbers numbers = Numbers::open>
constexpr Words add_modulo(const Words& a, const Words& b, const Words& modulus) noexcept {
    Words sum{};
    const auto carry = add(sum, a, b);
    return reduced<numbers>(sum, carry, modulus);
}
template <Numbers numbers = Numbers::open>
constexpr Words subtract_modulo(const Words& a, const Words& b, const Words& modulus) noexcept {
    Words difference{};
    const auto borrow = subtract(difference, a, b);
    add(difference, difference, if_set<numbers>(modulus, borrow));
    return difference;
}

constexpr Words from_big_endian(std::span<const std::uint8_t, 32> bytes) noexcept {
    Words words{};
    for (std::size_t n = 0; n < 32; ++n) words[3 - n / 8] = words[3 - n / 8] << 8 | bytes[n];
    return words;
}

constexpr std::array<std::uint8_t, 32> to_big_endian(const Words& words) noexcept {
    std::array<std::uint8_t, 32> bytes{};
    for (std::size_t n = 0; n < 32; ++n) bytes[31 - n] = static_cast<std::uint8_t>(words[n / 8] >> n % 8 * 8);
    return bytes;
}

}  // namespace elic
