#include <catch2/catch.hpp>

#include "codec/digits.h"
#include "unit/verify/license_world.h"

using namespace elic;

namespace {

/// A license that is valid, and everything needed to say so.
struct GoodLicense {
    GoodLicense()
        : world(make_world()), written(world), trust(written.open()), text(text_of(a_license(), world.office)) {}
    Report verify(const std::string& changed) const {
        return verify_payload(
            changed,
            {.trust = &trust, .pins = world.pins(), .at = world_time(), .policy = {.allow_missing_status = true}});
    }

    TrustWorld world;
    WrittenTrust written;
    TrustFolder trust;
    std::string text;
};

}  // namespace

TEST_CASE("No single bit of a code can be flipped and the code stay valid") {
    const GoodLicense good;
    REQUIRE(good.verify(good.text).verdict() == Verdict::valid);
    const auto bytes = bytes_from_digits(good.text.substr(4)).value();
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        auto changed = bytes;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        const auto report = good.verify("3691" + digits_from_bytes(changed));
        if (report.verdict() == Verdict::valid || report.license() != nullptr)
            FAIL("bit " << bit << ": " << summary(report));
    }
    SUCCEED("all bits");
}

TEST_CASE("No digit of a code can be changed, dropped or doubled and the code stay valid") {
    const GoodLicense good;
    for (std::size_t i = 0; i < good.text.size(); ++i) {
        auto changed = good.text;
        changed[i] = static_cast<char>('0' + (changed[i] - '0' + 1 + static_cast<int>(i % 9)) % 10);
        auto dropped = good.text;
        dropped.erase(i, 1);
        auto doubled = good.text;
        doubled.insert(i, 1, good.text[i]);
        for (const auto& text : {changed, dropped, doubled}) {
            if (good.verify(text).verdict() == Verdict::valid) FAIL("digit " << i << ": " << text);
        }
    }
    SUCCEED("all digits");
}

TEST_CASE("A code that is cut or continued is not valid") {
    const GoodLicense good;
    for (std::size_t size = 0; size < good.text.size(); ++size) {
        if (good.verify(good.text.substr(0, size)).verdict() == Verdict::valid) FAIL("cut at " << size);
    }
    for (const auto& tail : {"0", "000", "00000", "x", "#"})
        CHECK(good.verify(good.text + tail).verdict() != Verdict::valid);
}

TEST_CASE("A signature of another kind over the same claims makes no license") {
    GoodLicense good;
    const auto hint = key_hint(good.world.office.certificate.fingerprint());
    const auto claims = claims_of(a_license());
    for (int kind = 1; kind < signature_kinds; ++kind) {
        CAPTURE(kind);
        const auto signature =
            sign_message(good.world.office.key, signing_input(static_cast<SignatureKind>(kind), hint, claims)).value();
        const auto report = good.verify(write_payload({.hint = hint, .claims = claims, .signature = signature}));
        CHECK(has(report, FindingCode::signature_wrong));
        CHECK(report.verdict() == Verdict::invalid);
    }
}

TEST_CASE("The signature of one license is not that of another") {
    GoodLicense good;
    auto other = a_license();
    other.holders[0].name = "李样例";
    auto envelope = read_payload(good.text).value();
    envelope.claims = claims_of(other);
    CHECK(has(good.verify(write_payload(envelope)), FindingCode::signature_wrong));
}

TEST_CASE("A listed body cannot sign in another's name, nor for types and places that are not its own") {
    GoodLicense good;
    const auto borrowed = good.verify(text_of(a_license(), good.world.other));
    CHECK(has(borrowed, FindingCode::issuer_mismatch));
    CHECK(borrowed.license() == nullptr);
    auto own = a_license();
    own.issuing_authority_name = good.world.other_body().name;
    own.id = LicenseId::make(area_type(), other_code(), "20260000001", 1).value();
    CHECK(has(good.verify(text_of(own, good.world.other)), FindingCode::authority_area));
    own.number = "例4401030001";
    CHECK(good.verify(text_of(own, good.world.other)).verdict() == Verdict::valid);
}

TEST_CASE("Whoever signs a trust list without being trusted can make a report say neither valid nor a license") {
    auto world = make_world();
    const auto pins = make_world().pins();  // another CA's
    const WrittenTrust written(world);
    const auto report = verified(text_of(a_license(), world.office), written, pins);
    CHECK(report.verdict() == Verdict::indeterminate);
    CHECK(detail(report, FindingCode::trust_unpinned) == format_fingerprint(world.ca.certificate.fingerprint()));
    CHECK(report.license() == nullptr);
}

TEST_CASE("Hostile words in names reach no output unescaped") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto hostile = std::string("evil\x1b]0;x\x07\n\xE2\x80\xAE") + std::string(5000, 'y');
    const auto report = verified(hostile, written, world.pins());
    for (const auto& finding : report.findings()) {
        CHECK(finding.detail.find('\x1b') == std::string::npos);
        CHECK(finding.detail.find('\n') == std::string::npos);
        CHECK(finding.detail.find("\xE2\x80\xAE") == std::string::npos);
        CHECK(finding.detail.size() <= 420);
    }
}
