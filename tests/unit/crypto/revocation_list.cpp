#include "elic/crypto/revocation_list.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "base/file.h"
#include "made_certificate.h"
#include "made_list.h"

using namespace elic;
using namespace elic::test;

namespace {

Timestamp at(std::string_view text) { return Timestamp::parse(text).value(); }

PilotCa authority(const std::string& name, const Extensions& extensions = authority_extensions()) {
    auto key = PrivateKey::generate().value();
    const auto der = made_certificate(
        key, nullptr,
        {.common_name = name, .from = at("2026-01-01"), .until = at("2030-01-01"), .extensions = extensions});
    return {.key = std::move(key), .certificate = Certificate::parse(der).value()};
}

const PilotCa& ca() {
    static const auto made = authority("TEST 列表");
    return made;
}

/// A certificate of ca(); the next one made has the serial number that follows.
Certificate leaf() {
    return Certificate::parse(made_certificate(ca().key, &ca(),
                                               {.common_name = "TEST leaf",
                                                .from = at("2026-01-01"),
                                                .until = at("2030-01-01"),
                                                .extensions = leaf_extensions()}))
        .value();
}

/// made_certificate counts its serial numbers: that of the newest is found by revoking all.
long serial_of(const Certificate& certificate) {
    for (long serial = 1000; serial < 3000; ++serial) {
        const auto list = RevocationList::parse(made_list(ca(), {.revoked = {{.serial = serial}}})).value();
        if (list.find(certificate)) return serial;
    }
    return -1;
}

std::string refused(const ListWish& wish) {
    const auto list = RevocationList::parse(made_list(ca(), wish));
    if (list) return "";
    CHECK(list.error().code == Errc::malformed_certificate);
    return list.error().context;
}

Bytes fixture(const std::string& name) {
    return read_file(std::filesystem::path(ELIC_SOURCE_DIR) / "testdata" / "revocation" / name, 1 << 16).value();
}

Bytes pem_of(BytesView der) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text = "-----BEGIN X509 CRL-----\n";
    for (std::size_t i = 0; i < der.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k) three = three << 8 | (i + k < der.size() ? der[i + k] : 0U);
        for (std::size_t k = 0; k < 4; ++k) text += i + k > der.size() ? '=' : alphabet[three >> (18 - 6 * k) & 63];
        if (i % 48 == 45) text += '\n';
    }
    text += "\n-----END X509 CRL-----\n";
    return Bytes(text.begin(), text.end());
}

}  // namespace

TEST_CASE("A list of the openssl command is read, and its signature with the default user id holds") {
    const auto list = RevocationList::parse(fixture("list.pem")).value();
    const auto issuer = Certificate::parse(fixture("ca.pem")).value();
    CHECK(list.issuer() == "CN=TEST 吊销列表签发者, O=elic TEST, C=CN");
    CHECK(list.issuer() == issuer.subject());
    CHECK(list.issued_by(issuer));
    CHECK(list.this_update() == at("2026-11-26T03:05:50Z"));
    CHECK(list.next_update() == at("2036-11-23T03:05:50Z"));
    const auto revoked = list.find(Certificate::parse(fixture("revoked.pem")).value());
    REQUIRE(revoked);
    CHECK(revoked->at == at("2026-11-26T03:05:50Z"));
    CHECK(revoked->key_compromised);
    CHECK(revoked->invalidity == at("2026-03-01T00:00:00Z"));
    CHECK_FALSE(list.find(Certificate::parse(fixture("good.pem")).value()));
    CHECK_FALSE(list.find(issuer));
}

TEST_CASE("A revocation list names certificates by serial number, with date, reason and invalidity") {
    const auto first = leaf(), second = leaf(), third = leaf();
    const long serial = serial_of(first);
    REQUIRE(serial > 0);
    const auto list =
        RevocationList::parse(made_list(ca(), {.revoked = {{.serial = serial + 1, .at = "261015083000Z", .reason = 4},
                                                           {.serial = 77},
                                                           {.serial = serial,
                                                            .at = "20261101000000Z",
                                                            .reason = 1,
                                                            .invalidity = "20260901000000Z"}}}))
            .value();
    CHECK(list.issuer() == ca().certificate.subject());
    CHECK(list.find(first)->at == at("2026-11-01T00:00:00Z"));
    CHECK(list.find(first)->key_compromised);
    CHECK(list.find(first)->invalidity == at("2026-09-01T00:00:00Z"));
    CHECK(list.find(second)->at == at("2026-10-15T08:30:00Z"));
    CHECK_FALSE(list.find(second)->key_compromised);
    CHECK_FALSE(list.find(second)->invalidity);
    CHECK_FALSE(list.find(third));
}

TEST_CASE("Only keyCompromise and cACompromise mean that the key is in other hands") {
    const auto certificate = leaf();
    const long serial = serial_of(certificate);
    for (const int reason : {0, 1, 2, 3, 4, 5, 6, 9, 10}) {
        INFO(reason);
        const auto list =
            RevocationList::parse(made_list(ca(), {.revoked = {{.serial = serial, .reason = reason}}})).value();
        CHECK(list.find(certificate)->key_compromised == (reason == 1 || reason == 2));
    }
    for (const int reason : {7, 8, 11, 128})
        CHECK_FALSE(refused({.revoked = {{.serial = 1, .reason = reason}}}).empty());
}

