// Arithmetic modulo p against OpenSSL's numbers.
#include "crypto/sm2_field.h"

#include <catch2/catch.hpp>
#include <memory>
#include <openssl/bn.h>
#include <random>
#include <vector>

using namespace elic;
using sm2::Field;

namespace {

using Number = std::unique_ptr<BIGNUM, decltype([](BIGNUM* number) { BN_free(number); })>;

/// OpenSSL's arithmetic modulo p.
class Exact {
public:
    Number number(const Words& words) const {
        const auto bytes = to_big_endian(words);
        return Number(BN_bin2bn(bytes.data(), 32, nullptr));
    }
    Words words(const Number& number) const {
        std::array<std::uint8_t, 32> bytes{};
        REQUIRE(BN_bn2binpad(number.get(), bytes.data(), 32) == 32);
        return from_big_endian(bytes);
    }
    template <class Operation>
    Words with(const Operation& operation, const Words& a, const Words& b) const {
        Number out(BN_new());
        REQUIRE(operation(out.get(), number(a).get(), number(b).get(), prime_.get(), context_.get()) == 1);
        return words(out);
    }
    Words product(const Words& a, const Words& b) const { return with(BN_mod_mul, a, b); }
    Words sum(const Words& a, const Words& b) const { return with(BN_mod_add, a, b); }
    Words difference(const Words& a, const Words& b) const { return with(BN_mod_sub, a, b); }
    Words inverse(const Words& a) const {
        Number out(BN_new());
        REQUIRE(BN_mod_inverse(out.get(), number(a).get(), prime_.get(), context_.get()) != nullptr);
        return words(out);
    }

private:
    std::unique_ptr<BN_CTX, decltype([](BN_CTX* context) { BN_CTX_free(context); })> context_{BN_CTX_new()};
    Number prime_ = number(sm2::field_prime);
};

Words below_prime(std::mt19937_64& random) {
    for (;;) {
        const Words words = {random(), random(), random(), random()};
        if (less(words, sm2::field_prime)) return words;
    }
}

template <class Field>
void check_field(const Exact& exact, const Words& a, const Words& b) {
    const auto x = *Field::of(a);
    const auto y = *Field::of(b);
    CHECK(x.number() == a);
    CHECK(x * y == *Field::of(exact.product(a, b)));
    CHECK(x.squared() == *Field::of(exact.product(a, a)));
    CHECK(x + y == *Field::of(exact.sum(a, b)));
    CHECK(x - y == *Field::of(exact.difference(a, b)));
    CHECK(-x == *Field::of(exact.difference({}, a)));
}

void check(const Exact& exact, const Words& a, const Words& b) {
    CAPTURE(a, b);
    check_field<Field>(exact, a, b);
    check_field<sm2::FieldOf<Numbers::secret>>(exact, a, b);
}

// What the compiler computes goes by the lines that machines other than x86-64 run.
constexpr Words last = {0xFFFFFFFFFFFFFFFE, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFEFFFFFFFF};  // p - 1
constexpr Words factor = {0x3ADE68B1, 0, 0xC000000000000000, 0x048D159E242AF37B};
constexpr Words other_factor = {0x333E5527B1AE33AA, 0x4FF4CC8AD67A7469, 0x332836189CF29B60, 0x989A82BC1E48DB12};
constexpr Words root = {0xFFFFFFFE00000000, 0xFFFFFFFE00000001, 0xFFFFFFFF00000000, 0xFFFFFFFE00000001};
static_assert((*Field::of({1, 0, 0, 0}) + *Field::of(last)).is_zero());
static_assert(*Field::of(last) * *Field::of(last) == Field::one());
static_assert(Field::of(last)->squared() == Field::one());
static_assert(*Field::of({}) - Field::one() == *Field::of(last));
static_assert(*Field::of(factor) * *Field::of(other_factor) == Field::of(root)->squared());
static_assert(!Field::of(sm2::field_prime));

}  // namespace

