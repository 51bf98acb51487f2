// Signing by our own arithmetic: against the standard's example and exact arithmetic at the edges, against OpenSSL's
// numbers and OpenSSL's verifier everywhere.
#include "crypto/sm2_signing.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <random>
#include <set>
#include <thread>

#include "base/hex.h"
#include "crypto/fast_signer_impl.h"
#include "crypto/key_impl.h"

using namespace elic;

namespace {

using Number = std::unique_ptr<BIGNUM, decltype([](BIGNUM* number) { BN_free(number); })>;

Number number_of(const Words& words) {
    const auto bytes = to_big_endian(words);
    return Number(BN_bin2bn(bytes.data(), 32, nullptr));
}

Words words_of(const Number& number) {
    std::array<std::uint8_t, 32> bytes{};
    REQUIRE(BN_bn2binpad(number.get(), bytes.data(), 32) == 32);
    return from_big_endian(bytes);
}

Digest number_in(const nlohmann::json& hex) {
    Digest bytes{};
    std::ranges::copy(from_hex(hex.get<std::string>()).value(), bytes.begin());
    return bytes;
}

/// SM2's signing by OpenSSL's numbers and points.
class Exact {
public:
    Sm2Signature sign(const Words& d, const Digest& e, const Words& k) {
        REQUIRE(EC_POINT_mul(group_.get(), point_.get(), number_of(k).get(), nullptr, nullptr, context_.get()) == 1);
        const Number x(BN_new()), r(BN_new()), s(BN_new()), factor(BN_dup(BN_value_one())), inverse(BN_new());
        REQUIRE(EC_POINT_get_affine_coordinates(group_.get(), point_.get(), x.get(), nullptr, context_.get()) == 1);
        const auto* n = EC_GROUP_get0_order(group_.get());
        REQUIRE(BN_mod_add(r.get(), number_of(from_big_endian(e)).get(), x.get(), n, context_.get()) == 1);
        REQUIRE(BN_add(factor.get(), factor.get(), number_of(d).get()) == 1);
        REQUIRE(BN_mod_inverse(inverse.get(), factor.get(), n, context_.get()) != nullptr);
        REQUIRE(BN_mod_mul(s.get(), r.get(), number_of(d).get(), n, context_.get()) == 1);
        REQUIRE(BN_mod_sub(s.get(), number_of(k).get(), s.get(), n, context_.get()) == 1);
        REQUIRE(BN_mod_mul(s.get(), s.get(), inverse.get(), n, context_.get()) == 1);
        Sm2Signature signature{};
        REQUIRE(BN_bn2binpad(r.get(), signature.data(), 32) == 32);
        REQUIRE(BN_bn2binpad(s.get(), signature.data() + 32, 32) == 32);
        return signature;
    }
    template <class Operation>
    Words modulo_n(const Operation& operation, const Words& a, const Words& b) {
        const Number out(BN_new());
        REQUIRE(operation(out.get(), number_of(a).get(), number_of(b).get(), EC_GROUP_get0_order(group_.get()),
                          context_.get()) == 1);
        return words_of(out);
    }

private:
    std::unique_ptr<EC_GROUP, decltype([](EC_GROUP* group) { EC_GROUP_free(group); })> group_{
        EC_GROUP_new_by_curve_name(NID_sm2)};
    std::unique_ptr<EC_POINT, decltype([](EC_POINT* point) { EC_POINT_free(point); })> point_{
        EC_POINT_new(group_.get())};
    std::unique_ptr<BN_CTX, decltype([](BN_CTX* context) { BN_CTX_free(context); })> context_{BN_CTX_new()};
};

Words scalar(std::mt19937_64& random) {
    for (;;) {
        const Words words = {random(), random(), random(), random()};
        if (less(words, sm2::group_order) && !is_zero(words)) return words;
    }
}

Words one_less(Words words) {
    subtract(words, words, {1, 0, 0, 0});
    return words;
}

bool openssl_verifies(const PrivateKey& key, const Digest& e, const Sm2Signature& signature) {
    const openssl::KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.impl().key.get(), nullptr));
    const auto der = signature_to_der(signature);
    return EVP_PKEY_verify_init(context.get()) == 1 &&
           EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1;
}

}  // namespace