TEST_CASE("Of two entries for one certificate the worse counts") {
    const auto certificate = leaf();
    const long serial = serial_of(certificate);
    for (const bool turned : {false, true}) {
        std::vector<RevokedWish> two{
            {.serial = serial, .at = "20260501000000Z", .reason = 1, .invalidity = "20260401000000Z"},
            {.serial = serial, .at = "20260301000000Z", .reason = 6}};
        if (turned) std::ranges::reverse(two);
        const auto found = RevocationList::parse(made_list(ca(), {.revoked = two}))->find(certificate).value();
        CHECK(found.at == at("2026-03-01T00:00:00Z"));
        CHECK(found.key_compromised);
        CHECK(found.invalidity == at("2026-04-01T00:00:00Z"));
    }
}

TEST_CASE("A list is its issuer's when name, use and signature agree") {
    const auto list = RevocationList::parse(made_list(ca(), {})).value();
    CHECK(list.issued_by(ca().certificate));
    CHECK_FALSE(list.issued_by(authority("TEST 列表").certificate));  // another key
    auto other_name = authority("TEST 其他");
    other_name.key = ca().key;
    CHECK_FALSE(list.issued_by(other_name.certificate));
    const auto with = [](const Extensions& extensions) {
        const auto signer = authority("TEST signer", extensions);
        return RevocationList::parse(made_list(signer, {}))->issued_by(signer.certificate);
    };
    CHECK(with(authority_extensions()));
    CHECK(with({{"basicConstraints", "critical,CA:TRUE"}}));  // no key usage: for all
    CHECK(with({{"basicConstraints", "critical,CA:TRUE"}, {"keyUsage", "critical,cRLSign"}}));
    CHECK_FALSE(with({{"basicConstraints", "critical,CA:TRUE"}, {"keyUsage", "critical,keyCertSign"}}));
    CHECK_FALSE(with({{"keyUsage", "critical,cRLSign"}}));
    CHECK_FALSE(with(leaf_extensions()));
}

TEST_CASE("The same key under another name is not the list's issuer") {
    const auto key = PrivateKey::generate().value();
    const auto named = [&](const std::string& name) {
        const auto der = made_certificate(key, nullptr,
                                          {.common_name = name,
                                           .from = at("2026-01-01"),
                                           .until = at("2030-01-01"),
                                           .extensions = authority_extensions()});
        return PilotCa{.key = key, .certificate = Certificate::parse(der).value()};
    };
    const auto list = RevocationList::parse(made_list(named("TEST a"), {})).value();
    CHECK(list.issued_by(named("TEST a").certificate));
    CHECK_FALSE(list.issued_by(named("TEST b").certificate));
}

TEST_CASE("A list signed with another user id than the default is nobody's") {
    for (const std::string user_id : {"", "1234567812345679"}) {
        const auto list = RevocationList::parse(made_list(ca(), {.user_id = user_id})).value();
        CHECK_FALSE(list.issued_by(ca().certificate));
    }
}

TEST_CASE("What changes the meaning of a list, and what is critical and unknown, is refused") {
    CHECK_THAT(refused({.extensions = {{"2.5.29.27", "critical,DER:020101"}}}), Catch::Contains("delta"));
    CHECK_THAT(refused({.extensions = {{"2.5.29.27", "DER:020101"}}}), Catch::Contains("delta"));
    CHECK_THAT(refused({.extensions = {{"issuingDistributionPoint", "critical,indirectCRL:TRUE"}}}),
               Catch::Contains("issuingDistributionPoint"));
    CHECK_THAT(refused({.extensions = {{"issuingDistributionPoint", "critical,onlyCA:TRUE"}}}),
               Catch::Contains("issuingDistributionPoint"));
    CHECK_THAT(refused({.extensions = {{"2.25.1", "critical,DER:0500"}}}),
               Catch::Contains("critical extension 2.25.1"));
    CHECK_THAT(refused({.extensions = {{"2.25.1", "DER:0500"}, {"2.25.1", "DER:0500"}}}), Catch::Contains("twice"));
    CHECK(refused({.extensions = {{"2.25.1", "DER:0500"}, {"2.25.2", "DER:0500"}}}).empty());
    CHECK(refused({.extensions = {{"2.5.29.20", "DER:020101"}}}).empty());  // cRLNumber

    const auto entry = [](const Extensions& extensions) {
        return refused({.revoked = {{.serial = 5, .extensions = extensions}}});
    };
    CHECK(entry({{"2.25.1", "DER:0500"}}).empty());
    CHECK_THAT(entry({{"2.25.1", "critical,DER:0500"}}), Catch::Contains("2.25.1"));
    CHECK_THAT(entry({{"2.5.29.29", "DER:3000"}}), Catch::Contains("indirect"));
    CHECK_THAT(entry({{"2.5.29.21", "DER:0A0101"}, {"2.5.29.21", "DER:0A0100"}}), Catch::Contains("twice"));
    CHECK_THAT(entry({{"2.5.29.21", "DER:020101"}}), Catch::Contains("reason"));
    CHECK_THAT(entry({{"2.5.29.21", "DER:0A010100"}}), Catch::Contains("reason"));
    CHECK_THAT(entry({{"2.5.29.24", "DER:170D3236303330313030303030305A"}}), Catch::Contains("invalidity"));
    CHECK_THAT(entry({{"2.5.29.24", "DER:180F32303236303330313030303030305A00"}}), Catch::Contains("invalidity"));
    CHECK(entry({{"2.5.29.24", "DER:180F32303236303330313030303030305A"}}).empty());
}

