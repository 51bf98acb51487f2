#include <catch2/catch.hpp>

#include "unit/verify/tree_world.h"
#include "verify/preview.h"

using namespace elic;

namespace {

/// A world whose list is signed below an intermediate, and whose body's certificate is below it too.
struct ChainWorld {
    ChainWorld() {
        world.office = published(chain_office_key_pem, chain_office_pem);
        world.source.content.roots = {root.fingerprint()};
        world.source.content.intermediates = {intermediate.fingerprint()};
        world.source.certificates = {root, intermediate, world.office.certificate};
        world.body().certificates = {listed(world.office.certificate)};
        world.source.content.bodies.pop_back();
    }
    Report verify(const WrittenTrust& written, const Digest& pin) {
        return verified(text_of(a_license(), world.office), written, RootPins::of({pin}));
    }

    TrustWorld world = make_world();
    Certificate root = certificate_of(chain_root_pem);
    Certificate intermediate = certificate_of(chain_intermediate_pem);
    KeyAndCertificate signer = published(chain_list_key_pem, chain_list_pem);
};

/// A world under a root without TEST in its name.
struct RealWorld {
    RealWorld() {
        world.office = published(example_office_key_pem, example_office_pem);
        world.source.content.roots = {root.fingerprint()};
        world.source.certificates = {root, world.office.certificate};
        world.body().certificates = {listed(world.office.certificate)};
        world.source.content.bodies.pop_back();
    }

    TrustWorld world = make_world();
    Certificate root = certificate_of(example_root_pem);
    KeyAndCertificate signer = published(example_list_key_pem, example_list_pem);
};

}  // namespace

TEST_CASE("A list and a license below an intermediate are valid under the pinned root") {
    ChainWorld chain;
    const WrittenTrust written(chain.world, chain.signer.key, chain.signer.certificate, {chain.intermediate});
    const auto report = chain.verify(written, chain.root.fingerprint());
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::valid);
}

TEST_CASE("The list's path may carry its root; a pinned root need not lie in the folder then") {
    ChainWorld chain;
    const WrittenTrust written(chain.world, chain.signer.key, chain.signer.certificate,
                               {chain.intermediate, chain.root});
    written.remove(WrittenTrust::certificate_file(chain.root));
    CHECK(chain.verify(written, chain.root.fingerprint()).verdict() == Verdict::valid);
}

TEST_CASE("Lists may be signed under another root than licenses, carried in the path and pinned too") {
    ChainWorld chain;
    auto world = make_world();
    const WrittenTrust written(world, chain.signer.key, chain.signer.certificate, {chain.intermediate, chain.root});
    const auto text = text_of(a_license(), world.office);
    const auto both = RootPins::of({chain.root.fingerprint(), world.ca.certificate.fingerprint()});
    CHECK(verified(text, written, both).verdict() == Verdict::valid);
    CHECK(has(verified(text, written, world.pins()), FindingCode::trust_signer_refused));
}

TEST_CASE("A list whose path is missing is refused; one whose root is not pinned names it") {
    ChainWorld chain;
    const WrittenTrust pathless(chain.world, chain.signer.key, chain.signer.certificate);
    CHECK(has(chain.verify(pathless, chain.root.fingerprint()), FindingCode::trust_signer_refused));
    const WrittenTrust written(chain.world, chain.signer.key, chain.signer.certificate, {chain.intermediate});
    const auto unpinned = chain.verify(written, sm3(as_bytes("another")));
    CHECK(detail(unpinned, FindingCode::trust_unpinned) == format_fingerprint(chain.root.fingerprint()));
    CHECK_FALSE(unpinned.test());
    written.remove(WrittenTrust::certificate_file(chain.root));
    CHECK(detail(chain.verify(written, sm3(as_bytes("another"))), FindingCode::trust_unpinned) ==
          format_fingerprint(chain.root.fingerprint()));
}