TEST_CASE("What is signed is what exact arithmetic says, at the edges too") {
    std::ifstream file(ELIC_SOURCE_DIR "/testdata/vectors/sm2_signing.json");
    const auto vectors = nlohmann::json::parse(file);
    REQUIRE(vectors.size() > 100);
    std::size_t refused = 0, uncomputed = 0;
    for (const auto& vector : vectors) {
        INFO(vector.at("what"));
        const sm2::SecretKey key(number_in(vector.at("d")));
        const auto attempt = key.sign(number_in(vector.at("e")), number_in(vector.at("k")));
        const bool out_of_reach = vector.contains("uncomputed");
        const bool usable = !vector.at("signature").is_null() && !out_of_reach;
        CHECK(attempt.usable == (usable ? 1U : 0U));
        CHECK(to_hex(attempt.signature) ==
              (usable ? vector.at("signature").get<std::string>() : std::string(128, '0')));
        refused += usable || out_of_reach ? 0U : 1U;
        uncomputed += out_of_reach ? 1U : 0U;
    }
    CHECK(refused == 6 + 4);
    CHECK(uncomputed == 2);
}

TEST_CASE("What is signed is what OpenSSL's numbers and points give") {
    Exact exact;
    std::mt19937_64 random(20261127);  // NOLINT: the same numbers in every run
    for (int round = 0; round < 300; ++round) {
        const auto d = scalar(random), k = scalar(random);
        const auto e = to_big_endian({random(), random(), random(), random()});
        const auto attempt = sm2::SecretKey(to_big_endian(d)).sign(e, to_big_endian(k));
        CHECK(attempt.usable == 1);
        CHECK(attempt.signature == exact.sign(d, e, k));
    }
}

TEST_CASE("Numbers modulo n: products, inverses, sums and differences of secrets") {
    using sm2::Scalar;
    Exact exact;
    std::mt19937_64 random(20261128);  // NOLINT
    const auto last = one_less(sm2::group_order);
    std::vector<Words> numbers = {
        {},           {1, 0, 0, 0},
        {2, 0, 0, 0}, {0xFFFFFFFFFFFFFFFF, 0, 0, 0},
        {0, 0, 0, 1}, {0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF, 0x7FFFFFFFFFFFFFFF},
        last,         one_less(last)};
    for (int count = 0; count < 40; ++count) numbers.push_back(scalar(random));
    for (const auto& a : numbers) {
        CHECK(Scalar::of(a).number() == a);
        const auto inverse = Scalar::of(a).inverse();
        CHECK((Scalar::of(a) * inverse).number() == (is_zero(a) ? Words{} : Words{1, 0, 0, 0}));
        for (const auto& b : numbers) {
            CHECK((Scalar::of(a) * Scalar::of(b)).number() == exact.modulo_n(BN_mod_mul, a, b));
            CHECK((Scalar::of(a) + Scalar::of(b)).number() == exact.modulo_n(BN_mod_add, a, b));
            CHECK((Scalar::of(a) - Scalar::of(b)).number() == exact.modulo_n(BN_mod_sub, a, b));
        }
    }
}

TEST_CASE("A fast signer's signatures hold for OpenSSL and for us, and no nonce comes twice") {
    const auto largest = one_less(one_less(sm2::group_order));
    for (const Words& d : {Words{1, 0, 0, 0}, largest, Words{7, 0, 0, 1}}) {
        const auto key = PrivateKey::from_scalar(to_big_endian(d)).value();
        const auto signer = make_fast_signer(key).value();
        CHECK(signer->public_key().point() == key.public_key().point());
        std::set<std::string> seen;
        for (std::uint8_t n = 0; n < 20; ++n) {
            const auto e = key.public_key().message_digest(as_bytes(std::string(n / 2, 'm')));
            const auto signature = signer->sign_digest(e).value();
            CHECK(openssl_verifies(key, e, signature));
            CHECK(key.public_key().verify_digest(e, signature));
            seen.insert(to_hex(signature));
        }
        CHECK(seen.size() == 20);
    }
}

