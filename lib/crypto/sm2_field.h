#pragma once

#include <optional>

#include "crypto/words256.h"

namespace elic::sm2 {

/// p = 2^256 - 2^224 - 2^96 + 2^64 - 1 (GB/T 32918.5).
inline constexpr Words field_prime = {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFEFFFFFFFF};
/// n, the order of the curve's points (GB/T 32918.5).
inline constexpr Words group_order = {0x53BBF40939D54123, 0x7203DF6B21C6052B, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFEFFFFFFFF};

/// What a signature's r or s may be: none unless it lies in 1 .. n-1. Big-endian.
constexpr std::optional<Words> scalar_from(std::span<const std::uint8_t, 32> bytes) noexcept {
    const auto number = from_big_endian(bytes);
    if (elic::is_zero(number) || !less(number, group_order)) return {};
    return number;
}

/// A number modulo p, in Montgomery's form (times 2^256).
template <Numbers numbers>
class FieldOf {
    using Field = FieldOf;

public:
    constexpr FieldOf() = default;
    /// None when `number` is not below p. For open numbers, wherever it stands.
    static constexpr std::optional<Field> of(const Words& number) noexcept {
        if (!less(number, field_prime)) return {};
        return Field(number) * Field(square_of_radix);
    }
    static constexpr Field one() noexcept { return Field(radix); }

    /// Montgomery's form as it stands, and a number out of it.
    constexpr const Words& words() const noexcept { return words_; }
    static constexpr Field of_words(const Words& words) noexcept { return Field(words); }
    /// The number itself.
    constexpr Words number() const noexcept { return (*this * Field(Words{1, 0, 0, 0})).words_; }

    constexpr bool is_zero() const noexcept { return elic::is_zero(words_); }
    friend constexpr bool operator==(const FieldOf&, const FieldOf&) noexcept = default;

    friend constexpr Field operator+(const Field& a, const Field& b) noexcept {
        return Field(add_modulo<numbers>(a.words_, b.words_, field_prime));
    }
    friend constexpr Field operator-(const Field& a, const Field& b) noexcept {
        return Field(subtract_modulo<numbers>(a.words_, b.words_, field_prime));
    }
    constexpr Field operator-() const noexcept { return Field() - *this; }

    friend constexpr Field operator*(const Field& a, const Field& b) noexcept {
        Words low{};
        auto top = add_product(low, 0, a.words_, b.words_[0]);
        top = add_product(low, top, a.words_, b.words_[1]);
        top = add_product(low, top, a.words_, b.words_[2]);
        top = add_product(low, top, a.words_, b.words_[3]);
        return Field(reduced<numbers>(low, top, field_prime));
    }