TEST_CASE("A missing intermediate is a missing file, not a forgery") {
    ChainWorld chain;
    // Signed by a root of its own, so that the list itself does not carry the intermediate.
    auto world = make_world();
    chain.world.ca = world.ca;
    chain.world.source.content.roots.push_back(world.ca.certificate.fingerprint());
    chain.world.source.certificates.push_back(world.ca.certificate);
    const WrittenTrust other(chain.world);
    const auto pins = RootPins::of({chain.root.fingerprint(), world.ca.certificate.fingerprint()});
    REQUIRE(verified(text_of(a_license(), chain.world.office), other, pins).verdict() == Verdict::valid);
    other.remove(WrittenTrust::certificate_file(chain.intermediate));
    const auto report = verified(text_of(a_license(), chain.world.office), other, pins);
    CHECK(detail(report, FindingCode::certificate_missing) == format_fingerprint(chain.intermediate.fingerprint()));
    CHECK(report.verdict() == Verdict::indeterminate);
}

TEST_CASE("A pinned signer that is no root needs a pinned root besides") {
    ChainWorld chain;
    const WrittenTrust written(chain.world, chain.signer.key, chain.signer.certificate);
    const auto pins = RootPins::of({chain.root.fingerprint(), chain.signer.certificate.fingerprint()});
    const auto report = verified(text_of(a_license(), chain.world.office), written, pins);
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::valid);
    CHECK(report.test());  // both pins are TEST, the signer's known from the list itself
}

TEST_CASE("A pinned signer does not stand in for a pinned root whose file is missing") {
    ChainWorld chain;
    const WrittenTrust written(chain.world, chain.signer.key, chain.signer.certificate);
    written.remove(WrittenTrust::certificate_file(chain.root));
    const auto pins = RootPins::of({chain.root.fingerprint(), chain.signer.certificate.fingerprint()});
    const auto report = verified(text_of(a_license(), chain.world.office), written, pins);
    CHECK(detail(report, FindingCode::trust_malformed) ==
          "the certificate of the root is missing: " + format_fingerprint(chain.root.fingerprint()));
    CHECK(report.finding(Check::signature).code == FindingCode::not_run);
}

TEST_CASE("A real root gives no word of a test") {
    RealWorld real;
    const WrittenTrust written(real.world, real.signer.key, real.signer.certificate);
    const auto report =
        verified(text_of(a_license(), real.world.office), written, RootPins::of({real.root.fingerprint()}));
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::valid);
    CHECK_FALSE(report.test());
    CHECK_FALSE(has(report, FindingCode::trust_test_root));
}

TEST_CASE("A TEST root in a real list does not make its licenses real") {
    RealWorld real;
    auto test = make_world();
    real.world.source.content.roots.push_back(test.ca.certificate.fingerprint());
    real.world.source.certificates.push_back(test.ca.certificate);
    real.world.source.certificates.push_back(test.office.certificate);
    real.world.body().certificates.push_back(listed(test.office.certificate));
    const WrittenTrust written(real.world, real.signer.key, real.signer.certificate);
    const auto pins = RootPins::of({real.root.fingerprint(), test.ca.certificate.fingerprint()});
    const auto report = verified(text_of(a_license(), test.office), written, pins);
    INFO(summary(report));
    CHECK(report.verdict() == Verdict::invalid);
    CHECK(has(report, FindingCode::trust_test_refused));
    CHECK(has(report, FindingCode::trust_test_root));
    CHECK(report.test());
    CHECK(report.license() == nullptr);
    CHECK(verified(text_of(a_license(), real.world.office), written, pins).verdict() == Verdict::valid);
    // The office that asks beforehand is told the same.
    const auto trust = written.open();
    const auto issuer = office_code();
    const auto type = area_type();
    const std::string area = "430102";
    const auto preview =
        preview_issue({.trust = &trust, .pins = pins, .at = world_time()}, {.certificate = test.office.certificate,
                                                                            .issuer = issuer,
                                                                            .type = type,
                                                                            .area = area,
                                                                            .signed_at = world_time()});
    CHECK(has(preview, FindingCode::trust_test_refused));
    CHECK_FALSE(has(preview, FindingCode::certificate_ok));
    CHECK_FALSE(has(preview, FindingCode::authority_ok));
}

