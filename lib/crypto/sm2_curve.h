#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "crypto/sm2_field.h"

// The curve y^2 = x^3 - 3x + b and its base point G (GB/T 32918.5). What is computed here shows in the time it takes:
// for public values only.
namespace elic::sm2 {

/// A point of the curve; never the point at infinity.
struct AffinePoint {
    Field x, y;
};

/// The same as X / Z^2, Y / Z^3; at infinity when Z is zero.
struct JacobianPoint {
    Field x, y, z;
};

constexpr Field number(std::uint64_t w3, std::uint64_t w2, std::uint64_t w1, std::uint64_t w0) {
    return *Field::of(Words{w0, w1, w2, w3});
}

inline constexpr Field curve_b = number(0x28E9FA9E9D9F5E34, 0x4D5A9E4BCF6509A7, 0xF39789F515AB8F92, 0xDDBCBD414D940E93);
inline constexpr AffinePoint base_point = {
    number(0x32C4AE2C1F198119, 0x5F9904466A39C994, 0x8FE30BBFF2660BE1, 0x715A4589334C74C7),
    number(0xBC3736A2F4F6779C, 0x59BDCEE36B692153, 0xD0A9877CC62A4740, 0x02DF32E52139F0A0)};

constexpr Field twice(const Field& a) noexcept { return a + a; }

/// x || y, big-endian. None: not below p, or not on the curve.
inline std::optional<AffinePoint> point_from(std::span<const std::uint8_t, 64> x_and_y) noexcept {
    const auto x = Field::of(from_big_endian(x_and_y.first<32>()));
    const auto y = Field::of(from_big_endian(x_and_y.last<32>()));
    if (!x || !y || !(*y * *y == *x * *x * *x - twice(*x) - *x + curve_b)) return {};
    return AffinePoint{*x, *y};
}

/// Hankerson, Menezes, Vanstone: Guide to Elliptic Curve Cryptography, 3.2.2, for a = -3. Infinity stays itself.
constexpr JacobianPoint doubled(const JacobianPoint& p) noexcept {
    const auto zz = p.z.squared();
    const auto yy = p.y.squared();
    const auto xyy4 = twice(twice(p.x * yy));
    const auto difference = (p.x - zz) * (p.x + zz);
    const auto slope = difference + twice(difference);
    JacobianPoint out;
    out.x = slope.squared() - twice(xyy4);
    out.y = slope * (xyy4 - out.x) - twice(twice(twice(yy.squared())));
    out.z = twice(p.y * p.z);
    return out;
}

/// p + q, p being (x, y) scaled to the denominators of both (and not at infinity), q likewise (u, v); z is the product
/// of their Z.
constexpr JacobianPoint added(const JacobianPoint& p, const Field& x, const Field& y, const Field& u, const Field& v,
                              const Field& z) noexcept {
    const auto h = u - x;
    const auto r = v - y;
    if (h.is_zero()) return r.is_zero() ? doubled(p) : JacobianPoint{};
    const auto hh = h.squared();
    const auto hhh = h * hh;
    const auto xhh = x * hh;
    JacobianPoint out;
    out.x = r.squared() - hhh - twice(xhh);
    out.y = r * (xhh - out.x) - y * hhh;
    out.z = z * h;
    return out;
}

constexpr JacobianPoint sum(const JacobianPoint& p, const AffinePoint& q) noexcept {
    if (p.z.is_zero()) return {q.x, q.y, Field::one()};
    const auto zz = p.z.squared();
    return added(p, p.x, p.y, q.x * zz, q.y * (p.z * zz), p.z);
}

constexpr JacobianPoint sum(const JacobianPoint& p, const JacobianPoint& q) noexcept {
    if (p.z.is_zero()) return q;
    if (q.z.is_zero()) return p;
    const auto pp = p.z.squared();
    const auto qq = q.z.squared();
    return added(p, p.x * qq, p.y * (q.z * qq), q.x * pp, q.y * (p.z * pp), p.z * q.z);
}

constexpr AffinePoint negative(const AffinePoint& p) noexcept { return {p.x, -p.y}; }
constexpr JacobianPoint negative(const JacobianPoint& p) noexcept { return {p.x, -p.y, p.z}; }

}  // namespace elic::sm2