    constexpr Field squared() const noexcept {
        const auto& a = words_;
        // What stands twice in the product: a0 a1, a0 a2, ...
        std::uint64_t carry = 0;
        Words low{}, high{};
        low[1] = multiply_add_word(0, a[0], a[1], carry);
        low[2] = multiply_add_word(0, a[0], a[2], carry);
        low[3] = multiply_add_word(0, a[0], a[3], carry);
        high[0] = carry;
        carry = 0;
        low[3] = multiply_add_word(low[3], a[1], a[2], carry);
        high[0] = multiply_add_word(high[0], a[1], a[3], carry);
        high[1] = carry;
        carry = 0;
        high[1] = multiply_add_word(high[1], a[2], a[3], carry);
        high[2] = carry;
        high[3] = high[2] >> 63;
        high[2] = high[2] << 1 | high[1] >> 63;
        high[1] = high[1] << 1 | high[0] >> 63;
        high[0] = high[0] << 1 | low[3] >> 63;
        low[3] = low[3] << 1 | low[2] >> 63;
        low[2] = low[2] << 1 | low[1] >> 63;
        low[1] = low[1] << 1;
        std::uint64_t upper = 0;
        carry = 0;
        low[0] = multiply_add_word(0, a[0], a[0], upper);
        low[1] = add_word(low[1], upper, carry);
        upper = 0;
        low[2] = add_word(low[2], multiply_add_word(0, a[1], a[1], upper), carry);
        low[3] = add_word(low[3], upper, carry);
        upper = 0;
        high[0] = add_word(high[0], multiply_add_word(0, a[2], a[2], upper), carry);
        high[1] = add_word(high[1], upper, carry);
        upper = 0;
        high[2] = add_word(high[2], multiply_add_word(0, a[3], a[3], upper), carry);
        high[3] = add_word(high[3], upper, carry);
        divided(low, 0);
        divided(low, 0);
        divided(low, 0);
        divided(low, 0);
        const auto top = add(low, low, high);
        return Field(reduced<numbers>(low, top, field_prime));
    }

private:
    /// One step of Montgomery's reduction: low + 2^256 top becomes (low + 2^256 top + m p) / 2^64, m being the word
    /// that makes the division even; what is above `low` then, 0 or 1. As p = -1 modulo 2^64, m is the lowest word, and
    /// what is added to the others is m (p + 1) / 2^64 = m (2^192 - 2^160 - 2^32 + 1).
    static constexpr std::uint64_t divided(Words& low, std::uint64_t top) noexcept {
        const auto m = low[0];
        std::uint64_t borrow = 0, carry = 0;
        const auto q0 = subtract_word(m, m << 32, borrow);
        const auto q1 = subtract_word(0, m >> 32, borrow);
        const auto q2 = subtract_word(0, m << 32, borrow);
        const auto q3 = subtract_word(m, m >> 32, borrow);
        low = {add_word(low[1], q0, carry), add_word(low[2], q1, carry), add_word(low[3], q2, carry),
               add_word(top, q3, carry)};
        return carry;
    }

    /// low + 2^256 top + a b, divided.
    static constexpr std::uint64_t add_product(Words& low, std::uint64_t top, const Words& a,
                                               std::uint64_t b) noexcept {
        std::uint64_t carry = 0;
        low[0] = multiply_add_word(low[0], a[0], b, carry);
        low[1] = multiply_add_word(low[1], a[1], b, carry);
        low[2] = multiply_add_word(low[2], a[2], b, carry);
        low[3] = multiply_add_word(low[3], a[3], b, carry);
        return divided(low, top + carry);
    }

    constexpr explicit FieldOf(const Words& words) noexcept : words_(words) {}

    /// 2^256 and 2^512 modulo p.
    static constexpr Words radix = {0x0000000000000001, 0x00000000FFFFFFFF, 0, 0x0000000100000000};
    static constexpr Words square_of_radix = {0x0000000200000003, 0x00000002FFFFFFFF, 0x0000000100000001,
                                              0x0000000400000002};

    Words words_ = {};
};

using Field = FieldOf<Numbers::open>;

/// a^(p - 2), which is 1 / a; zero of zero. The exponent's bits are 31 ones, a zero, 128 ones, 32 zeros, 62 ones, a
/// zero, a one: powers of a that are runs of ones are put together.
template <Numbers numbers>
constexpr FieldOf<numbers> inverse(const FieldOf<numbers>& a) noexcept {
    const auto shifted = [](FieldOf<numbers> power, int bits) {
        while (bits-- > 0) power = power.squared();
        return power;
    };
    const auto ones2 = shifted(a, 1) * a;
    const auto ones4 = shifted(ones2, 2) * ones2;
    const auto ones8 = shifted(ones4, 4) * ones4;
    const auto ones16 = shifted(ones8, 8) * ones8;
    const auto ones24 = shifted(ones16, 8) * ones8;
    const auto ones30 = shifted(shifted(ones24, 4) * ones4, 2) * ones2;
    const auto ones31 = shifted(ones30, 1) * a;
    const auto ones32 = shifted(ones31, 1) * a;
    auto power = shifted(ones31, 1);
    for (int word = 0; word < 4; ++word) power = shifted(power, 32) * ones32;
    power = shifted(power, 64) * ones32;
    power = shifted(power, 30) * ones30;
    return shifted(power, 2) * a;
}

}  // namespace elic::sm2
