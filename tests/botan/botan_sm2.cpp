// A second implementation of SM2 and SM3, Botan 2, against ours: what one signs the other verifies.
#include <botan/auto_rng.h>
#include <botan/hash.h>
#include <botan/pubkey.h>
#include <botan/sm2.h>
#include <catch2/catch.hpp>

#include "elic/crypto/fast_signer.h"
#include "elic/crypto/sm3.h"
#include "sm2_vectors.h"

using namespace elic;

namespace {

constexpr const char* parameters = "1234567812345678,SM3";

Botan::SM2_PublicKey to_botan(const PublicKey& key) {
    const Botan::EC_Group group("sm2p256v1");
    const auto point = key.point();
    return {group, group.OS2ECP(point.data(), point.size())};
}

}  // namespace

TEST_CASE("Botan verifies what we sign, by OpenSSL's arithmetic and by our own") {
    for (int i = 0; i < 20; ++i) {
        auto key = PrivateKey::generate().value();
        const auto fast = make_fast_signer(key).value();
        const std::string message(static_cast<std::size_t>(i) * 37, 'm');
        const auto botan_key = to_botan(key.public_key());
        Botan::PK_Verifier verifier(botan_key, parameters);
        for (Signer* signer : {static_cast<Signer*>(&key), fast.get()}) {
            const auto signature = sign_message(*signer, as_bytes(message)).value();
            CHECK(verifier.verify_message(reinterpret_cast<const std::uint8_t*>(message.data()), message.size(),
                                          signature.data(), signature.size()));
        }
    }
}

TEST_CASE("We verify what Botan signs") {
    Botan::AutoSeeded_RNG random;
    for (int i = 0; i < 20; ++i) {
        const Botan::SM2_PrivateKey botan_key(random, Botan::EC_Group("sm2p256v1"));
        Botan::PK_Signer signer(botan_key, random, parameters);
        const std::string message(static_cast<std::size_t>(i) * 41, 'b');
        const auto made =
            signer.sign_message(reinterpret_cast<const std::uint8_t*>(message.data()), message.size(), random);
        REQUIRE(made.size() == 64);
        Sm2Signature signature{};
        std::copy(made.begin(), made.end(), signature.begin());
        const auto encoded = botan_key.public_point().encode(Botan::PointGFp::UNCOMPRESSED);
        const auto key = PublicKey::from_point(Bytes(encoded.begin(), encoded.end())).value();
        CHECK(key.verify(as_bytes(message), signature));
        signature[0] ^= 1;
        CHECK_FALSE(key.verify(as_bytes(message), signature));
    }
}

TEST_CASE("At the edges Botan says what exact arithmetic says") {
    const Botan::EC_Group group("sm2p256v1");
    for (const auto& vector : test::sm2_vectors()) {
        if (vector.says == "no key") continue;  // Botan takes numbers above p
        INFO(vector.what);
        const Botan::SM2_PublicKey key(
            group, group.point(Botan::BigInt(vector.point.data(), 32), Botan::BigInt(vector.point.data() + 32, 32)));
        Botan::PK_Verifier verifier(key, "1234567812345678,Raw");  // e is given as it is
        const bool holds =
            verifier.verify_message(vector.e.data(), vector.e.size(), vector.signature.data(), vector.signature.size());
        CHECK((holds ? "yes" : "no") == vector.says);
    }
}

TEST_CASE("Botan gives the same SM3 digests") {
    auto hash = Botan::HashFunction::create_or_throw("SM3");
    for (std::size_t size = 0; size < 300; size += 7) {
        const Bytes message(size, static_cast<std::uint8_t>(size));
        const auto digest = hash->process(message.data(), message.size());
        const auto ours = sm3(message);
        CHECK(std::equal(ours.begin(), ours.end(), digest.begin(), digest.end()));
    }
}

TEST_CASE("A signature that Botan makes with an empty user id is refused") {
    Botan::AutoSeeded_RNG random;
    const Botan::SM2_PrivateKey botan_key(random, Botan::EC_Group("sm2p256v1"));
    Botan::PK_Signer signer(botan_key, random, ",SM3");
    const std::string message = "a license";
    const auto made =
        signer.sign_message(reinterpret_cast<const std::uint8_t*>(message.data()), message.size(), random);
    REQUIRE(made.size() == 64);
    Sm2Signature signature{};
    std::copy(made.begin(), made.end(), signature.begin());
    const auto encoded = botan_key.public_point().encode(Botan::PointGFp::UNCOMPRESSED);
    const auto key = PublicKey::from_point(Bytes(encoded.begin(), encoded.end())).value();
    CHECK_FALSE(key.verify(as_bytes(message), signature));
    CHECK(key.verify(as_bytes(message), signature, ""));
}
