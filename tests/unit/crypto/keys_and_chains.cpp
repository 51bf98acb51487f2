#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "base/hex.h"
#include "elic/crypto/pilot_ca.h"

using namespace elic;

namespace {

const Timestamp now = Timestamp::parse("2026-11-23T10:00:00+08:00").value();

Timestamp years_later(int years) { return Timestamp::from_unix(now.unix_seconds() + years * 366LL * 86400).value(); }

Certificate certified(const PilotCa& ca, const PrivateKey& key,
                      CertificatePurpose purpose = CertificatePurpose::issuing) {
    return certify(ca, make_certificate_request(key, "CN=TEST 示例,O=TEST,C=CN").value(), purpose, now).value();
}

class WrongSigner final : public Signer {
public:
    explicit WrongSigner(PublicKey key) : key_(std::move(key)) {}
    const PublicKey& public_key() const override { return key_; }
    Result<Sm2Signature> sign_digest(const Digest&) override { return Sm2Signature{1, 2, 3}; }

private:
    PublicKey key_;
};

}  // namespace

TEST_CASE("A key survives PKCS#8 with its passphrase and with none other") {
    auto key = PrivateKey::generate().value();
    const auto pem = key.to_encrypted_pem(as_bytes("correct horse")).value();
    CHECK(PrivateKey::is_encrypted(pem));
    CHECK(PrivateKey::from_pem(pem, as_bytes("correct horse"))->public_key() == key.public_key());
    CHECK(PrivateKey::from_pem(pem, as_bytes("wrong")).error().code == Errc::wrong_passphrase);
    CHECK(PrivateKey::from_pem(pem, {}).error().code == Errc::wrong_passphrase);
    const auto plain = key.to_plain_pem().value();
    CHECK_FALSE(PrivateKey::is_encrypted(plain));
    CHECK(PrivateKey::from_pem(plain, {})->public_key() == key.public_key());
    CHECK_FALSE(key.to_encrypted_pem({}));
    CHECK(PrivateKey::from_pem(as_bytes("nonsense"), {}).error().code == Errc::malformed_key);
}

// A P-256 key made for this test with openssl genpkey; never used for anything
TEST_CASE("A key of another curve is refused") {
    const char* pem =
        "-----BEGIN PRIVATE KEY-----\n"
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgIWpCsq63L9lYls9f\n"
        "bYS9vEe4Zdb76evSINbRLzbCg/+hRANCAATGpYPPknN+BYS05KW23bU7hF+Wc2fk\n"
        "wF0zp062xoYyMkasqIoyxknzTDQAn2ISRuzAKihKat2BLDfaHbJ01sSI\n"
        "-----END PRIVATE KEY-----\n";
    const auto key = PrivateKey::from_pem(as_bytes(pem), {});
    REQUIRE_FALSE(key);
    CHECK(key.error().context.find("curve SM2") != std::string::npos);
}

TEST_CASE("A scalar outside 1..n-2 is no key") {
    CHECK_FALSE(PrivateKey::from_scalar(Bytes(32, 0)));
    CHECK_FALSE(PrivateKey::from_scalar(Bytes(32, 255)));
    CHECK_FALSE(PrivateKey::from_scalar(Bytes(31, 1)));
    CHECK(PrivateKey::from_scalar(Bytes(32, 1)));
}

TEST_CASE("A certified key chains to its root, then and only then") {
    const auto ca = make_pilot_ca(now).value();
    const auto other = make_pilot_ca(now).value();
    const auto key = PrivateKey::generate().value();
    const auto leaf = certified(ca, key);
    const Certificate roots[] = {ca.certificate};
    const Certificate strangers[] = {other.certificate};
    CHECK(verify_chain(leaf, {}, roots, now).value() == ca.certificate);
    CHECK_FALSE(verify_chain(leaf, {}, strangers, now));
    CHECK_FALSE(verify_chain(leaf, {}, {}, now));
    CHECK_FALSE(verify_chain(leaf, {}, roots, years_later(6)));
    CHECK_FALSE(verify_chain(leaf, {}, roots, Timestamp::from_unix(now.unix_seconds() - 1).value()));
    CHECK(verify_chain(ca.certificate, {}, roots, now).value() == ca.certificate);
    CHECK_FALSE(verify_chain(ca.certificate, {}, roots, years_later(21)));
}