TEST_CASE("The times of a list are in UTC, to the second, and in their order") {
    CHECK(refused({}).empty());
    CHECK(refused({.next_update = ""}).empty());
    CHECK_FALSE(RevocationList::parse(made_list(ca(), {.next_update = ""}))->next_update());
    CHECK(refused({.this_update = "261101000000Z"}).empty());
    CHECK(refused({.next_update = "20261101000000Z"}).empty());
    for (const std::string time : {"2611010000Z", "20261101000000.5Z", "20261101000000+0800", "261101000000+0800",
                                   "20261301000000Z", "20261101000000"}) {
        INFO(time);
        CHECK_FALSE(refused({.this_update = time}).empty());
        CHECK_FALSE(refused({.next_update = time}).empty());
        CHECK_FALSE(refused({.revoked = {{.serial = 5, .at = time}}}).empty());
    }
    CHECK_THAT(refused({.next_update = "20261031235959Z"}), Catch::Contains("order"));
    CHECK_THAT(refused({.version = 0}), Catch::Contains("version 2"));
}

TEST_CASE("A list file is one list, in DER or PEM") {
    const auto der = made_list(ca(), {.revoked = {{.serial = 5}}});
    CHECK(RevocationList::parse(pem_of(der)).has_value());
    auto twice = pem_of(der);
    const auto once = twice;
    twice.insert(twice.end(), once.begin(), once.end());
    CHECK_FALSE(RevocationList::parse(twice));
    auto longer = der;
    longer.push_back(0);
    CHECK_FALSE(RevocationList::parse(longer));
    CHECK_FALSE(RevocationList::parse(BytesView(der).first(der.size() - 1)));
    CHECK_FALSE(RevocationList::parse({}));
    CHECK_FALSE(RevocationList::parse(as_bytes("no list")));
    CHECK_FALSE(RevocationList::parse(ca().certificate.der()));
    CHECK_FALSE(RevocationList::parse(ca().certificate.pem()));
    CHECK(RevocationList::parse(Bytes((16 << 20) + 1)).error().code == Errc::limit_exceeded);
}

TEST_CASE("The two places of the signature algorithm must agree") {
    const auto der = made_list(ca(), {});
    // 1.2.156.10197.1.501; .502 would be RSA with SM3.
    const Bytes oid{0x06, 0x08, 0x2A, 0x81, 0x1C, 0xCF, 0x55, 0x01, 0x83, 0x75};
    int found = 0;
    for (auto place = der.begin();; ++place, ++found) {
        place = std::search(place, der.end(), oid.begin(), oid.end());
        if (place == der.end()) break;
        auto changed = der;
        changed[static_cast<std::size_t>(place - der.begin()) + oid.size() - 1] = 0x78;  // .504: RSA with SM3
        const auto list = RevocationList::parse(changed);
        REQUIRE_FALSE(list);
        CHECK_THAT(list.error().context, Catch::Contains("both places"));
    }
    CHECK(found == 2);
}

TEST_CASE("No list with one bit changed is its issuer's, and none crashes") {
    const auto der = made_list(ca(), {.revoked = {{.serial = 5, .reason = 1, .invalidity = "20260301000000Z"}}});
    REQUIRE(RevocationList::parse(der)->issued_by(ca().certificate));
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < der.size() * 8; ++bit) {
        auto changed = der;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ (1U << (bit % 8)));
        const auto list = RevocationList::parse(changed);
        accepted += list && list->issued_by(ca().certificate) ? 1 : 0;
    }
    CHECK(accepted == 0);
}

TEST_CASE("A list of 100,000 entries is read once and asked in microseconds") {
    const auto certificate = leaf();
    const long serial = serial_of(certificate);
    ListWish wish;
    for (long i = 0; i < 100000; ++i) wish.revoked.push_back({.serial = 1000000 - 7 * i});
    wish.revoked.push_back({.serial = serial, .reason = 1});
    const auto list = RevocationList::parse(made_list(ca(), wish)).value();
    CHECK(list.issued_by(ca().certificate));
    const auto other = leaf();
    std::size_t found = 0;
    for (int i = 0; i < 100000; ++i) found += list.find(certificate) && !list.find(other) ? 1 : 0;
    CHECK(found == 100000);  // a search from end to end would take minutes
}
