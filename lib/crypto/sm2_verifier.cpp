#include "crypto/sm2_verifier.h"

#include <new>

#include "crypto/sm2_multiples.h"

namespace elic::sm2 {

namespace {

constexpr int base_width = 7, key_width = 5;
constexpr std::size_t base_count = 1 << (base_width - 2), key_count = 1 << (key_width - 2);

// The odd multiples of G, computed by the compiler from G alone; in steps, since compilers limit each.
constexpr auto base_multiples_with_z = odd_multiples<base_count>(with_z(base_point));
constexpr auto base_products = products_of_z(base_multiples_with_z);
constexpr auto inverse_of_base_products = inverse(base_products[base_count]);
constexpr auto base_multiples = affine(base_multiples_with_z, base_products, inverse_of_base_products);

constexpr std::size_t part_bits = 32;

const auto& base_multiples_of_parts() noexcept {
    static const Multiples<part_bits, base_width> multiples(base_point);
    return multiples;
}

constexpr unsigned uses_without_tables = 4;  ///< the tables take as long to make as two signatures to verify

}  // namespace

struct Verifier::Tables {
    Multiples<part_bits, key_width> key;
};

Verifier::Verifier(const AffinePoint& key) noexcept : key_(key) {}
Verifier::~Verifier() = default;

/// Null: not yet, or there was no memory for them.
const Verifier::Tables* Verifier::tables() const noexcept {
    if (used_.load(std::memory_order_relaxed) < uses_without_tables) {
        used_.fetch_add(1, std::memory_order_relaxed);
        return nullptr;
    }
    std::call_once(made_, [this] { tables_.reset(new (std::nothrow) Tables{Multiples<part_bits, key_width>(key_)}); });
    return tables_.get();
}

/// s G + t times the key.
JacobianPoint Verifier::sum_of_multiples(const Words& s, const Words& t) const noexcept {
    if (const auto* made = tables()) return sum_by_parts(base_multiples_of_parts(), s, made->key, t);
    JacobianPoint total;
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
