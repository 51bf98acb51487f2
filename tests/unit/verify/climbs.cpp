// Climbing: along authorities for their revocation lists, along parents to the lists. Each climb ends.
#include <catch2/catch.hpp>

#include "elic/crypto/sm3.h"
#include "unit/crypto/made_certificate.h"
#include "unit/crypto/made_list.h"
#include "unit/verify/tree_world.h"
#include "verify/standing.h"

using namespace elic;

namespace {

void put_revocation(const WrittenTrust& written, const Bytes& list) {
    written.put("revocation/" + to_hex(sm3(list)) + ".crl", list);
}

/// An authority below `above`, whose key may have other certificates under the same name.
PilotCa authority(const std::string& name, const PrivateKey& key, const PilotCa& above) {
    const auto der = test::made_certificate(key, &above,
                                            {.common_name = name,
                                             .from = at("2025-12-01"),
                                             .until = at("2035-12-01"),
                                             .extensions = test::authority_extensions()});
    return {.key = key, .certificate = Certificate::parse(der).value()};
}

/// The office's certificate made by this authority, with those between it and the world's root.
struct Below {
    TrustWorld world = make_world();
    Report verify(const PilotCa& issuer, std::vector<Certificate> between, const std::vector<Bytes>& revocations = {}) {
        world.office = certified(issuer, "CN=TEST office,C=CN");
        world.body().certificates = {listed(world.office.certificate)};
        auto& content = world.source.content;
        for (const auto& each : between) content.intermediates.push_back(each.fingerprint());
        std::sort(content.intermediates.begin(), content.intermediates.end());
        world.source.certificates.push_back(world.office.certificate);
        for (auto& each : between) world.source.certificates.push_back(std::move(each));
        const WrittenTrust written(world);
        for (const auto& list : revocations) put_revocation(written, list);
        return verified(text_of(a_license(), world.office), written, world.pins());
    }
};

}  // namespace

TEST_CASE("A root that signs licenses itself is not taken back by its own list") {
    auto world = make_world();
    world.body().certificates = {listed(world.ca.certificate)};
    world.office = {world.ca.key, world.ca.certificate};
    const WrittenTrust written(world);
    const RevocationListPlan plan{
        .number = 1,
        .this_update = at("2026-11-21"),
        .next_update = at("2026-12-20"),
        .revoked = {{.serial = serial_certified_by(world.ca, world.ca.certificate).value(), .at = at("2026-11-02")}}};
    put_revocation(written, make_revocation_list(world.ca, plan).value());
    const auto report = verified(text_of(a_license(), world.office), written, world.pins());
    INFO(summary(report));
    CHECK(has(report, FindingCode::certificate_ok));
}

TEST_CASE("Of two revocation lists that are unusable the nearer one is told") {
    Below below;
    const auto middle = authority("elic TEST middle", PrivateKey::generate().value(), below.world.ca);
    const auto by_another = [](const PilotCa& named) {
        return test::made_list({.key = PrivateKey::generate().value(), .certificate = named.certificate}, {});
    };
    const auto report = below.verify(middle, {middle.certificate}, {by_another(middle), by_another(below.world.ca)});
    CHECK_THAT(detail(report, FindingCode::certificate_crl), Catch::EndsWith(middle.certificate.subject()));
}

TEST_CASE("Authorities that certify each other are not climbed for ever") {
    Below below;
    const auto key = PrivateKey::generate().value();
    const auto other_key = PrivateKey::generate().value();
    const auto from_root = authority("elic TEST A", key, below.world.ca);
    const auto other = authority("elic TEST B", other_key, from_root);
    // Looked up by name: the one that leads back must be met first.
    auto back = authority("elic TEST A", key, other);
    while (!(back.certificate.fingerprint() < from_root.certificate.fingerprint()))
        back = authority("elic TEST A", key, other);
    const auto report = below.verify(from_root, {from_root.certificate, other.certificate, back.certificate});
    INFO(summary(report));
    CHECK(has(report, FindingCode::certificate_ok));
}

TEST_CASE("Of the ways from a body up to the lists sixteen are looked at") {
    // As many lists as roots, each with the province; the county stands below it in each.
    for (const std::size_t lists : {15U, 16U, 17U, 18U}) {
        Tree tree;
        const WrittenTrust written(tree.world);
        for (const auto& [name, bytes] : tree.all_files()) written.put(name, bytes);
        for (std::size_t n = 1; n < lists; ++n) {
            auto ca = make_pilot_ca(at("2025-11-01")).value();
            auto content = tree.world.source.content;
            content.roots = {ca.certificate.fingerprint()};
            written.put(WrittenTrust::certificate_file(ca.certificate), ca.certificate.der());
            written.put_list(TrustList::build(content, ca.key, ca.certificate, {}).value());
        }
        const auto trust = written.open();
        REQUIRE(trust.lists().size() == lists);
        const VerifyContext context{.trust = &trust, .pins = tree.world.pins(), .at = world_time()};
        const auto county = trust.bodies(county_code()).value();
        REQUIRE(county.size() == 1);
        CHECK(standings_of(context, county.front()).found.size() == std::min<std::size_t>(lists, 16));
    }
}