TEST_CASE("The field computes as OpenSSL does, at its edges and at random") {
    const Exact exact;
    std::vector<Words> edges = {{},
                                {1, 0, 0, 0},
                                {2, 0, 0, 0},
                                {0xFFFFFFFF, 0, 0, 0},
                                {0x100000000, 0, 0, 0},
                                {0xFFFFFFFFFFFFFFFF, 0, 0, 0},
                                {0, 1, 0, 0},
                                {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0, 0},
                                {0, 0, 1, 0},
                                {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0},
                                {0, 0, 0, 1},
                                {0, 0, 0, 0x100000000},
                                {0, 0, 0, 0x8000000000000000},
                                {1, 0xFFFFFFFF, 0, 0x100000000},  // 2^256 modulo p
                                {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFEFFFFFFFE},
                                {0, 0xFFFFFFFF00000000, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFEFFFFFFFF},
                                factor,
                                other_factor,
                                root,
                                last};
    for (const auto& edge : edges) {
        for (const auto& other : edges) check(exact, edge, other);
    }
    std::mt19937_64 random(20261127);  // NOLINT: the same numbers in every run
    for (int round = 0; round < 2000; ++round) check(exact, below_prime(random), below_prime(random));
}

TEST_CASE("A quotient of the field is OpenSSL's") {
    const Exact exact;
    std::mt19937_64 random(20261129);  // NOLINT
    for (int round = 0; round < 50; ++round) {
        const auto a = below_prime(random);
        CHECK(inverse(*Field::of(a)) == *Field::of(exact.inverse(a)));
        CHECK(inverse(*sm2::FieldOf<Numbers::secret>::of(a)).number() == exact.inverse(a));
    }
    CHECK(inverse(Field()).is_zero());
    CHECK(inverse(Field::one()) == Field::one());
    CHECK(inverse(-Field::one()) == -Field::one());
}

TEST_CASE("What lies just above p after a multiplication is reduced") {
    // In Montgomery's form a product is small, or that plus p, when it is a small number over 2^256.
    const Exact exact;
    const auto over_radix = exact.inverse({1, 0xFFFFFFFF, 0, 0x100000000});
    std::mt19937_64 random(20261128);  // NOLINT
    for (std::uint64_t small = 0; small < 500; ++small) {
        const auto a = below_prime(random);
        const Words target = {small % 2 == 0 ? small : random(), 0, 0, small % 3 == 0 ? random() >> 32 : 0};
        check(exact, a, exact.product(exact.product(target, over_radix), exact.inverse(a)));
    }
}

TEST_CASE("Numbers modulo n: sums and differences") {
    const auto one_less = [](Words words) {
        subtract(words, words, {1, 0, 0, 0});
        return words;
    };
    const auto last_scalar = one_less(sm2::group_order);
    CHECK(is_zero(add_modulo(last_scalar, {1, 0, 0, 0}, sm2::group_order)));
    CHECK(add_modulo(last_scalar, last_scalar, sm2::group_order) == one_less(last_scalar));
    CHECK(subtract_modulo({}, {1, 0, 0, 0}, sm2::group_order) == last_scalar);
    CHECK(is_zero(subtract_modulo(last_scalar, last_scalar, sm2::group_order)));
    CHECK(is_zero(reduced(sm2::group_order, 0, sm2::group_order)));
    CHECK(is_zero(add_modulo<Numbers::secret>(last_scalar, {1, 0, 0, 0}, sm2::group_order)));
    CHECK(add_modulo<Numbers::secret>(last_scalar, last_scalar, sm2::group_order) == one_less(last_scalar));
    CHECK(subtract_modulo<Numbers::secret>({}, {1, 0, 0, 0}, sm2::group_order) == last_scalar);
    CHECK(is_zero(subtract_modulo<Numbers::secret>(last_scalar, last_scalar, sm2::group_order)));
    CHECK(is_zero(reduced<Numbers::secret>(sm2::group_order, 0, sm2::group_order)));
    CHECK(reduced<Numbers::secret>(last_scalar, 0, sm2::group_order) == last_scalar);
}
