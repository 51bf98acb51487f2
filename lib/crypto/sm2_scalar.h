#pragma once

#include "crypto/sm2_field.h"

namespace elic::sm2 {

/// 2^512 modulo n.
inline constexpr Words square_of_radix_of_order = [] {
    Words power = {1, 0, 0, 0};
    for (int bit = 0; bit < 512; ++bit) power = add_modulo(power, power, group_order);
    return power;
}();

/// A number modulo n, in Montgomery's form (times 2^256). For secrets: constant in time.
class Scalar {
public:
    constexpr Scalar() = default;
    /// Of any number.
    static constexpr Scalar of(const Words& number) noexcept {
        return Scalar(product(number, square_of_radix_of_order));
    }
    constexpr Words number() const noexcept { return product(words_, {1, 0, 0, 0}); }
    /// Montgomery's form as it stands: zero of zero, and of nothing else.
    constexpr const Words& words() const noexcept { return words_; }

    friend constexpr Scalar operator+(const Scalar& a, const Scalar& b) noexcept {
        return Scalar(add_modulo<Numbers::secret>(a.words_, b.words_, group_order));
    }
    friend constexpr Scalar operator-(const Scalar& a, const Scalar& b) noexcept {
        return Scalar(subtract_modulo<Numbers::secret>(a.words_, b.words_, group_order));
    }
    friend constexpr Scalar operator*(const Scalar& a, const Scalar& b) noexcept {
        return Scalar(product(a.words_, b.words_));
    }

    /// a^(n - 2), which is 1 / a; zero of zero. Which bits the exponent has is no secret.
    constexpr Scalar inverse() const noexcept {
        Words exponent{};
        subtract(exponent, group_order, {2, 0, 0, 0});
        auto power = of({1, 0, 0, 0});
        for (std::size_t bit = 256; bit-- > 0;) {
            power = power * power;
            if ((exponent[bit / 64] >> bit % 64 & 1) != 0) power = power * *this;
        }
        return power;
    }

private:
    constexpr explicit Scalar(const Words& words) noexcept : words_(words) {}

    /// -1 / n modulo 2^64: each step of Newton's doubles the bits that are right.
    static constexpr std::uint64_t minus_inverse() noexcept {
        std::uint64_t inverse = group_order[0];  // right in three bits, as of every odd number
        for (int step = 0; step < 5; ++step) inverse *= 2 - group_order[0] * inverse;
        return 0 - inverse;
    }

    /// a b / 2^256 modulo n.
    static constexpr Words product(const Words& a, const Words& b) noexcept {
        constexpr auto factor = minus_inverse();
        Words low{};
        std::uint64_t top = 0;
        for (const auto word : b) {
            std::uint64_t carry = 0, over = 0, above = 0;
            for (std::size_t n = 0; n < 4; ++n) low[n] = multiply_add_word(low[n], a[n], word, carry);
            const auto upper = add_word(top, carry, over);
            const auto m = low[0] * factor;
            carry = 0;
            multiply_add_word(low[0], m, group_order[0], carry);
            for (std::size_t n = 1; n < 4; ++n) low[n - 1] = multiply_add_word(low[n], m, group_order[n], carry);
            low[3] = add_word(upper, carry, above);
            top = over + above;
        }
        return reduced<Numbers::secret>(low, top, group_order);
    }

    Words words_ = {};
};

}  // namespace elic::sm2
