#include "elic/document/electronic_seal.h"

#include <catch2/catch.hpp>
#include <functional>

#include "unit/document/seal_world.h"
#include "unit/document/shared_files.h"

using namespace elic;
using namespace elic::test;

TEST_CASE("A seal is made, read back and holds, with both kinds of signer list") {
    SealWorld world;
    for (const auto kind : {SignerListKind::certificates, SignerListKind::digests}) {
        const auto bytes = world.seal(kind);
        const auto seal = read_electronic_seal(bytes).value();
        CHECK(seal.version == SealVersion::v4);
        CHECK(seal.id == "TEST-0001");
        CHECK(seal.maker_id == "elic-TEST");
        CHECK(seal.name == "示例市政务服务局");
        CHECK(seal.list_kind == kind);
        CHECK(seal.valid_until == instant("2028-02-01T00:00:00Z"));
        CHECK(seal.picture.bytes == Bytes{1, 2, 3});
        CHECK(seal.maker.certificate == world.maker.certificate);
        CHECK(seal.der == bytes);
        CHECK(seal.notes.empty());
        CHECK(names_signer(seal, world.sealer.certificate.der()));
        CHECK_FALSE(names_signer(seal, world.stranger.certificate.der()));
        CHECK(check_seal(seal, instant("2027-01-01T00:00:00Z")).all_hold());
        CHECK(check_seal(seal, instant("2028-02-01T00:00:00Z")).in_force);
        CHECK_FALSE(check_seal(seal, instant("2028-02-01T00:00:01Z")).in_force);
        CHECK_FALSE(check_seal(seal, instant("2026-01-31T23:59:59Z")).in_force);
    }
}

TEST_CASE("A seal is not made with another's key or with what a reader would refuse") {
    SealWorld world;
    CHECK(make_electronic_seal(world.plan(), world.stranger.key).error().code == Errc::signer_failed);
    const auto refused = [&](const std::function<void(SealPlan&)>& change) {
        auto plan = world.plan();
        change(plan);
        const auto made = make_electronic_seal(plan, world.maker.key);
        return !made && made.error().code == Errc::bad_argument;
    };
    CHECK(refused([](SealPlan& plan) { plan.id = ""; }));
    CHECK(refused([](SealPlan& plan) { plan.id = "a b"; }));
    CHECK(refused([](SealPlan& plan) { plan.name = ""; }));
    CHECK(refused([](SealPlan& plan) { plan.name = "a\nb"; }));
    CHECK(refused([](SealPlan& plan) { plan.signers.clear(); }));
    CHECK(refused([](SealPlan& plan) { plan.valid_until = instant("2026-01-31T00:00:00Z"); }));
    CHECK(refused([](SealPlan& plan) { plan.picture.bytes.clear(); }));
    CHECK(refused([](SealPlan& plan) { plan.picture.width_mm = 0; }));
    CHECK(refused([](SealPlan& plan) { plan.created_at = instant("2025-12-31T00:00:00Z"); }));
    CHECK(refused([&](SealPlan& plan) {
        plan.signers = {world.certified("CN=TEST CA below,C=CN", CertificatePurpose::ca).certificate};
    }));
}

TEST_CASE("No byte of a seal can be changed without a check that fails") {
    SealWorld world;
    const auto bytes = world.seal();
    const auto at = instant("2027-01-01T00:00:00Z");
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto changed = bytes;
        changed[i] ^= 0x01;
        const auto seal = read_electronic_seal(changed);
        if (!seal) continue;
        const bool holds = check_seal(*seal, at).all_hold();
        INFO("byte " << i);
        // The maker's certificate is not signed by its own key: that it changed shows in its chain and fingerprint.
        CHECK((!holds || seal->maker.certificate != world.maker.certificate));
    }
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_FALSE(read_electronic_seal(BytesView(bytes).first(size)));
}

// Provenance: data/ofd/SOURCE.md of the folder that ELIC_SHARED names.
TEST_CASE("Seals of another maker, versions 4 and 1, hold until they end") {
    for (const auto& [file, version] : {std::pair{"UserV4.esl", SealVersion::v4}, {"UserV1.esl", SealVersion::v1}}) {
        const auto bytes = shared_ofd(file);
        if (!bytes) return;
        const auto seal = read_electronic_seal(*bytes).value();
        INFO(file);
        CHECK(seal.version == version);
        CHECK(seal.picture.format == "PNG");
        CHECK(seal.picture.width_mm == 40);
        CHECK(seal.maker_id == "OFDR&WTest");
        REQUIRE(seal.signers.size() == 1);
        CHECK(names_signer(seal, seal.signers[0].der));
        const auto during = check_seal(seal, instant("2021-01-01T00:00:00Z"));
        CHECK(during.maker_signature == SignatureCheck::holds);
        CHECK(during.in_force);
        CHECK(during.dates_in_order);
        CHECK_FALSE(check_seal(seal, instant("2026-08-04T00:00:00Z")).in_force);
        auto changed = *bytes;
        changed[5000] ^= 1;  // in the picture
        CHECK(check_seal(read_electronic_seal(changed).value(), instant("2021-01-01T00:00:00Z")).maker_signature ==
              SignatureCheck::wrong);
    }
}