/// The nonce of a signature, for who knows d: k = s (1 + d) + r d.
Words nonce_of(const Words& d, const Sm2Signature& signature) {
    using sm2::Scalar;
    const BytesView bytes(signature);
    const auto key = Scalar::of(d);
    const auto r = Scalar::of(from_big_endian(bytes.first<32>()));
    const auto s = Scalar::of(from_big_endian(bytes.last<32>()));
    return (s + (s + r) * key).number();
}

constexpr Words known_key = {0xF039B4B8F94B2B13, 0x76D6C8E9D8C8D5E1, 0x1234567890ABCDEF, 0x3945208F7B2144B1};

TEST_CASE("Every bit of a fast signer's nonces is drawn") {
    const auto key = PrivateKey::from_scalar(to_big_endian(known_key)).value();
    const auto signer = make_fast_signer(key).value();
    Words ever{}, always = {~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}, ~std::uint64_t{0}};
    for (int n = 0; n < 200; ++n) {
        const auto nonce = nonce_of(known_key, signer->sign_digest(Digest{}).value());
        for (std::size_t word = 0; word < 4; ++word) {
            ever[word] |= nonce[word];
            always[word] &= nonce[word];
        }
    }
    CHECK(is_zero(always));
    for (const auto word : ever) CHECK(word == ~std::uint64_t{0});
}

TEST_CASE("A source of random numbers that repeats itself does not give the key away, one that fails is told") {
    const auto key = PrivateKey::from_scalar(to_big_endian(known_key)).value();
    const auto other_key = PrivateKey::from_scalar(to_big_endian({1, 2, 3, 4})).value();
    const auto stuck = [](std::span<std::uint8_t> out) -> Status {
        std::ranges::fill(out, std::uint8_t{7});
        return {};
    };
    const auto signer = make_fast_signer(key, stuck).value();
    const Digest one = {1}, two = {2};
    const auto first = signer->sign_digest(one).value();
    CHECK(signer->sign_digest(one).value() == first);
    CHECK(nonce_of(known_key, signer->sign_digest(two).value()) != nonce_of(known_key, first));
    CHECK(nonce_of({1, 2, 3, 4}, make_fast_signer(other_key, stuck).value()->sign_digest(one).value()) !=
          nonce_of(known_key, first));
    const auto broken = make_fast_signer(key, [](std::span<std::uint8_t>) -> Status { return fail(Errc::io, "none"); });
    REQUIRE_FALSE(broken);
    CHECK(broken.error() == Error{Errc::signer_failed, "none"});
}

TEST_CASE("A signer is tried out by what OpenSSL verifies") {
    const auto key = PrivateKey::generate().value();
    auto other = PrivateKey::generate().value();
    CHECK(try_out(*make_fast_signer(key).value(), key));
    CHECK(try_out(other, key).error().code == Errc::signer_failed);
}

TEST_CASE("No bit of a number is passed over where zero is asked for") {
    CHECK(not_zero({}) == 0);
    for (std::size_t bit = 0; bit < 256; ++bit) {
        Words words{};
        words[bit / 64] = std::uint64_t{1} << bit % 64;
        CHECK(not_zero(words) == 1);
    }
}

TEST_CASE("Fast signers of one key sign in several threads") {
    const auto key = PrivateKey::generate().value();
    std::vector<std::thread> threads;
    std::atomic<int> hold = 0;
    for (int n = 0; n < 4; ++n) {
        threads.emplace_back([&] {
            const auto signer = make_fast_signer(key).value();
            for (int each = 0; each < 50; ++each) {
                if (sign_message(*signer, as_bytes("a license"))) ++hold;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(hold == 200);
}
