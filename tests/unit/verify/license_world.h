#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

#include "elic/license/citizen_id.h"
#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"
#include "payload/claims.h"
#include "unit/trust/trust_world.h"

namespace elic {

/// A citizen number that nobody has: division 430199 is not assigned; its check character is computed.
inline std::string a_citizen() {
    for (char c : std::string("0123456789X")) {
        if (auto id = CitizenId::parse("43019919900101001" + std::string(1, c))) return id->text();
    }
    std::abort();
}

inline Timestamp signing_time() { return at("2026-11-20T09:30:00+08:00"); }

/// A license of the world's first body; a test may change what it likes.
inline Metadata a_license(const LicenseTypeCode& type = area_type()) {
    const auto citizen = HolderCodeType::parse("111").value();
    return {.id = LicenseId::make(type, office_code(), "20260000001", 1).value(),
            .license_name = "",
            .number = type == area_type() ? "例4301020001" : "",
            .issuing_authority_name = "示例市住房和城乡建设局",
            .holders = {{.name = "张样例", .code_type = citizen, .code = a_citizen()}},
            .issued_on = on("2026-11-20"),
            .validity = {.form = ValidityForm::until, .valid_from = on("2026-11-20"), .valid_until = on("2029-11-19")},
            .face = {},
            .signed_at = signing_time(),
            .status = {.list = 1, .index = 42},
            .previous = {}};
}

/// The face as the issuing side gives it: what derives is there.
inline Bytes claims_of(Metadata license) {
    const auto json = license.id.type() == area_type() ? area_pack_json : masked_pack_json;
    const auto pack = read_type_pack(as_bytes(json)).value();
    if (license.id.type() == area_type()) {
        license.face.push_back({.label = "发证机关", .key = "FZJG", .text = license.issuing_authority_name});
    }
    return write_claims(license, pack).value();
}

inline std::string text_of(const Bytes& claims, KeyAndCertificate& signatory) {
    return write_payload(sign_payload(claims, key_hint(signatory.certificate.fingerprint()), signatory.key).value());
}

inline std::string text_of(const Metadata& license, KeyAndCertificate& signatory) {
    return text_of(claims_of(license), signatory);
}

/// Verifies against a folder opened anew: with its pins, at world_time, status lists not asked for.
inline Report verified(const std::string& text, const WrittenTrust& written, const RootPins& pins,
                       Timestamp when = world_time(), VerifyPolicy policy = {.allow_missing_status = true}) {
    const auto trust = written.open();
    return verify_payload(text, {.trust = &trust, .pins = pins, .at = when, .policy = policy});
}

inline const Finding* find(const Report& report, FindingCode code) {
    const auto findings = report.findings();
    const auto at_code =
        std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.code == code; });
    return at_code == findings.end() ? nullptr : &*at_code;
}

inline bool has(const Report& report, FindingCode code) { return find(report, code) != nullptr; }

inline std::string detail(const Report& report, FindingCode code) {
    const auto* finding = find(report, code);
    return finding != nullptr ? finding->detail : "(no such finding)";
}

/// All findings in one line, for messages.
inline std::string summary(const Report& report) {
    std::string all = std::string(name_of(report.verdict())) + ":";
    for (const auto& finding : report.findings()) {
        all +=
            " " + std::string(row_of(finding.code).code) + (finding.detail.empty() ? "" : "(" + finding.detail + ")");
    }
    return all;
}

inline Report in_world(const std::function<void(TrustWorld&)>& change = {},
                       const std::function<void(Metadata&)>& license = {}, Timestamp when = world_time(),
                       const LicenseTypeCode& type = area_type()) {
    auto world = make_world();
    if (change) change(world);
    auto said = a_license(type);
    if (license) license(said);
    const WrittenTrust written(world);
    return verified(text_of(said, world.office), written, world.pins(), when);
}

/// A good license, verified against a folder that was changed after it was written.
inline Report in_folder(const std::function<void(TrustWorld&, const WrittenTrust&)>& change) {
    auto world = make_world();
    const WrittenTrust written(world);
    change(world, written);
    return verified(text_of(a_license(), world.office), written, world.pins());
}

inline Report expecting(const LicenseTypeCode& type, std::optional<std::string> holder,
                        std::optional<std::string> number) {
    auto world = make_world();
    const WrittenTrust written(world);
    const auto trust = written.open();
    return verify_payload(text_of(a_license(type), world.office), {.trust = &trust,
                                                                   .pins = world.pins(),
                                                                   .at = world_time(),
                                                                   .policy = VerifyPolicy{.allow_missing_status = true},
                                                                   .expect_holder = std::move(holder),
                                                                   .expect_number = std::move(number)});
}

}  // namespace elic