TEST_CASE("A key below a TEST root signs no status list for a real license") {
    RealWorld real;
    auto test = make_world();
    real.world.source.content.roots.push_back(test.ca.certificate.fingerprint());
    real.world.source.certificates.push_back(test.ca.certificate);
    real.world.source.certificates.push_back(test.office.certificate);
    real.world.body().certificates.push_back(listed(test.office.certificate, SignatureKind::status_list));
    const WrittenTrust written(real.world, real.signer.key, real.signer.certificate);
    written.put(
        "status/" + office_code().text() + "/1/9.elic",
        Tree::object(SignatureKind::status_list, write_status_list(status_list_of(office_code())), test.office));
    const auto pins = RootPins::of({real.root.fingerprint(), test.ca.certificate.fingerprint()});
    const auto report = verified(text_of(a_license(), real.world.office), written, pins);
    INFO(summary(report));
    CHECK_THAT(detail(report, FindingCode::status_signer), Catch::Contains("trust.test_refused: "));
    CHECK_FALSE(has(report, FindingCode::status_valid));
}

TEST_CASE("A real root in a TEST list does not make the list real") {
    RealWorld real;
    real.world.source.content.roots.push_back(real.world.ca.certificate.fingerprint());
    real.world.source.certificates.push_back(real.world.ca.certificate);
    const WrittenTrust written(real.world);  // signed by the pilot CA
    const auto text = text_of(a_license(), real.world.office);
    const auto pins = RootPins::of({real.root.fingerprint(), real.world.ca.certificate.fingerprint()});
    const auto report = verified(text, written, pins);
    CHECK(has(report, FindingCode::trust_test_refused));
    CHECK(report.verdict() == Verdict::invalid);
    CHECK(has(verified(text, written, RootPins::of({real.root.fingerprint()})), FindingCode::trust_unpinned));
}

TEST_CASE("A forged code under a TEST list is reported as a test too") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto hint = key_hint(world.office.certificate.fingerprint());
    const auto forged = sign_payload(claims_of(a_license()), hint, world.other.key).value();
    const auto report = verified(write_payload(forged), written, world.pins());
    CHECK(report.verdict() == Verdict::invalid);
    CHECK(report.test());
    CHECK(has(report, FindingCode::trust_test_root));
}

TEST_CASE("Two TEST pins are both TEST") {
    auto world = make_world();
    const auto other = make_pilot_ca(at("2025-11-01")).value();
    world.source.certificates.push_back(other.certificate);
    const WrittenTrust written(world);
    auto pins = world.pins();
    pins.pins.push_back({.fingerprint = other.certificate.fingerprint()});
    CHECK(verified(text_of(a_license(), world.office), written, pins).verdict() == Verdict::valid);
}

TEST_CASE("The age of the list is counted at the time asked about, never below zero") {
    auto world = make_world();
    world.source.content.issued_at = at("2026-11-23T08:30:00+08:00");
    const WrittenTrust written(world);
    const auto text = text_of(a_license(), world.office);
    CHECK(verified(text, written, world.pins()).trust().age_hours == 1);
    CHECK(verified(text, written, world.pins(), at("2026-11-22T00:00:00+08:00")).trust().age_hours == 0);
    CHECK(verified(text, written, world.pins()).trust().as_of == world.source.content.issued_at);
}

