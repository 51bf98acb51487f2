#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "elic/crypto/private_key.h"

using namespace elic;

namespace {

/// testdata/keys/README.md says how each was made.
Bytes file(const std::string& name) {
    return read_file(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata" / "keys" / ("TEST-" + name + ".key.pem"),
                     1 << 16)
        .value();
}

const BytesView passphrase = as_bytes("elic TEST");

Error error_of(const std::string& name, BytesView given = passphrase) {
    const auto key = PrivateKey::from_pem(file(name), given);
    REQUIRE_FALSE(key);
    return key.error();
}

}  // namespace

TEST_CASE("Keys that OpenSSL wrote are read") {
    const auto plain = PrivateKey::from_pem(file("plain"), {}).value();
    for (const std::string name : {"aes256", "sm4"}) {
        INFO(name);
        CHECK(PrivateKey::is_encrypted(file(name)));
        CHECK(PrivateKey::from_pem(file(name), passphrase)->public_key() == plain.public_key());
        CHECK(error_of(name, as_bytes("elic test")).code == Errc::wrong_passphrase);
        CHECK(error_of(name, {}).code == Errc::wrong_passphrase);
    }
    auto key = PrivateKey::from_pem(file("aes256"), passphrase).value();
    CHECK(plain.public_key().verify(as_bytes("x"), sign_message(key, as_bytes("x")).value()));
}

TEST_CASE("A scheme that cannot be opened is not called a wrong passphrase") {
    for (const std::string name : {"hmac-sm3", "scrypt", "pbes1"}) {
        INFO(name);
        CHECK(error_of(name).code == Errc::malformed_key);
        CHECK_THAT(error_of(name).context, Catch::Contains("not supported") && Catch::Contains("openssl pkcs8"));
    }
    CHECK(error_of("eleven-million-rounds").code == Errc::limit_exceeded);
}

TEST_CASE("A key that is no SM2 key on the named curve, or not PKCS#8, is refused") {
    for (const std::string name :
         {"p256", "p256-aes256", "explicit-curve", "sec1", "mismatched-halves", "scalar-n-minus-1"}) {
        INFO(name);
        CHECK(error_of(name).code == Errc::malformed_key);
    }
    CHECK_THAT(error_of("sec1").context, Catch::Contains("openssl pkcs8 -topk8"));
    CHECK_THAT(error_of("mismatched-halves").context, Catch::Contains("do not belong together"));
    CHECK_THAT(error_of("scalar-n-minus-1").context, Catch::Contains("n-2"));
}

TEST_CASE("A key is written with 600,000 rounds, AES-256-CBC and HMAC-SHA-256, never twice the same") {
    const auto key = PrivateKey::from_pem(file("plain"), {}).value();
    const auto first = key.to_encrypted_pem(passphrase).value();
    CHECK(first != key.to_encrypted_pem(passphrase).value());
    CHECK(as_text(first).starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"));
    CHECK(PrivateKey::from_pem(first, passphrase)->public_key() == key.public_key());
    CHECK(key.to_encrypted_pem({}).error().code == Errc::bad_argument);
    CHECK(key.to_encrypted_pem(Bytes(1025, 'x')).error().code == Errc::limit_exceeded);
}

TEST_CASE("A damaged key file is an error") {
    const auto pem = file("plain");
    for (std::size_t size = 0; size < pem.size() - 1; size += 7) {
        CHECK_FALSE(PrivateKey::from_pem(BytesView(pem).first(size), {}));
    }
    CHECK(PrivateKey::from_pem(Bytes(70000, 'A'), {}).error().code == Errc::limit_exceeded);
}
