// What verifies signatures is our own arithmetic: against exact arithmetic at the edges, against OpenSSL everywhere.
#include <catch2/catch.hpp>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <random>
#include <thread>

#include "crypto/key_impl.h"
#include "elic/crypto/private_key.h"
#include "elic/crypto/sm3.h"
#include "sm2_vectors.h"

using namespace elic;

namespace {

std::string openssl_says(BytesView x_and_y, const Digest& e, const Sm2Signature& signature) {
    std::array<std::uint8_t, 65> encoded = {4};
    std::copy(x_and_y.begin(), x_and_y.end(), encoded.begin() + 1);
    char group[] = "SM2";
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), encoded.size()),
        OSSL_PARAM_construct_end()};
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> maker(
        EVP_PKEY_CTX_new_from_name(nullptr, "SM2", nullptr), EVP_PKEY_CTX_free);
    EVP_PKEY* raw = nullptr;
    REQUIRE(EVP_PKEY_fromdata_init(maker.get()) == 1);
    if (EVP_PKEY_fromdata(maker.get(), &raw, EVP_PKEY_PUBLIC_KEY, parameters) != 1) return "no key";
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(raw, EVP_PKEY_free);
    const std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, raw, nullptr), EVP_PKEY_CTX_free);
    const auto der = signature_to_der(signature);
    REQUIRE(EVP_PKEY_verify_init(context.get()) == 1);
    return EVP_PKEY_verify(context.get(), der.data(), der.size(), e.data(), e.size()) == 1 ? "yes" : "no";
}

std::string we_say(BytesView x_and_y, const Digest& e, const Sm2Signature& signature) {
    const auto key = PublicKey::from_point(x_and_y);
    if (!key) return "no key";
    return key->verify_digest(e, signature) ? "yes" : "no";
}

template <class Numbers>
Numbers random_bytes(std::mt19937_64& random) {
    Numbers numbers{};
    for (auto& byte : numbers) byte = static_cast<std::uint8_t>(random());
    return numbers;
}

}  // namespace

TEST_CASE("At the edges we say what exact arithmetic says, and so does OpenSSL") {
    const auto vectors = test::sm2_vectors();
    REQUIRE(vectors.size() > 200);
    for (const auto& vector : vectors) {
        INFO(vector.what);
        CHECK(we_say(vector.point, vector.e, vector.signature) == vector.says);
        CHECK(openssl_says(vector.point, vector.e, vector.signature) == vector.says);
    }
}

TEST_CASE("A key that verifies often goes on with tables, and says the same") {
    constexpr int rounds = 8;  // the tables come after four
    for (const auto& vector : test::sm2_vectors()) {
        const auto key = PublicKey::from_point(vector.point);
        if (!key) continue;
        INFO(vector.what);
        for (int round = 0; round < rounds; ++round) {
            CHECK(key->verify_digest(vector.e, vector.signature) == (vector.says == "yes"));
        }
        // Not reached by what is refused for its numbers.
        if (vector.says == "yes") CHECK(key->impl().verifier.has_tables());
    }
}

TEST_CASE("A key verifies from several threads at once, its tables being made meanwhile") {
    auto key = PrivateKey::generate().value();
    const Digest e = {1, 2, 3};
    const auto signature = key.sign_digest(e).value();
    auto changed = signature;
    changed[40] ^= 1;
    const auto verifier = key.public_key();
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int n = 0; n < 4; ++n) {
        threads.emplace_back([&] {
            for (int round = 0; round < 20; ++round)
                wrong += verifier.verify_digest(e, signature) && !verifier.verify_digest(e, changed) ? 0 : 1;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("Whatever key, digest and signature: we say what OpenSSL says") {
    std::mt19937_64 random(20261127);  // NOLINT: the same numbers in every run
    int held = 0;
    for (int round = 0; round < 200; ++round) {
        auto key = PrivateKey::generate().value();
        const auto encoded = key.public_key().point();
        const auto point = BytesView(encoded).subspan(1);
        const auto e = random_bytes<Digest>(random);
        const auto signature = key.sign_digest(e).value();
        const auto bit = random() % 512;
        auto changed = signature;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        auto other_e = e;
        other_e[bit / 16] ^= 1;
        Bytes off(point.begin(), point.end());
        off[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CAPTURE(round, bit);
        CHECK(we_say(point, e, signature) == "yes");
        CHECK(openssl_says(point, e, signature) == "yes");
        CHECK(we_say(point, e, changed) == openssl_says(point, e, changed));
        CHECK(we_say(point, other_e, signature) == openssl_says(point, other_e, signature));
        CHECK(we_say(off, e, signature) == openssl_says(off, e, signature));
        const auto unlike = random_bytes<Sm2Signature>(random);
        CHECK(we_say(point, e, unlike) == openssl_says(point, e, unlike));
        if (round % 10 == 0) {
            for (int again = 0; again < 6; ++again) CHECK(key.public_key().verify_digest(e, signature));
            CHECK_FALSE(key.public_key().verify_digest(e, changed));
        }
        held += we_say(point, e, changed) == "yes" || we_say(point, other_e, signature) == "yes" ? 1 : 0;
    }
    CHECK(held == 0);
}