TEST_CASE("A preview says what a verifier would say of a license signed now") {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    const VerifyContext context{.trust = &trust, .pins = world.pins(), .at = world_time()};
    const auto issuer = office_code();
    const auto type = area_type();
    const std::string here = "430102", elsewhere = "440100";
    const auto preview = [&](const Certificate& certificate, const Uscc& code, const std::string& area) {
        return preview_issue(
            context,
            {.certificate = certificate, .issuer = code, .type = type, .area = area, .signed_at = world_time()});
    };
    const auto fine = preview(world.office.certificate, issuer, here);
    for (const auto code :
         {FindingCode::trust_ok, FindingCode::issuer_ok, FindingCode::certificate_ok, FindingCode::authority_ok}) {
        CHECK(has(fine, code));
    }
    CHECK(fine.verdict() == Verdict::indeterminate);  // the checks of a code have not run
    CHECK(has(preview(world.office.certificate, issuer, elsewhere), FindingCode::authority_area));
    CHECK(has(preview(world.other.certificate, issuer, here), FindingCode::signer_unknown));
    CHECK(has(preview(world.office.certificate, uscc_of("11990199MB00TX017"), here), FindingCode::issuer_mismatch));
    const VerifyContext unpinned{.trust = &trust, .pins = {}, .at = world_time()};
    const auto refused = preview_issue(unpinned, {.certificate = world.office.certificate,
                                                  .issuer = issuer,
                                                  .type = type,
                                                  .area = here,
                                                  .signed_at = world_time()});
    CHECK(has(refused, FindingCode::trust_unpinned));
    CHECK_FALSE(has(refused, FindingCode::authority_ok));
}

TEST_CASE("A stranger's list is refused as that, whichever of its roots are pinned or there") {
    auto world = make_world();
    const auto stranger = make_pilot_ca(at("2026-01-01")).value();
    auto signer = certified(stranger, "CN=TEST lists,C=CN", CertificatePurpose::trust_list);
    const auto refusal = [&](const RootPins& pins) {
        const WrittenTrust written(world, signer.key, signer.certificate);
        return verified(text_of(a_license(), world.office), written, pins);
    };
    // Every root is there, none is pinned; then one is pinned and there, another neither.
    CHECK(has(refusal(RootPins::of({sm3(as_bytes("another"))})), FindingCode::trust_signer_refused));
    world.source.content.roots.push_back(sm3(as_bytes("a root whose certificate is not there")));
    std::sort(world.source.content.roots.begin(), world.source.content.roots.end());
    CHECK(has(refusal(world.pins()), FindingCode::trust_signer_refused));
}

TEST_CASE("A pinned signer that was not valid is refused for that") {
    const auto report = in_world([](TrustWorld& w) {
        w.source.content.issued_at = at("2025-01-01");
        w.source.content.not_before = at("2025-01-01");
    });
    CHECK_THAT(detail(report, FindingCode::trust_signer_refused),
               Catch::EndsWith("was not valid when it signed the list"));
}

TEST_CASE("A list is held against the pin of the root that its signer reaches") {
    // Lists under one root, licenses under another; the first is relied on for another type only.
    ChainWorld chain;
    auto world = make_world();
    const WrittenTrust written(world, chain.signer.key, chain.signer.certificate, {chain.intermediate, chain.root});
    const auto text = text_of(a_license(), world.office);
    RootPins pins{.pins = {{.fingerprint = world.ca.certificate.fingerprint()},
                           {.fingerprint = chain.root.fingerprint(), .types = {area_type()}}}};
    CHECK(verified(text, written, pins).verdict() == Verdict::valid);
    pins.pins[1].types = {masked_type()};
    CHECK(has(verified(text, written, pins), FindingCode::authority_root_type));
}

TEST_CASE("A key below a real root, all pins being real, signs status lists") {
    RealWorld real;
    auto publisher = published(example_office_key_pem, example_office_pem);
    real.world.body().certificates[0].kinds |= 1U << static_cast<unsigned>(SignatureKind::status_list);
    const WrittenTrust written(real.world, real.signer.key, real.signer.certificate);
    written.put("status/" + office_code().text() + "/1/9.elic",
                Tree::object(SignatureKind::status_list, write_status_list(status_list_of(office_code())), publisher));
    const auto report = verified(text_of(a_license(), real.world.office), written,
                                 RootPins::of({real.root.fingerprint()}), world_time(), {});
    INFO(summary(report));
    CHECK(has(report, FindingCode::status_valid));
}
