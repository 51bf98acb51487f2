#include <catch2/catch.hpp>

#include "base/hex.h"
#include "codec/cbor.h"
#include "elic/crypto/private_key.h"
#include "elic/crypto/signed_message.h"
#include "elic/crypto/sm3.h"

using namespace elic;

namespace {

Sm2Signature signature_of(const std::string& hex) {
    const auto bytes = from_hex(hex).value();
    Sm2Signature signature{};
    std::copy(bytes.begin(), bytes.end(), signature.begin());
    return signature;
}

}  // namespace

// GB/T 32905-2016, annex A
TEST_CASE("SM3 gives the digests of the standard") {
    CHECK(to_hex(sm3(as_bytes("abc"))) == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string blocks;
    for (int i = 0; i < 16; ++i) blocks += "abcd";
    CHECK(to_hex(sm3(as_bytes(blocks))) == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

// GB/T 32918.5-2017, annex A.2
TEST_CASE("SM2 verifies the signature of the standard") {
    const auto key =
        PrivateKey::from_scalar(from_hex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8").value())
            .value();
    CHECK(to_hex(BytesView(key.public_key().point()).subspan(1, 32)) ==
          "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020");
    CHECK(to_hex(key.public_key().message_digest(as_bytes("message digest"))) ==
          "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
    const auto signature = signature_of(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42"
        "d4840b69c485bbc1aa");
    CHECK(key.public_key().verify(as_bytes("message digest"), signature));
    CHECK_FALSE(key.public_key().verify(as_bytes("message digest."), signature));
    CHECK_FALSE(key.public_key().verify(as_bytes("message digest"), signature, ""));
    for (std::size_t bit = 0; bit < 512; ++bit) {
        auto changed = signature;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(key.public_key().verify(as_bytes("message digest"), changed));
    }
}

TEST_CASE("SM2 refuses degenerate signatures") {
    const auto key = PrivateKey::generate().value();
    CHECK_FALSE(key.public_key().verify(as_bytes("x"), Sm2Signature{}));
    Sm2Signature all_ones;
    all_ones.fill(255);
    CHECK_FALSE(key.public_key().verify(as_bytes("x"), all_ones));
}

TEST_CASE("A public point off the curve is refused") {
    Bytes point(64, 1);
    CHECK_FALSE(PublicKey::from_point(point));
    CHECK_FALSE(PublicKey::from_point(Bytes(63)));
    const auto key = PrivateKey::generate().value();
    CHECK(PublicKey::from_point(key.public_key().point()).value() == key.public_key());
    CHECK(PublicKey::from_spki(key.public_key().spki()).value() == key.public_key());
    CHECK_FALSE(PublicKey::from_spki(Bytes(20)));
}

TEST_CASE("A signature has one DER form") {
    auto key = PrivateKey::generate().value();
    const auto signature = sign_message(key, as_bytes("hello")).value();
    auto der = signature_to_der(signature);
    CHECK(signature_from_der(der).value() == signature);
    der.push_back(0);
    CHECK_FALSE(signature_from_der(der));
    CHECK_FALSE(signature_from_der({}));
    const auto refused = [](const std::string& hex) {
        const auto read = signature_from_der(from_hex(hex).value());
        return !read && read.error().code == Errc::malformed_value;
    };
    const std::string order = "00fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
    CHECK(signature_from_der(from_hex("3006020101020101").value()));
    CHECK(refused("3006020100020101"));  // r = 0
    CHECK(refused("3006020101020100"));  // s = 0
    CHECK(
        refused("3026020101"
                "0221" +
                order));                   // s = n
    CHECK(refused("30060201ff020101"));    // r < 0
    CHECK(refused("300702020001020101"));  // r with a zero too many
    CHECK(refused("308106020101020101"));  // the length in two bytes
    CHECK(
        refused("3080020101020101"
                "0000"));                      // indefinite length
    CHECK(refused("3009020101020101020101"));  // three numbers
    CHECK(refused("3003020101"));              // one
    CHECK(
        refused("3027020101"
                "0222"
                "01"
                "00" +
                order.substr(2) + "00"));  // 34 bytes
}

TEST_CASE("Every signature made has the user id 1234567812345678 in it") {
    auto key = PrivateKey::generate().value();
    const auto message = as_bytes("a license");
    const auto ours = sign_message(key, message).value();
    CHECK(key.public_key().verify(message, ours, "1234567812345678"));
    CHECK_FALSE(key.public_key().verify(message, ours, ""));
    const auto empty_id = key.sign_digest(key.public_key().message_digest(message, "")).value();
    CHECK(key.public_key().verify(message, empty_id, ""));
    CHECK_FALSE(key.public_key().verify(message, empty_id));
    // A signature without Z, over SM3 of the message alone
    const auto bare = key.sign_digest(sm3(message)).value();
    CHECK_FALSE(key.public_key().verify(message, bare));
    CHECK_FALSE(key.public_key().verify(message, ours, std::string(8192, 'x')));  // ENTL has 16 bits
}

TEST_CASE("A public key has one SubjectPublicKeyInfo") {
    const auto key = PrivateKey::generate().value().public_key();
    const auto spki = key.spki();
    CHECK(spki.size() == 91);
    CHECK_FALSE(PublicKey::from_spki({}));
    for (std::size_t bit = 0; bit < 27 * 8; ++bit) {
        auto changed = spki;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(PublicKey::from_spki(changed));
    }
    auto longer = spki;
    longer.push_back(0);
    CHECK_FALSE(PublicKey::from_spki(longer));
    // The compressed point: 02 or 03 || x
    const auto point = key.point();
    Bytes compressed(point.begin(), point.begin() + 33);
    compressed[0] = point[64] % 2 == 0 ? 2 : 3;
    CHECK_FALSE(PublicKey::from_point(compressed));
    CHECK_FALSE(PublicKey::from_point(Bytes{0}));
    CHECK_FALSE(PublicKey::from_point(Bytes(64, 0)));
    CHECK_FALSE(PublicKey::from_point(Bytes(65, 0)));
}

TEST_CASE("No signature of one kind is one of another") {
    auto key = PrivateKey::generate().value();
    const Bytes content = {1, 2, 3};
    for (int made = 0; made < signature_kinds; ++made) {
        const auto signature = sign_message(key, signing_input(static_cast<SignatureKind>(made), {}, content)).value();
        for (int read = 0; read < signature_kinds; ++read) {
            INFO(made << " read as " << read);
            CHECK(key.public_key().verify(signing_input(static_cast<SignatureKind>(read), {}, content), signature) ==
                  (made == read));
        }
    }
}

TEST_CASE("What is signed holds the key hint and the content") {
    CHECK(signing_input(SignatureKind::payload, {1}, Bytes{1}) != signing_input(SignatureKind::payload, {2}, Bytes{1}));
    // RFC 9052 4.4, put together by hand
    CHECK(to_hex(signing_input(SignatureKind::payload, {1, 2, 3, 4, 5, 6, 7, 8}, Bytes{0xAA})) ==
          "846a5369676e61747572653151a2013a0001000004480102030405060708"
          "4e656c6963207061796c6f6164203141aa");
}

TEST_CASE("What is signed is one CBOR array however long the content is") {
    for (const std::size_t size : {0U, 1U, 23U, 24U, 255U, 256U, 65535U, 65536U, 100000U}) {
        const Bytes content(size, 0xAA);
        const auto input = signing_input(SignatureKind::rollover, {1}, content);
        CAPTURE(size);
        const auto read = cbor::read(input, {.depth = 1, .entries = 4, .bytes = 1 << 20});
        REQUIRE(read);
        REQUIRE(read->array() != nullptr);
        REQUIRE(read->array()->size() == 4);
        CHECK(*(*read->array())[3].bytes() == content);
        CHECK(as_text(*(*read->array())[2].bytes()) == "elic rollover 1");
    }
}
