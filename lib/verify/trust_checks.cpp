#include "verify/trust_checks.h"

#include <algorithm>

#include "base/text.h"

namespace elic {

namespace {

bool refuse(Report& report, FindingCode code, const std::string& detail = {}) {
    report.record(code, escape_for_output(detail));
    return false;
}

FindingCode code_of_failure(const Error& error) {
    if (error.code == Errc::newer_format) return FindingCode::trust_newer;
    return error.code == Errc::not_found || error.code == Errc::io ? FindingCode::trust_missing : FindingCode::trust_malformed;
}

std::vector<Certificate> certificates_of(const TrustFolder& folder, const std::vector<Digest>& fingerprints) {
    std::vector<Certificate> certificates;
    for (const auto& fingerprint : fingerprints) {
        if (auto certificate = folder.certificate(fingerprint)) certificates.push_back(std::move(*certificate));
    }
    return certificates;
}

/// The pinned certificate that vouches for the list: its signer itself, or the root its signer chains to. Records why there is none.
std::optional<Certificate> anchor_of(const VerifyContext& context, Report& report) {
    const auto& list = context.trust->list();
    const auto& signer = list.signer();
    if (context.pins.holds(signer.fingerprint())) {
        if (signer.valid_at(list.issued_at())) return signer;
        refuse(report, FindingCode::trust_signer_refused, signer.subject() + " was not valid when it signed the list");
        return {};
    }
    const auto roots = pinned_roots(context);
    if (roots.empty()) {
        const auto& named = list.roots().front();
        refuse(report, FindingCode::trust_unpinned, format_fingerprint(named));
        return {};
    }
    auto root = verify_chain(signer, list.signer_intermediates(), roots, list.issued_at());
    if (!root) {
        refuse(report, FindingCode::trust_signer_refused, root.error().context);
        return {};
    }
    if (!signer.may_sign_trust_lists()) {
        refuse(report, FindingCode::trust_signer_refused, signer.subject());
        return {};
    }
    return *root;
}

/// A pin counts as real unless the folder holds its certificate and that says TEST.
bool some_pin_is_real(const VerifyContext& context) {
    return std::any_of(context.pins.fingerprints.begin(), context.pins.fingerprints.end(), [&](const Digest& pin) {
        auto certificate = context.trust->certificate(pin);
        return !certificate || !certificate->is_test();
    });
}

std::string window(Timestamp from, const std::optional<Timestamp>& until) { return from.format() + " .. " + (until ? until->format() : "open"); }

}  // namespace

std::vector<Certificate> pinned_roots(const VerifyContext& context) {
    std::vector<Digest> pinned;
    for (const auto& root : context.trust->list().roots()) {
        if (context.pins.holds(root)) pinned.push_back(root);
    }
    return certificates_of(*context.trust, pinned);
}

bool check_trust(const VerifyContext& context, Report& report) {
    if (context.trust == nullptr) {
        const auto code = context.trust_failure ? code_of_failure(*context.trust_failure) : FindingCode::trust_missing;
        return refuse(report, code, context.trust_failure ? context.trust_failure->context : "");
    }
    const auto& list = context.trust->list();
    report.set_trust({.as_of = list.issued_at(), .age_hours = std::max<std::int64_t>(0, (context.at.unix_seconds() - list.issued_at().unix_seconds()) / 3600)});
    const auto anchor = anchor_of(context, report);
    if (!anchor) return false;
    if (anchor->is_test()) {
        report.set_test();
        report.record(FindingCode::trust_test_root, escape_for_output(anchor->subject()));
        if (some_pin_is_real(context)) return refuse(report, FindingCode::trust_test_refused, anchor->subject());
    }
    if (context.at < list.not_before()) return refuse(report, FindingCode::trust_not_yet, "from " + list.not_before().format());
    if (list.next_update() < context.at) return refuse(report, FindingCode::trust_stale, "next update was due " + list.next_update().format());
    report.record(FindingCode::trust_ok, "list " + std::to_string(list.number()) + " of " + list.issued_at().format());
    return true;
}

bool check_certificate(const VerifyContext& context, const BodyCertificate& listed, const Certificate& certificate, SignatureKind kind, Timestamp signed_at,
                       Report& report) {
    if (!listed.may(kind) || !certificate.may_sign()) return refuse(report, FindingCode::certificate_usage, certificate.subject());
    if (signed_at < listed.from || (listed.until && *listed.until < signed_at)) {
        return refuse(report, FindingCode::certificate_retired, "listed " + window(listed.from, listed.until) + ", signed " + signed_at.format());
    }
    if (!certificate.valid_at(signed_at)) {
        return refuse(report, FindingCode::certificate_expired,
                      "valid " + window(certificate.not_before(), certificate.not_after()) + ", signed " + signed_at.format());
    }
    const auto intermediates = certificates_of(*context.trust, context.trust->list().intermediates());
    const auto root = verify_chain(certificate, intermediates, pinned_roots(context), signed_at);
    if (!root) return refuse(report, FindingCode::certificate_chain, root.error().context);
    report.record(FindingCode::certificate_ok, escape_for_output(certificate.subject()));
    return true;
}

bool check_authority(const IssuingBody& body, const LicenseTypeCode& type, const std::string& area, Timestamp signed_at, Report& report) {
    const auto day = signed_at.day();
    bool granted = false;
    bool granted_then = false;
    const auto where = area.empty() ? std::optional<AreaCode>() : [&]() -> std::optional<AreaCode> {
        auto code = AreaCode::parse(area);
        return code ? std::optional(*code) : std::nullopt;
    }();
    for (const auto& grant : body.grants) {
        if (grant.type != type) continue;
        granted = true;
        if (day < grant.from || (grant.until && *grant.until < day)) continue;
        granted_then = true;
        const bool there = area.empty() || std::any_of(grant.areas.begin(), grant.areas.end(), [&](const AreaCode& granted_area) {
                               return granted_area.text() == "000000" || (where && granted_area.contains(*where));
                           });
        if (!there) continue;
        report.record(FindingCode::authority_ok, escape_for_output(body.name));
        return true;
    }
    if (!granted) return refuse(report, FindingCode::authority_type, body.name);
    if (!granted_then) return refuse(report, FindingCode::authority_time, body.name + ", signed on " + day.format());
    return refuse(report, FindingCode::authority_area, body.name + ", division " + area);
}

}  // namespace elic
