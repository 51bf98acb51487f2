#include "crypto/sm2_signing.h"

#include <algorithm>

#include "base/secret.h"
#include "crypto/sm2_multiples.h"

namespace elic::sm2 {

namespace {

using SecretField = FieldOf<Numbers::secret>;

constexpr std::size_t window = 6, points = 1 << (window - 1);
using WindowPoints = Multiples<window, window + 1>;  ///< 1, 3 ... 63 times 2^(6 i) G
constexpr std::size_t windows = WindowPoints::parts;
static_assert(WindowPoints::count == points && windows * window == 258);

const WindowPoints& window_points() noexcept {
    static const WindowPoints multiples(base_point);
    return multiples;
}

/// X / ZZ, Y / ZZZ, where ZZ^3 = ZZZ^2.
struct SecretPoint {
    SecretField x, y, zz, zzz;
};

struct SecretAffine {
    Words x, y;
};

/// What is computed with on the way to a signature; zeroed with it.
struct Working {
    Words nonce, other, odd;
    std::array<std::uint64_t, 5> half;
    SecretAffine read;
    SecretPoint sum;
    Words x;
    Scalar k, r, s, sum_of_both;

    Working() = default;
    Working(const Working&) = delete;
    Working& operator=(const Working&) = delete;
    ~Working() { wipe(this, sizeof(*this)); }
};

/// Of the points of one window the one for `digit`, 0 .. 63, which stands for 2 digit - 63 times: all are read.
void read_digit(SecretAffine& out, const std::array<AffinePoint, points>& from, std::uint64_t digit) noexcept {
    const auto negative = mask_of<Numbers::secret>((digit >> (window - 1)) ^ 1);
    const auto index = (digit ^ negative) & (points - 1);
    out = {};
    for (std::size_t n = 0; n < points; ++n) {
        const auto mask = mask_of<Numbers::secret>(((n ^ index) - 1) >> 63);
        const auto& x = from[n].x.words();
        const auto& y = from[n].y.words();
        for (std::size_t word = 0; word < 4; ++word) {
            out.x[word] |= x[word] & mask;
            out.y[word] |= y[word] & mask;
        }
    }
    out.y = chosen(negative, (-SecretField::of_words(out.y)).words(), out.y);
}

/// sum + point, neither of which is at infinity; they are not the same. Bernstein and Lange: Explicit-Formulas
/// Database, madd-2008-s.
void accumulate(SecretPoint& sum, const SecretAffine& point) noexcept {
    const auto p = SecretField::of_words(point.x) * sum.zz - sum.x;
    const auto r = SecretField::of_words(point.y) * sum.zzz - sum.y;
    const auto pp = p.squared();
    const auto ppp = p * pp;
    const auto q = sum.x * pp;
    const auto x = r.squared() - ppp - (q + q);
    sum.y = r * (q - x) - sum.y * ppp;
    sum.x = x;
    sum.zz = sum.zz * pp;
    sum.zzz = sum.zzz * ppp;
}

/// The multiple of G for an odd number k below n: k is the sum of 43 digits 2 b - 63 times 2^(6 i), the b being what
/// stands in 6 bits each of k / 2 + 2^257.
///
/// What is added last is the only one that could equal the sum before it: the sums are odd, and smaller than what is
/// added to them. It does for k = 15 * 2^253 - n, and then ZZ is zero.
void multiply_base(Working& with) noexcept {
    const auto& multiples = window_points();
    auto& half = with.half;
    for (std::size_t word = 0; word < 4; ++word)
        half[word] = with.odd[word] >> 1 | (word < 3 ? with.odd[word + 1] << 63 : 0);
    half[4] = 2;
    for (std::size_t n = 0; n < windows; ++n) {
        const auto word = n * window / 64, shift = n * window % 64;
        auto digit = half[word] >> shift;
        if (shift + window > 64) digit |= half[word + 1] << (64 - shift);
        read_digit(with.read, multiples.odd[n], digit & ((1 << window) - 1));
        if (n == 0) {
            with.sum = {SecretField::of_words(with.read.x), SecretField::of_words(with.read.y), SecretField::one(),
                        SecretField::one()};
        } else {
            accumulate(with.sum, with.read);
        }
    }
}

}  // namespace

SecretKey::SecretKey(std::span<const std::uint8_t, 32> d) noexcept {
    take(d);
    wipe_stack();
}

SecretKey::~SecretKey() { wipe(&factor_, sizeof(factor_)); }

void SecretKey::take(std::span<const std::uint8_t, 32> d) noexcept {
    factor_ = (Scalar::of(from_big_endian(d)) + Scalar::of({1, 0, 0, 0})).inverse();
}

Attempt SecretKey::sign(const Digest& e, std::span<const std::uint8_t, 32> nonce) const noexcept {
    const auto attempt = compute(e, nonce);
    wipe_stack();
    return attempt;
}

Attempt SecretKey::compute(const Digest& e, std::span<const std::uint8_t, 32> nonce) const noexcept {
    Working with;
    with.nonce = from_big_endian(nonce);
    // Below n it is when n is not taken from it without a borrow. -k G has the x of k G, and of k and n - k one is odd.
    const auto below = subtract(with.other, with.nonce, group_order);
    subtract(with.other, group_order, with.nonce);
    with.odd = chosen(mask_of<Numbers::secret>(with.nonce[0] & 1), with.nonce, with.other);
    multiply_base(with);
    with.x = (with.sum.x * inverse(with.sum.zz)).number();
    with.k = Scalar::of(with.nonce);
    with.r = Scalar::of(from_big_endian(e)) + Scalar::of(with.x);
    // s = (1 + d)^-1 (k - r d) = (1 + d)^-1 (k + r) - r.
    with.sum_of_both = with.k + with.r;
    with.s = factor_ * with.sum_of_both - with.r;
    const auto r = with.r.number(), s = with.s.number();
    Attempt out{.signature = {},
                .usable = below & not_zero(with.nonce) & not_zero(with.sum.zz.words()) & not_zero(r) &
                          not_zero(with.sum_of_both.words()) & not_zero(s)};
    const auto r_bytes = to_big_endian(if_set<Numbers::secret>(r, out.usable));
    const auto s_bytes = to_big_endian(if_set<Numbers::secret>(s, out.usable));
    std::copy(s_bytes.begin(), s_bytes.end(), std::copy(r_bytes.begin(), r_bytes.end(), out.signature.begin()));
    return out;
}

}  // namespace elic::sm2
