#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "codec/cbor.h"
#include "unit/verify/scenario.h"

using namespace elic;

namespace {

/// A good license whose claims are changed before they are signed.
Report with_claims(const std::function<void(cbor::Map&)>& change) {
    auto world = make_world();
    const WrittenTrust written(world);
    auto map = *cbor::read(claims_of(a_license()), {.depth = 3, .entries = 64, .bytes = 4096}).value().map();
    change(map);
    return verified(text_of(cbor::write(std::move(map)), world.office), written, world.pins());
}

Report without_folder(std::optional<Error> failure) {
    auto world = make_world();
    return verify_payload(
        text_of(a_license(), world.office),
        {.trust = nullptr, .trust_failure = std::move(failure), .pins = world.pins(), .at = world_time()});
}

/// The list signed by another than the world's CA.
Report signed_by(const std::function<KeyAndCertificate(TrustWorld&)>& make_signer) {
    auto world = make_world();
    auto signer = make_signer(world);
    const WrittenTrust written(world, signer.key, signer.certificate);
    return verified(text_of(a_license(), world.office), written, world.pins());
}

/// The office's own certificate, but one that the pilot CA made otherwise.
Report with_certificate(const std::function<void(TrustWorld&)>& make) {
    auto world = make_world();
    make(world);
    world.source.certificates.push_back(world.office.certificate);
    world.body().certificates = {listed(world.office.certificate)};
    const WrittenTrust written(world);
    return verified(text_of(a_license(), world.office), written, world.pins());
}

Report signed_by_encryption_key() {
    auto world = make_world();
    auto signer = published(chain_encryption_key_pem, chain_encryption_pem);
    world.source.certificates.push_back(signer.certificate);
    world.body().certificates = {listed(signer.certificate)};
    const WrittenTrust written(world);
    return verified(text_of(a_license(), signer), written, world.pins());
}

using Code = FindingCode;

std::vector<Scenario> form_scenarios() {
    const auto text_only = [](const std::string& text) {
        return [text] { return verify_payload(text, {.at = world_time()}); };
    };
    return {
        {Code::code_read, "a good license", [] { return in_world(); }},
        {Code::code_foreign, "a web address", text_only("https://example.com/")},
        {Code::code_absent, "a picture without a code",
         [] { return report_without_code(Code::code_absent, "", world_time()); }},
        {Code::input_unreadable, "a file that is no picture",
         [] { return report_without_code(Code::input_unreadable, "x", world_time()); }},
        {Code::payload_malformed, "digits that are no bytes", text_only("369199999999999999999")},
        {Code::payload_malformed, "too short", text_only("3691")},
        {Code::payload_malformed, "claims without issue date",
         [] {
             return with_claims([](cbor::Map& map) {
                 std::erase_if(map, [](auto& e) { return e.first.integer() && *e.first.integer() == 7; });
             });
         }},
        {Code::payload_malformed, "a face field that the type lacks",
         [] { return with_claims([](cbor::Map& map) { map.emplace_back(std::int64_t{-9}, std::string("x")); }); }},
        {Code::payload_newer, "another format digit", text_only("3692" + std::string(30, '1'))},
        {Code::payload_newer, "a critical claim that is not known",
         [] { return with_claims([](cbor::Map& map) { map.emplace_back(std::int64_t{13}, std::int64_t{1}); }); }},
        {Code::limit_exceeded, "more digits than any code has", text_only("3691" + std::string(6000, '1'))},
        {Code::limit_exceeded, "more text than any code has", text_only(std::string(70000, 'x'))},
        {Code::limit_exceeded, "a line that is too long",
         [] { return report_without_code(Code::limit_exceeded, "", world_time()); }},
        {Code::internal_failure, "a certificate that the system cannot read",
         [] {
             return in_folder([](TrustWorld& world, const WrittenTrust& written) {
                 const auto name = WrittenTrust::certificate_file(world.office.certificate);
                 written.remove(name);
                 std::filesystem::create_directory(written.path() / WrittenTrust::version / name);
             });
         }},
    };
}

std::vector<Scenario> trust_scenarios() {
    const auto failed = [](Errc code) { return [code] { return without_folder(Error{code, "x"}); }; };
    return {
        {Code::trust_ok, "a good list", [] { return in_world(); }},
        {Code::trust_missing, "no folder", [] { return without_folder({}); }},
        {Code::trust_missing, "a folder that is not there", failed(Errc::not_found)},
        {Code::trust_missing, "a folder that cannot be read", failed(Errc::io)},
        {Code::trust_malformed, "a damaged list", failed(Errc::malformed_trust)},
        {Code::trust_malformed, "a list beyond every limit", failed(Errc::limit_exceeded)},
        {Code::trust_malformed, "the root's certificate file is missing",
         [] {
             auto world = make_world();
             auto signer = certified(world.ca, "CN=TEST lists,C=CN", CertificatePurpose::trust_list);
             const WrittenTrust written(world, signer.key, signer.certificate);
             written.remove(WrittenTrust::certificate_file(world.ca.certificate));
             return verified(text_of(a_license(), world.office), written, world.pins());
         }},
        {Code::trust_newer, "a list of a later format", failed(Errc::newer_format)},
        {Code::trust_unpinned, "no pin",
         [] {
             auto world = make_world();
             const WrittenTrust written(world);
             return verified(text_of(a_license(), world.office), written, {});
         }},
        {Code::trust_unpinned, "a pinned signer, but none of the list's roots",
         [] {
             auto world = make_world();
             auto signer = certified(world.ca, "CN=TEST lists,C=CN", CertificatePurpose::trust_list);
             const WrittenTrust written(world, signer.key, signer.certificate);
             return verified(text_of(a_license(), world.office), written,
                             RootPins::of({signer.certificate.fingerprint()}));
         }},
        {Code::trust_signer_refused, "signed by an issuing certificate",
         [] { return signed_by([](TrustWorld& w) { return w.other; }); }},
        {Code::trust_signer_refused, "signed under a root that the list does not name",
         [] {
             return signed_by([](TrustWorld&) {
                 const auto ca = make_pilot_ca(at("2026-01-01")).value();
                 return certified(ca, "CN=TEST lists,C=CN", CertificatePurpose::trust_list);
             });
         }},
        {Code::trust_signer_refused, "signed with a certificate that had ended",
         [] {
             return signed_by([](TrustWorld& w) {
                 return certified(w.ca, "CN=TEST lists,C=CN", CertificatePurpose::trust_list, at("2025-11-02"), 0);
             });
         }},
        {Code::trust_signer_refused, "signed by a pinned root before its time",
         [] {
             return in_world([](TrustWorld& w) {
                 w.source.content.issued_at = at("2025-01-01");
                 w.source.content.not_before = at("2025-01-01");
             });
         }},
        {Code::trust_stale, "past the next update", [] { return in_world({}, {}, at("2027-11-01T00:00:01+08:00")); }},
        {Code::trust_not_yet, "before its time", [] { return in_world({}, {}, at("2026-10-31T23:59:59+08:00")); }},
        {Code::trust_test_root, "a pilot CA", [] { return in_world(); }},
        {Code::trust_test_refused, "a TEST root, and a pin that is not known to be one",
         [] {
             auto world = make_world();
             const WrittenTrust written(world);
             auto pins = world.pins();
             pins.pins.push_back({.fingerprint = sm3(as_bytes("real"))});
             return verified(text_of(a_license(), world.office), written, pins);
         }},
    };
}

std::vector<Scenario> signature_scenarios() {
    return {
        {Code::signature_ok, "a good license", [] { return in_world(); }},
        {Code::signature_wrong, "another key under the true hint",
         [] {
             auto world = make_world();
             const WrittenTrust written(world);
             const auto hint = key_hint(world.office.certificate.fingerprint());
             const auto forged = sign_payload(claims_of(a_license()), hint, world.other.key).value();
             return verified(write_payload(forged), written, world.pins());
         }},
        {Code::signer_unknown, "a stranger under his own hint",
         [] {
             auto world = make_world();
             auto stranger = certified(world.ca, "CN=TEST stranger,C=CN");
             const WrittenTrust written(world);
             return verified(text_of(a_license(), stranger), written, world.pins());
         }},
        {Code::certificate_ok, "a good license", [] { return in_world(); }},
        {Code::certificate_missing, "the signer's file is missing",
         [] {
             return in_folder([](TrustWorld& world, const WrittenTrust& written) {
                 written.remove(WrittenTrust::certificate_file(world.office.certificate));
             });
         }},
        {Code::certificate_missing, "the signer's file is another's",
         [] {
             return in_folder([](TrustWorld& world, const WrittenTrust& written) {
                 written.put(WrittenTrust::certificate_file(world.office.certificate), world.other.certificate.der());
             });
         }},
        {Code::certificate_expired, "signed after the certificate ended",
         [] {
             return with_certificate([](TrustWorld& w) {
                 w.office = certified(w.ca, "CN=TEST,C=CN", CertificatePurpose::issuing, at("2025-11-10"), 1);
             });
         }},
        {Code::certificate_expired, "signed before the certificate began",
         [] {
             auto world = make_world();
             world.office = certified(world.ca, "CN=TEST,C=CN", CertificatePurpose::issuing, at("2026-11-21"));
             world.source.certificates.push_back(world.office.certificate);
             world.body().certificates = {listed(world.office.certificate)};
             world.body().certificates[0].from = at("2026-01-01");
             const WrittenTrust written(world);
             return verified(text_of(a_license(), world.office), written, world.pins());
         }},
        {Code::certificate_chain, "a certificate of another CA",
         [] {
             return with_certificate([](TrustWorld& w) {
                 w.office = certified(make_pilot_ca(at("2025-11-01")).value(), "CN=TEST office,C=CN");
             });
         }},
        {Code::certificate_chain, "a certificate of a root that is listed and not pinned",
         [] {
             return with_certificate([](TrustWorld& w) {
                 const auto ca = make_pilot_ca(at("2025-11-01")).value();
                 w.office = certified(ca, "CN=TEST office,C=CN");
                 w.source.content.roots.push_back(ca.certificate.fingerprint());
                 w.source.certificates.push_back(ca.certificate);
             });
         }},
        {Code::certificate_usage, "listed for status lists only",
         [] {
             return in_world([](TrustWorld& w) {
                 w.body().certificates[0] = listed(w.office.certificate, SignatureKind::status_list);
             });
         }},
        {Code::certificate_usage, "a key for encryption", [] { return signed_by_encryption_key(); }},
        {Code::certificate_retired, "signed after the listed time",
         [] {
             return in_world([](TrustWorld& w) { w.body().certificates[0].until = at("2026-11-20T09:29:59+08:00"); });
         }},
        {Code::certificate_retired, "signed before the listed time",
         [] {
             return in_world([](TrustWorld& w) { w.body().certificates[0].from = at("2026-11-20T09:30:01+08:00"); });
         }},
        {Code::issuer_ok, "a good license", [] { return in_world(); }},
        {Code::issuer_mismatch, "another body's license",
         [] {
             return in_world({}, [](Metadata& license) {
                 license.id = LicenseId::make(area_type(), other_code(), "20260000001", 1).value();
             });
         }},
    };
}

std::vector<Scenario> authority_scenarios() {
    return {
        {Code::type_ok, "a good license", [] { return in_world(); }},
        {Code::type_unknown, "a pack that is not listed",
         [] { return in_world([](TrustWorld& w) { w.source.content.packs.erase(w.source.content.packs.begin()); }); }},
        {Code::type_pack_missing, "no pack file",
         [] {
             return in_folder([](TrustWorld& world, const WrittenTrust& written) {
                 written.remove(WrittenTrust::pack_file(world.source.content.packs[0]));
             });
         }},
        {Code::type_pack_altered, "another pack file",
         [] {
             return in_folder([](TrustWorld& world, const WrittenTrust& written) {
                 written.put(WrittenTrust::pack_file(world.source.content.packs[0]),
                             as_bytes(std::string(area_pack_json) + "\n"));
             });
         }},
        {Code::authority_ok, "a good license", [] { return in_world(); }},
        {Code::authority_type, "a type that was not granted",
         [] { return in_world([](TrustWorld& w) { w.body().grants.erase(w.body().grants.begin()); }); }},
        {Code::authority_time, "a grant that had ended",
         [] { return in_world([](TrustWorld& w) { w.body().grants[0].until = on("2026-11-19"); }); }},
        {Code::authority_time, "a grant that had not begun",
         [] { return in_world([](TrustWorld& w) { w.body().grants[0].from = on("2026-11-21"); }); }},
        {Code::authority_area, "a number of another city",
         [] { return in_world({}, [](Metadata& license) { license.number = "例4401030001"; }); }},
        {Code::authority_area, "a division that nobody knows",
         [] { return in_world({}, [](Metadata& license) { license.number = "例9999990001"; }); }},
    };
}

std::vector<Scenario> in_force_scenarios() {
    return {
        {Code::validity_ok, "a good license", [] { return in_world(); }},
        {Code::validity_not_yet, "before its first day",
         [] { return in_world({}, [](Metadata& license) { license.validity.valid_from = on("2026-11-24"); }); }},
        {Code::validity_expired, "after its last day",
         [] { return in_world({}, [](Metadata& license) { license.validity.valid_until = on("2026-11-22"); }); }},
        {Code::validity_expired, "after its last day, and signed later still",
         [] {
             return in_world({}, [](Metadata& license) {
                 license.validity.valid_until = on("2026-11-22");
                 license.signed_at = at("2026-11-24");
             });
         }},
        {Code::signed_later, "signed more than five minutes from now",
         [] { return in_world({}, {}, at("2026-11-20T09:24:59+08:00")); }},
        {Code::status_missing, "no status list",
         [] {
             auto world = make_world();
             const WrittenTrust written(world);
             return verified(text_of(a_license(), world.office), written, world.pins(), world_time(), {});
         }},
        {Code::status_missing_allowed, "allowed by option", [] { return in_world(); }},
    };
}

std::vector<Scenario> expectation_scenarios() {
    return {
        {Code::holder_agrees, "the holder's code", [] { return expecting(area_type(), a_citizen(), {}); }},
        {Code::holder_differs, "another holder's code",
         [] { return expecting(area_type(), "430199199001010029", {}); }},
        {Code::number_agrees, "the number", [] { return expecting(area_type(), {}, "例4301020001"); }},
        {Code::number_differs, "another number", [] { return expecting(area_type(), {}, "例4301020002"); }},
        {Code::number_unknown, "a license without a number",
         [] { return expecting(masked_type(), {}, "例4301020001"); }},
        {Code::not_run, "checks after one that stops", [] { return without_folder({}); }, Verdict::indeterminate},
    };
}

/// Each gives its finding, which decides the verdict.
void run(const std::vector<Scenario>& scenarios) {
    for (const auto& scenario : scenarios) {
        const auto& row = row_of(scenario.code);
        const auto report = scenario.report();
        INFO(row.code << ", " << scenario.what << ": " << summary(report));
        CHECK(has(report, scenario.code));
        CHECK(report.verdict() == scenario.verdict.value_or(row.verdict));
        // Who is not trusted says nothing: no license beside a finding about signature, certificate or list that is not
        // fine.
        for (const auto& finding : report.findings()) {
            if (finding.verdict() == Verdict::valid || finding.check > Check::issuer) continue;
            CHECK(report.license() == nullptr);
        }
        for (const auto& finding : report.findings()) CHECK(finding.detail.size() <= 420);
    }
}

}  // namespace

