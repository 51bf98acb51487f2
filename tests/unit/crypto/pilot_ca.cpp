#include "elic/crypto/pilot_ca.h"

#include <catch2/catch.hpp>

#include "elic/crypto/revocation_list.h"

using namespace elic;

namespace {

const Timestamp now = Timestamp::parse("2026-11-23T10:00:00+08:00").value();

Timestamp days_later(std::int64_t days) { return Timestamp::from_unix(now.unix_seconds() + days * 86400).value(); }

PilotCa below(const PilotCa& above, const std::string& name, std::optional<int> path_length = {}) {
    auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=" + name + ",O=elic TEST,C=CN").value();
    auto certificate = certify(above, request, CertificatePurpose::ca, now, 10, path_length).value();
    return {.key = std::move(key), .certificate = std::move(certificate)};
}

Certificate leaf_of(const PilotCa& ca) {
    const auto key = PrivateKey::generate().value();
    return certify(ca, make_certificate_request(key, "CN=TEST leaf").value(), CertificatePurpose::issuing, now).value();
}

bool chains(const Certificate& leaf, const std::vector<Certificate>& between, const PilotCa& root) {
    return verify_chain(leaf, between, std::vector{root.certificate}, now).has_value();
}

}  // namespace

TEST_CASE("A CA below the pilot CA certifies, and signs nothing itself") {
    const auto root = make_pilot_ca(now).value();
    const auto province = below(root, "TEST province");
    CHECK(province.certificate.is_ca());
    CHECK_FALSE(province.certificate.may_sign());
    CHECK_FALSE(province.certificate.may_sign_trust_lists());
    CHECK(province.certificate.is_test());
    const auto leaf = leaf_of(province);
    CHECK(leaf.issuer() == province.certificate.subject());
    CHECK(chains(leaf, {province.certificate}, root));
    CHECK_FALSE(chains(leaf, {}, root));
    const auto city = below(province, "TEST city");
    CHECK(chains(leaf_of(city), {city.certificate, province.certificate}, root));
    CHECK_FALSE(chains(leaf_of(city), {city.certificate}, root));
}

TEST_CASE("A CA with a path length has no more CAs below it") {
    const auto root = make_pilot_ca(now).value();
    const auto none = below(root, "TEST none below", 0);
    const auto one = below(root, "TEST one below", 1);
    CHECK(chains(leaf_of(none), {none.certificate}, root));
    const auto under_none = below(none, "TEST under none");
    const auto under_one = below(one, "TEST under one");
    const auto deeper = below(under_one, "TEST deeper");
    CHECK_FALSE(chains(leaf_of(under_none), {under_none.certificate, none.certificate}, root));
    CHECK(chains(leaf_of(under_one), {under_one.certificate, one.certificate}, root));
    CHECK_FALSE(chains(leaf_of(deeper), {deeper.certificate, under_one.certificate, one.certificate}, root));

    const auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=TEST").value();
    CHECK(certify(root, request, CertificatePurpose::issuing, now, 5, 0).error().code == Errc::bad_argument);
    CHECK(certify(root, request, CertificatePurpose::ca, now, 5, -1).error().code == Errc::bad_argument);
}

TEST_CASE("The pilot CA's list says of each revoked certificate when, why and since when") {
    const auto root = make_pilot_ca(now).value();
    const auto stolen = leaf_of(root), old = leaf_of(root), good = leaf_of(root);
    const auto der = make_revocation_list(root, {.number = 7,
                                                 .this_update = days_later(9),
                                                 .next_update = days_later(16),
                                                 .revoked = {{.serial = serial_certified_by(root, stolen).value(),
                                                              .at = days_later(8),
                                                              .reason = RevocationReason::key_compromise,
                                                              .invalid_since = days_later(3)},
                                                             {.serial = serial_certified_by(root, old).value(),
                                                              .at = days_later(5),
                                                              .reason = RevocationReason::superseded}}})
                         .value();
    const auto list = RevocationList::parse(der).value();
    CHECK(list.issued_by(root.certificate));
    CHECK(list.issuer() == stolen.issuer());
    CHECK(list.this_update() == days_later(9));
    CHECK(list.next_update() == days_later(16));
    CHECK(list.find(stolen)->at == days_later(8));
    CHECK(list.find(stolen)->key_compromised);
    CHECK(list.find(stolen)->invalidity == days_later(3));
    CHECK(list.find(old)->at == days_later(5));
    CHECK_FALSE(list.find(old)->key_compromised);
    CHECK_FALSE(list.find(old)->invalidity);
    CHECK_FALSE(list.find(good));
}

TEST_CASE("A CA below makes its own lists, of its own certificates only") {
    const auto root = make_pilot_ca(now).value();
    const auto province = below(root, "TEST province");
    const auto leaf = leaf_of(province);
    CHECK(serial_certified_by(province, leaf).has_value());
    CHECK(serial_certified_by(root, province.certificate).has_value());
    CHECK(serial_certified_by(root, leaf).error().code == Errc::bad_argument);
    const auto twin = make_pilot_ca(now).value();  // of the root's name
    CHECK(serial_certified_by(twin, province.certificate).error().code == Errc::bad_argument);
    const auto list = make_revocation_list(province, {.this_update = now, .next_update = days_later(1)}).value();
    CHECK(RevocationList::parse(list)->issued_by(province.certificate));
    CHECK_FALSE(RevocationList::parse(list)->issued_by(root.certificate));
}

TEST_CASE("No list is made with impossible times or numbers, or by what may make none") {
    const auto root = make_pilot_ca(now).value();
    const auto refused = [&](const PilotCa& ca, const RevocationListPlan& plan) {
        return make_revocation_list(ca, plan).error().code == Errc::bad_argument;
    };
    CHECK(refused(root, {.this_update = now, .next_update = now}));
    CHECK(refused(root, {.number = 0, .this_update = now, .next_update = days_later(1)}));
    auto key = PrivateKey::generate().value();
    const auto request = make_certificate_request(key, "CN=TEST leaf").value();
    const PilotCa leaf{.key = key, .certificate = certify(root, request, CertificatePurpose::issuing, now).value()};
    CHECK(refused(leaf, {.this_update = now, .next_update = days_later(1)}));
    const PilotCa other_key{.key = key, .certificate = root.certificate};
    CHECK(refused(other_key, {.this_update = now, .next_update = days_later(1)}));
}
