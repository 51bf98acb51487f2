#include "crypto/sm2_verifier.h"

#include <new>

namespace elic::sm2 {

namespace {

/// a^(p - 2), which is 1 / a.
constexpr Field inverse(const Field& a) noexcept {
    Words exponent{};
    subtract(exponent, field_prime, {2, 0, 0, 0});
    auto power = Field::one();
    for (int bit = 255; bit >= 0; --bit) {
        power = power.squared();
        const auto at = static_cast<unsigned>(bit);
        if ((exponent[at / 64] >> at % 64 & 1) != 0) power = power * a;
    }
    return power;
}

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

/// Digits of a number, lowest first: zero, or odd and below 2^(Width - 1) in size, with Width - 1 zeros at least behind
/// each (width-w NAF; the guide's 3.3.1).
template <int Width>
std::array<std::int8_t, 257> digits_of(Words number) noexcept {
    std::array<std::int8_t, 257> digits{};
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

constexpr int base_width = 7, key_width = 5;
constexpr std::size_t base_count = 1 << (base_width - 2), key_count = 1 << (key_width - 2);

// The odd multiples of G, computed by the compiler from G alone; in steps, since compilers limit each.
constexpr auto base_multiples_with_z = odd_multiples<base_count>(with_z(base_point));
constexpr auto base_products = products_of_z(base_multiples_with_z);
constexpr auto inverse_of_base_products = inverse(base_products[base_count]);
constexpr auto base_multiples = affine(base_multiples_with_z, base_products, inverse_of_base_products);

// For a number cut into eight parts of 32 bits: then 32 doublings do instead of 256.
constexpr std::size_t parts = 8, part_bits = 256 / parts;

Words part_of(const Words& number, std::size_t part) noexcept {
    return {number[part / 2] >> part % 2 * part_bits & 0xFFFFFFFF, 0, 0, 0};
}

/// The odd multiples of P, 2^32 P, 2^64 P, ...
template <std::size_t Count>
std::array<std::array<AffinePoint, Count>, parts> multiples_of_parts(const AffinePoint& point) noexcept {
    std::array<std::array<AffinePoint, Count>, parts> tables{};
    auto start = with_z(point);
    for (auto& table : tables) {
        table = affine(odd_multiples<Count>(start));
        for (std::size_t n = 0; n < part_bits; ++n) start = doubled(start);
    }
    return tables;
}

const auto& base_multiples_of_parts() noexcept {
    static const auto tables = multiples_of_parts<base_count>(base_point);
    return tables;
}

constexpr unsigned uses_without_tables = 4;  ///< the tables take as long to make as two signatures to verify

}  // namespace

struct Verifier::Tables {
    std::array<std::array<AffinePoint, key_count>, parts> key;
};

Verifier::Verifier(const AffinePoint& key) noexcept : key_(key) {}
Verifier::~Verifier() = default;

/// Null: not yet, or there was no memory for them.
const Verifier::Tables* Verifier::tables() const noexcept {
    if (used_.load(std::memory_order_relaxed) < uses_without_tables) {
        used_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    std::call_once(made_, [this] { tables_.reset(new (std::nothrow) Tables{multiples_of_parts<key_count>(key_)}); });
    return tables_.get();
}

/// s G + t times the key.
JacobianPoint Verifier::sum_of_multiples(const Words& s, const Words& t) const noexcept {
    JacobianPoint total;
    if (const auto* made = tables()) {
        const auto& base = base_multiples_of_parts();
        std::array<std::array<std::int8_t, 257>, parts> of_base{}, of_key{};
        for (std::size_t part = 0; part < parts; ++part) {
            of_base[part] = digits_of<base_width>(part_of(s, part));
            of_key[part] = digits_of<key_width>(part_of(t, part));
        }
        for (std::size_t n = part_bits + 1; n-- > 0;) {
            total = doubled(total);
            for (std::size_t part = 0; part < parts; ++part) {
                total = sum_with(total, made->key[part].data(), of_key[part][n]);
                total = sum_with(total, base[part].data(), of_base[part][n]);
            }
        }
        return total;
    }
    const auto of_base = digits_of<base_width>(s);
    const auto of_key = digits_of<key_width>(t);
    const auto key_multiples = odd_multiples<key_count>(with_z(key_));
    for (std::size_t n = of_base.size(); n-- > 0;) {
        total = doubled(total);
        total = sum_with(total, key_multiples.data(), of_key[n]);
        total = sum_with(total, base_multiples.data(), of_base[n]);
    }
    return total;
}

bool Verifier::holds(const Digest& e, const Sm2Signature& signature) const noexcept {
    const BytesView bytes(signature);
    const auto r = scalar_from(bytes.first<32>());
    const auto s = scalar_from(bytes.last<32>());
    if (!r || !s) return false;
    const auto t = add_modulo(*r, *s, group_order);
    if (is_zero(t)) return false;
    const auto sum = sum_of_multiples(*s, t);
    if (sum.z.is_zero()) return false;
    // r = e + x modulo n, x being X / Z^2: asked without a division, of both numbers below p that give r.
    auto x = subtract_modulo(*r, reduced(from_big_endian(e), 0, group_order), group_order);
    const auto zz = sum.z.squared();
    if (*Field::of(x) * zz == sum.x) return true;
    if (add(x, x, group_order) != 0) return false;
    const auto other = Field::of(x);
    return other && *other * zz == sum.x;
}

}  // namespace elic::sm2