TEST_CASE("A code is read or it is said what it is") { run(form_scenarios()); }
TEST_CASE("A trust list is relied on or it is said why not") { run(trust_scenarios()); }
TEST_CASE("A signature and its certificate count or it is said why not") { run(signature_scenarios()); }
TEST_CASE("An authority may issue or it is said why not") { run(authority_scenarios()); }
TEST_CASE("A license is in force or it is said why not") { run(in_force_scenarios()); }
TEST_CASE("What was expected is there or it is said what is not") { run(expectation_scenarios()); }
TEST_CASE("A delegation counts or it is said why not") { run(hierarchy_scenarios()); }
TEST_CASE("A key that was revoked, lost or rolled over is told") { run(key_scenarios()); }
TEST_CASE("A status list answers or it is said why not") { run(status_scenarios()); }
TEST_CASE("What this machine remembers is compared") { run(memory_scenarios()); }

TEST_CASE("Every finding code has a scenario of its own") {
    std::set<FindingCode> produced;
    for (const auto& part :
         {form_scenarios(), trust_scenarios(), signature_scenarios(), authority_scenarios(), in_force_scenarios(),
          expectation_scenarios(), hierarchy_scenarios(), key_scenarios(), status_scenarios(), memory_scenarios()}) {
        for (const auto& scenario : part) produced.insert(scenario.code);
    }
    for (const auto& row : finding_rows()) {
        if (row.check >= first_document_check) continue;  // tests/unit/verify_document/scenarios.cpp
        CAPTURE(row.code);
        CHECK(produced.count(row.number) == 1);
    }
}
