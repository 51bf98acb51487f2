#pragma once

#include "crypto/sm2_curve.h"

// Multiples of a point, prepared and added up. What is computed here shows in the time it takes: for public values
// only.
namespace elic::sm2 {

/// 1, 3, 5, ... times a point.
template <std::size_t Count>
constexpr std::array<JacobianPoint, Count> odd_multiples(const JacobianPoint& point) noexcept {
    std::array<JacobianPoint, Count> multiples{};
    multiples[0] = point;
    const auto two = doubled(multiples[0]);
    for (std::size_t n = 1; n < Count; ++n) multiples[n] = sum(multiples[n - 1], two);
    return multiples;
}

/// Entry n: the product of the Z of the points before the n-th; the last entry that of all.
template <std::size_t Count>
constexpr std::array<Field, Count + 1> products_of_z(const std::array<JacobianPoint, Count>& points) noexcept {
    std::array<Field, Count + 1> products{};
    products[0] = Field::one();
    for (std::size_t n = 0; n < Count; ++n) products[n + 1] = products[n] * points[n].z;
    return products;
}

/// The points with Z = 1. One inversion does for all: that of the last product, taken apart from the last point down.
template <std::size_t Count>
constexpr std::array<AffinePoint, Count> affine(const std::array<JacobianPoint, Count>& points,
                                                const std::array<Field, Count + 1>& products, Field inverted) noexcept {
    std::array<AffinePoint, Count> out{};
    for (std::size_t n = Count; n-- > 0;) {
        const auto z = inverted * products[n];
        const auto zz = z.squared();
        out[n] = {points[n].x * zz, points[n].y * (z * zz)};
        inverted = inverted * points[n].z;
    }
    return out;
}

template <std::size_t Count>
std::array<AffinePoint, Count> affine(const std::array<JacobianPoint, Count>& points) noexcept {
    const auto products = products_of_z(points);
    return affine(points, products, inverse(products[Count]));
}

/// Digits of a number of `Bits` bits, lowest first: zero, or odd and below 2^(Width - 1) in size, with Width - 1 zeros
/// at least behind each (width-w NAF; the guide's 3.3.1).
template <int Width, std::size_t Bits = 256>
std::array<std::int8_t, Bits + 1> digits_of(Words number) noexcept {
    std::array<std::int8_t, Bits + 1> digits{};
    for (std::size_t n = 0; !is_zero(number); ++n) {
        if ((number[0] & 1) != 0) {
            const int low = static_cast<int>(number[0] & ((1U << Width) - 1));
            const int digit = low < 1 << (Width - 1) ? low : low - (1 << Width);
            const Words size = {static_cast<std::uint64_t>(digit < 0 ? -digit : digit), 0, 0, 0};
            if (digit < 0) {
                add(number, number, size);
            } else {
                subtract(number, number, size);
            }
            digits[n] = static_cast<std::int8_t>(digit);
        }
        for (std::size_t word = 0; word < 4; ++word)
            number[word] = number[word] >> 1 | (word < 3 ? number[word + 1] << 63 : 0);
    }
    return digits;
}

template <class OnePoint>
JacobianPoint sum_with(const JacobianPoint& p, const OnePoint* odd, int digit) noexcept {
    if (digit > 0) return sum(p, odd[digit / 2]);
    return digit < 0 ? sum(p, negative(odd[-digit / 2])) : p;
}

constexpr JacobianPoint with_z(const AffinePoint& point) noexcept { return {point.x, point.y, Field::one()}; }

/// For numbers that are cut into parts of `Bits` bits: the odd multiples, below 2^(Width - 1), of P, 2^Bits P,
/// 2^(2 Bits) P, ... Then `Bits` doublings do instead of 256.
template <std::size_t Bits, int Width>
struct Multiples {
    static constexpr std::size_t bits = Bits, parts = (256 + Bits - 1) / Bits, count = 1 << (Width - 2);

    explicit Multiples(const AffinePoint& point) noexcept {
        auto start = with_z(point);
        for (auto& part : odd) {
            part = affine(odd_multiples<count>(start));
            for (std::size_t n = 0; n < Bits; ++n) start = doubled(start);
        }
    }

    using Digits = std::array<std::array<std::int8_t, Bits + 1>, parts>;
    static Digits digits(const Words& number) noexcept {
        Digits out{};
        for (std::size_t part = 0; part < parts; ++part) {
            const auto at = part * Bits, word = at / 64, shift = at % 64;
            auto value = number[word] >> shift;
            if (shift + Bits > 64 && word < 3) value |= number[word + 1] << (64 - shift);
            out[part] = digits_of<Width, Bits>({value & ((std::uint64_t{1} << Bits) - 1), 0, 0, 0});
        }
        return out;
    }

    std::array<std::array<AffinePoint, count>, parts> odd;
};

/// s G + t P.
template <class OfBase, class OfKey>
JacobianPoint sum_by_parts(const OfBase& base, const Words& s, const OfKey& key, const Words& t) noexcept {
    static_assert(OfBase::bits == OfKey::bits);
    const auto of_base = OfBase::digits(s);
    const auto of_key = OfKey::digits(t);
    JacobianPoint total;
    for (std::size_t n = OfKey::bits + 1; n-- > 0;) {
        total = doubled(total);
        for (std::size_t part = 0; part < OfKey::parts; ++part) {
            total = sum_with(total, key.odd[part].data(), of_key[part][n]);
            total = sum_with(total, base.odd[part].data(), of_base[part][n]);
        }
    }
    return total;
}

}  // namespace elic::sm2