TEST_CASE("A leaf cannot certify others") {
    const auto ca = make_pilot_ca(now).value();
    auto key = PrivateKey::generate().value();
    const auto leaf = certified(ca, key);
    const PilotCa impostor{.key = key, .certificate = leaf};
    const auto below = certified(impostor, PrivateKey::generate().value());
    const Certificate roots[] = {ca.certificate};
    const Certificate between[] = {leaf};
    CHECK_FALSE(verify_chain(below, between, roots, now));
}

TEST_CASE("Certificates say what they are for") {
    const auto ca = make_pilot_ca(now).value();
    const auto key = PrivateKey::generate().value();
    const auto issuing = certified(ca, key);
    const auto lists = certified(ca, key, CertificatePurpose::trust_list);
    CHECK(issuing.may_sign());
    CHECK_FALSE(issuing.may_sign_trust_lists());
    CHECK(lists.may_sign_trust_lists());
    CHECK(issuing.is_test());
    CHECK(ca.certificate.is_ca());
    CHECK_FALSE(issuing.is_ca());
    CHECK(issuing.common_name() == "TEST 示例");
    CHECK(Certificate::parse(issuing.pem()).value() == issuing);
    CHECK_FALSE(Certificate::parse(Bytes(10)));
    CHECK(Certificate::parse(Bytes(20000)).error().code == Errc::limit_exceeded);
}

TEST_CASE("A request whose signature does not hold is not certified") {
    const auto ca = make_pilot_ca(now).value();
    const auto key = PrivateKey::generate().value();
    auto pem = make_certificate_request(key, "CN=TEST").value();
    pem[pem.size() / 2] = pem[pem.size() / 2] == 'A' ? 'B' : 'A';
    CHECK_FALSE(certify(ca, pem, CertificatePurpose::issuing, now));
    CHECK(make_certificate_request(key, "no equals sign").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "CN=").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "CN=x,,C=CN").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "CN=a\nb").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "CN=x,C=China").error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, "CN=" + std::string(65, 'x')).error().code == Errc::bad_argument);
    CHECK(make_certificate_request(key, std::string(5000, 'x')).error().code == Errc::limit_exceeded);
    CHECK(certify(ca, {}, CertificatePurpose::issuing, now).error().code == Errc::malformed_certificate);
}

TEST_CASE("A subject is written from the narrow to the wide, whatever is in its parts") {
    const auto ca = make_pilot_ca(now).value();
    CHECK(ca.certificate.subject() == "CN=elic TEST pilot root, O=elic TEST, C=CN");
    const auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=示例\\, 一,O=a\\=b,C=CN").value();
    const auto certificate = certify(ca, request, CertificatePurpose::issuing, now).value();
    CHECK(certificate.common_name() == "示例, 一");
    CHECK(certificate.issuer() == ca.certificate.subject());
    CHECK(certificate.subject().ends_with("C=CN"));
}

TEST_CASE("A CA certifies with the key of its certificate only") {
    const auto ca = make_pilot_ca(now).value();
    const auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=TEST").value();
    const PilotCa mixed{.key = key, .certificate = ca.certificate};
    CHECK(certify(mixed, request, CertificatePurpose::issuing, now).error().code == Errc::bad_argument);
}

TEST_CASE("A signer that answers wrongly is caught before anything leaves") {
    auto key = PrivateKey::generate().value();
    WrongSigner wrong(key.public_key());
    CHECK(sign_message(wrong, as_bytes("x")).error().code == Errc::signer_failed);
    CHECK(sign_message(*make_command_signer("exit 3", key.public_key()), as_bytes("x")).error().code ==
          Errc::signer_failed);
    CHECK(sign_message(*make_command_signer("echo nonsense", key.public_key()), as_bytes("x")).error().code ==
          Errc::signer_failed);
    CHECK(sign_message(*make_command_signer("printf %0128d 1", key.public_key()), as_bytes("x")).error().code ==
          Errc::signer_failed);
}

TEST_CASE("A command that signs is a signer") {
    auto key = PrivateKey::generate().value();
    const auto e = key.public_key().message_digest(as_bytes("hello"));
    const auto signature = key.sign_digest(e).value();
    auto signer =
        make_command_signer("read e; test $e = " + to_hex(e) + " && echo " + to_hex(signature), key.public_key());
    CHECK(sign_message(*signer, as_bytes("hello")).value() == signature);
    CHECK(sign_message(*signer, as_bytes("other")).error().code == Errc::signer_failed);
}
