// What an office is told before it signs: each way in which a verifier would refuse.
#include <catch2/catch.hpp>

#include "unit/trust/unreadable_body.h"
#include "unit/verify/previewed.h"

using namespace elic;

namespace {

Previewed preview(TrustWorld& world, const WrittenTrust& written, const RootPins& pins) {
    return previewed(written, pins, world.office.certificate, office_code());
}

}  // namespace

TEST_CASE("A preview tells that the office's certificate is not in the folder") {
    auto world = make_world();
    const WrittenTrust written(world);
    written.remove(WrittenTrust::certificate_file(world.office.certificate));
    const auto said = preview(world, written, world.pins());
    CHECK(detail(said.report, FindingCode::certificate_missing) ==
          format_fingerprint(world.office.certificate.fingerprint()));
    CHECK_FALSE(has(said.report, FindingCode::signer_unknown));
    CHECK_FALSE(has(said.report, FindingCode::authority_ok));
}

TEST_CASE("A preview tells that the office's key is compromised, and goes no further") {
    auto world = make_world();
    world.body().certificates[0].compromised_since = at("2026-11-22");
    const WrittenTrust written(world);
    const auto said = preview(world, written, world.pins());
    CHECK(has(said.report, FindingCode::certificate_compromised));
    CHECK_FALSE(has(said.report, FindingCode::authority_ok));
}

TEST_CASE("A preview tells that a TEST root is not relied on beside a real one, and goes no further") {
    auto world = make_world();
    const WrittenTrust written(world);
    auto pins = world.pins();
    pins.pins.push_back({.fingerprint = sm3(as_bytes("real"))});
    const auto said = preview(world, written, pins);
    CHECK(has(said.report, FindingCode::trust_test_refused));
    CHECK_FALSE(has(said.report, FindingCode::authority_ok));
}

TEST_CASE("A preview tells that the list cannot be read where the office stands") {
    auto world = make_world();
    const WrittenTrust written(world);
    written.put_list(list_with_unreadable_body(world));
    const auto said = preview(world, written, world.pins());
    CHECK(has(said.report, FindingCode::trust_malformed));
    CHECK_FALSE(said.nowhere.empty());
    CHECK_FALSE(has(said.report, FindingCode::issuer_ok));
}
