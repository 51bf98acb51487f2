#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "elic/crypto/sm3.h"
#include "made_certificate.h"

using namespace elic;
using namespace elic::test;

namespace {

Timestamp at(std::string_view text) { return Timestamp::parse(text).value(); }

Wish wish(std::string name, std::vector<std::pair<std::string, std::string>> extensions = {}) {
    return {.common_name = std::move(name),
            .from = at("2026-01-01T00:00:00Z"),
            .until = at("2051-06-30T12:34:56Z"),  // after 2049: GeneralizedTime
            .extensions = std::move(extensions)};
}

const PrivateKey& a_key() {
    static const auto key = PrivateKey::generate().value();
    return key;
}

Bytes der_with(const std::vector<std::pair<std::string, std::string>>& extensions) {
    return made_certificate(a_key(), nullptr, wish("TEST", extensions));
}

Certificate with(const std::vector<std::pair<std::string, std::string>>& extensions) {
    return Certificate::parse(der_with(extensions)).value();
}

Bytes operator+(Bytes first, BytesView second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

}  // namespace

TEST_CASE("A certificate's fields are those it was made with") {
    const auto der = made_certificate(a_key(), nullptr, wish("示例 TEST", authority_extensions()));
    const auto certificate = Certificate::parse(der).value();
    CHECK(certificate.der() == der);
    CHECK(certificate.fingerprint() == sm3(der));
    CHECK(certificate.subject() == "CN=示例 TEST");
    CHECK(certificate.issuer() == "CN=示例 TEST");
    CHECK(certificate.common_name() == "示例 TEST");
    CHECK(certificate.public_key() == a_key().public_key());
    CHECK(certificate.not_before() == at("2026-01-01T00:00:00Z"));
    CHECK(certificate.not_after() == at("2051-06-30T12:34:56Z"));
    CHECK(certificate.is_ca());
    CHECK(certificate.self_issued());
    CHECK(Certificate::parse(certificate.pem()).value() == certificate);
}

TEST_CASE("Of a dual pair only the signing certificate may sign") {
    CHECK(with({}).may_sign());
    CHECK(with(leaf_extensions("critical,digitalSignature")).may_sign());
    CHECK(with(leaf_extensions("nonRepudiation")).may_sign());
    CHECK(with(leaf_extensions("digitalSignature,keyEncipherment,dataEncipherment")).may_sign());
    CHECK_FALSE(with(leaf_extensions("critical,keyEncipherment")).may_sign());
    CHECK_FALSE(with(leaf_extensions("keyEncipherment,dataEncipherment,keyAgreement")).may_sign());
}

TEST_CASE("The trust list purpose is one object identifier and needs a signing key") {
    // docs/format/trust.md
    const std::string purpose = "2.25.307412318740259172904158204412036189541";
    const auto purposes = [](std::string usage, const std::string& key_usage = "digitalSignature") {
        auto extensions = leaf_extensions(key_usage);
        extensions.emplace_back("extendedKeyUsage", std::move(usage));
        return with(extensions);
    };
    CHECK(purposes(purpose).may_sign_trust_lists());
    CHECK(purposes("clientAuth," + purpose).may_sign_trust_lists());
    CHECK_FALSE(purposes("clientAuth").may_sign_trust_lists());
    CHECK_FALSE(purposes("anyExtendedKeyUsage").may_sign_trust_lists());
    CHECK_FALSE(purposes(purpose + "2").may_sign_trust_lists());
    CHECK_FALSE(purposes(purpose, "keyEncipherment").may_sign_trust_lists());
    CHECK_FALSE(with({}).may_sign_trust_lists());
}

TEST_CASE("A certificate is for tests when its subject or issuer has the word TEST") {
    const auto named = [](const std::string& name) {
        return Certificate::parse(made_certificate(a_key(), nullptr, wish(name))).value();
    };
    for (const std::string name : {"TEST", "elic TEST root", "TEST-1", "证照TEST根", "(TEST)"}) {
        INFO(name);
        CHECK(named(name).is_test());
    }
    for (const std::string name : {"示例", "ATTESTATION", "CONTEST", "TESTIMONY", "test", "TES T"}) {
        INFO(name);
        CHECK_FALSE(named(name).is_test());
    }
    const auto key = PrivateKey::generate().value();
    const PilotCa ca{.key = key, .certificate = named("TEST root")};
    CHECK(Certificate::parse(made_certificate(a_key(), &ca, wish("示例"))).value().is_test());
}

TEST_CASE("A name cannot write on the terminal") {
    const auto certificate =
        Certificate::parse(made_certificate(a_key(), nullptr, wish("a\x1B[31m\u202Eb\nc"))).value();
    for (const auto& text : {certificate.subject(), certificate.issuer(), certificate.common_name()}) {
        CHECK(text.find('\x1B') == std::string::npos);
        CHECK(text.find('\n') == std::string::npos);
        CHECK(text.find("\u202E") == std::string::npos);
    }
}

TEST_CASE("A certificate file holds one certificate, in DER or PEM") {
    const auto certificate = with(leaf_extensions());
    const auto pem = certificate.pem();
    const auto remark = as_bytes("the office's certificate\n");
    CHECK(Certificate::parse(Bytes(remark.begin(), remark.end()) + pem + remark).value() == certificate);

    const auto refused = [](const Bytes& bytes) {
        const auto parsed = Certificate::parse(bytes);
        return !parsed && parsed.error().code == Errc::malformed_certificate;
    };
    CHECK(refused({}));
    CHECK(refused({0x30}));
    CHECK(refused({0x30, 0x80}));
    CHECK(refused(certificate.der() + Bytes{0}));
    CHECK(refused(Bytes(certificate.der().begin(), certificate.der().end() - 1)));
    CHECK(refused(pem + pem));
    CHECK(refused(pem + a_key().to_plain_pem().value()));
    CHECK(refused(a_key().to_plain_pem().value()));
    CHECK(refused(Bytes(pem.begin(), pem.end() - 10)));
    // A DER certificate that carries another one as text is the outer one
    auto extensions = leaf_extensions();
    extensions.emplace_back("nsComment", "-----BEGIN CERTIFICATE-----");
    const auto outer = der_with(extensions);
    CHECK(Certificate::parse(outer).value().der() == outer);
}

TEST_CASE("A certificate in BER is refused: its fingerprint would be of other bytes") {
    const auto der = with({}).der();
    REQUIRE(der[1] == 0x82);
    Bytes longer_length{0x30, 0x83, 0x00};
    CHECK_FALSE(Certificate::parse(longer_length + BytesView(der).subspan(2)));
    Bytes indefinite{0x30, 0x80};
    CHECK_FALSE(Certificate::parse(indefinite + BytesView(der).subspan(4) + Bytes{0, 0}));
}

TEST_CASE("No change of one bit gives the same certificate, and none crashes") {
    const auto der = with(authority_extensions()).der();
    int read = 0;
    for (std::size_t bit = 0; bit < der.size() * 8; ++bit) {
        auto changed = der;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto parsed = Certificate::parse(changed);
        if (!parsed) continue;
        ++read;
        CHECK(parsed->der() == changed);
        CHECK_FALSE(verify_chain(*parsed, {}, std::vector{Certificate::parse(der).value()}, at("2027-01-01")));
    }
    CHECK(read > 0);
}

TEST_CASE("A certificate of another curve or signature algorithm is refused") {
    const auto replaced = [](Bytes der, const Bytes& from, const Bytes& to, int expected) {
        int places = 0;
        for (auto found = der.begin();; ++found) {
            found = std::search(found, der.end(), from.begin(), from.end());
            if (found == der.end()) break;
            std::copy(to.begin(), to.end(), found);
            ++places;
        }
        CHECK(places == expected);
        return Certificate::parse(der);
    };
    const auto der = with({}).der();
    // 1.2.156.10197.1.501 (SM2 with SM3) to .502, in both places
    const auto other_signature = replaced(der, {0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75},
                                          {0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x76}, 2);
    REQUIRE_FALSE(other_signature);
    CHECK(other_signature.error().code == Errc::malformed_certificate);
    CHECK_THAT(other_signature.error().context, Catch::Contains("SM2 and SM3"));
    // The curve 1.2.156.10197.1.301 to prime256v1
    const auto other_curve = replaced(der, {0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D},
                                      {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07}, 1);
    REQUIRE_FALSE(other_curve);
    CHECK(other_curve.error().code == Errc::malformed_certificate);
    CHECK_THAT(other_curve.error().context, Catch::Contains("curve SM2"));
}

TEST_CASE("A certificate whose key gives its curve by parameters is refused") {
    const auto file = std::filesystem::path(ELIC_SOURCE_DIR) / "testdata/keys/TEST-explicit-curve.cert.pem";
    const auto parsed = Certificate::parse(read_file(file, 1 << 16).value());
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().code == Errc::malformed_certificate);
    CHECK_THAT(parsed.error().context, Catch::Contains("names curve SM2"));
}
