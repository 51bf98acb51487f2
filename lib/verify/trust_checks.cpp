#include "verify/trust_checks.h"

#include <algorithm>

#include "verify/detail.h"

namespace elic {

namespace {

bool refuse(Report& report, FindingCode code, const std::string& detail = {}) {
    report.record(code, detail_of(detail));
    return false;
}

FindingCode code_of_failure(const Error& error) {
    if (error.code == Errc::newer_format) return FindingCode::trust_newer;
    const bool absent = error.code == Errc::not_found || error.code == Errc::io;
    return absent ? FindingCode::trust_missing : FindingCode::trust_malformed;
}

/// A certificate by its fingerprint: out of the list itself, which carries its signer's path, or out of the folder.
std::optional<Certificate> find_certificate(const TrustFolder& trust, const Digest& fingerprint) {
    if (trust.lists().front().signer().fingerprint() == fingerprint) return trust.lists().front().signer();
    for (const auto& certificate : trust.lists().front().signer_intermediates()) {
        if (certificate.fingerprint() == fingerprint) return certificate;
    }
    auto certificate = trust.certificate(fingerprint);
    return certificate ? std::optional(std::move(*certificate)) : std::nullopt;
}

/// Certificates found, and the first that is not there.
struct Found {
    std::vector<Certificate> certificates;
    std::optional<Digest> missing;
};

Found find_certificates(const TrustFolder& trust, const std::vector<Digest>& fingerprints) {
    Found found;
    for (const auto& fingerprint : fingerprints) {
        if (auto certificate = find_certificate(trust, fingerprint)) {
            found.certificates.push_back(std::move(*certificate));
        } else if (!found.missing) {
            found.missing = fingerprint;
        }
    }
    return found;
}

/// The roots of the list that this machine relies on.
Found pinned_roots(const VerifyContext& context) {
    std::vector<Digest> pinned;
    for (const auto& root : context.trust->lists().front().roots()) {
        if (context.pins.holds(root)) pinned.push_back(root);
    }
    return find_certificates(*context.trust, pinned);
}

/// Says why no pinned root vouches for the list's signer.
void refuse_signer(const VerifyContext& context, const Found& pinned, const std::string& reason, Report& report) {
    const auto& list = context.trust->lists().front();
    const auto known = find_certificates(*context.trust, list.roots());
    if (const auto root =
            verify_chain(list.signer(), list.signer_intermediates(), known.certificates, list.issued_at())) {
        refuse(report, FindingCode::trust_unpinned, format_fingerprint(root->fingerprint()));
    } else if (pinned.missing) {
        refuse(report, FindingCode::trust_malformed,
               "the certificate of the root is missing: " + format_fingerprint(*pinned.missing));
    } else if (pinned.certificates.empty() && known.missing) {
        refuse(report, FindingCode::trust_unpinned, format_fingerprint(*known.missing));
    } else {
        refuse(report, FindingCode::trust_signer_refused, reason);
    }
}

/// The pinned certificate that vouches for the list: its signer itself, or the root its signer chains to. Records why
/// there is none.
std::optional<Certificate> anchor_of(const VerifyContext& context, const Found& pinned, Report& report) {
    const auto& list = context.trust->lists().front();
    const auto& signer = list.signer();
    if (context.pins.holds(signer.fingerprint())) {
        if (signer.valid_at(list.issued_at())) return signer;
        refuse(report, FindingCode::trust_signer_refused, signer.subject() + " was not valid when it signed the list");
        return {};
    }
    auto roots = pinned.certificates;
    for (const auto& carried : list.signer_intermediates()) {
        if (context.pins.holds(carried.fingerprint())) roots.push_back(carried);
    }
    auto root = verify_chain(signer, list.signer_intermediates(), roots, list.issued_at());
    if (!root) {
        refuse_signer(context, pinned, root.error().context, report);
        return {};
    }
    if (!signer.may_sign_trust_lists()) {
        refuse(report, FindingCode::trust_signer_refused, signer.subject() + " was not made for trust lists");
        return {};
    }
    return *root;
}

/// A pin counts as real unless its certificate is at hand and says TEST.
bool some_pin_is_real(const VerifyContext& context) {
    const auto& pins = context.pins.pins;
    return std::any_of(pins.begin(), pins.end(), [&](const RootPin& pin) {
        const auto certificate = find_certificate(*context.trust, pin.fingerprint);
        return !certificate || !certificate->is_test();
    });
}

/// A TEST root is said aloud, and does not count where a real one is pinned. False: it ends here.
bool check_test_root(const VerifyContext& context, const Certificate& root, Report& report) {
    if (!root.is_test()) return true;
    report.set_test();
    report.record(FindingCode::trust_test_root, detail_of(root.subject()));
    return !some_pin_is_real(context) || refuse(report, FindingCode::trust_test_refused, root.subject());
}

bool check_roots(const VerifyContext& context, const Found& pinned, Report& report) {
    if (!pinned.certificates.empty()) return true;
    if (pinned.missing) {
        return refuse(report, FindingCode::trust_malformed,
                      "the certificate of the root is missing: " + format_fingerprint(*pinned.missing));
    }
    return refuse(report, FindingCode::trust_unpinned, format_fingerprint(context.trust->lists().front().roots().front()));
}

std::string window(Timestamp from, const std::optional<Timestamp>& until) {
    return from.format() + " .. " + (until ? until->format() : "open");
}

/// The chain of a body's certificate. A file that is missing can explain a broken chain, and is nobody's forgery.
bool check_chain(const VerifyContext& context, const Certificate& certificate, Timestamp signed_at, Report& report) {
    const auto roots = pinned_roots(context);
    const auto intermediates = find_certificates(*context.trust, context.trust->lists().front().intermediates());
    const auto root = verify_chain(certificate, intermediates.certificates, roots.certificates, signed_at);
    if (root) return check_test_root(context, *root, report);
    if (root.error().code != Errc::chain_broken)
        return refuse(report, FindingCode::internal_failure, root.error().context);
    for (const auto& missing : {intermediates.missing, roots.missing}) {
        if (missing) return refuse(report, FindingCode::certificate_missing, format_fingerprint(*missing));
    }
    return refuse(report, FindingCode::certificate_chain, root.error().context);
}

}  // namespace

bool check_trust(const VerifyContext& context, Report& report) {
    if (context.trust == nullptr) {
        if (!context.trust_failure) return refuse(report, FindingCode::trust_missing);
        return refuse(report, code_of_failure(*context.trust_failure), context.trust_failure->context);
    }
    const auto& list = context.trust->lists().front();
    const auto age = context.at.unix_seconds() - list.issued_at().unix_seconds();
    report.set_trust({.as_of = list.issued_at(), .age_hours = std::max<std::int64_t>(0, age / 3600)});
    const auto pinned = pinned_roots(context);
    const auto anchor = anchor_of(context, pinned, report);
    if (!anchor || !check_roots(context, pinned, report) || !check_test_root(context, *anchor, report)) return false;
    if (context.at < list.not_before()) {
        return refuse(report, FindingCode::trust_not_yet, "from " + list.not_before().format());
    }
    if (list.next_update() < context.at) {
        return refuse(report, FindingCode::trust_stale, "next update was due " + list.next_update().format());
    }
    report.record(FindingCode::trust_ok, "list " + std::to_string(list.number()) + " of " + list.issued_at().format());
    return true;
}

bool check_certificate(const VerifyContext& context, const BodyCertificate& listed, const Certificate& certificate,
                       SignatureKind kind, Timestamp signed_at, Report& report) {
    if (!listed.may(kind)) {
        const std::string detail = certificate.subject() + ": not listed for " + std::string(name_of(kind));
        return refuse(report, FindingCode::certificate_usage, detail);
    }
    if (!certificate.may_sign()) {
        return refuse(report, FindingCode::certificate_usage, certificate.subject() + ": its key usage has no signing");
    }
    if (signed_at < listed.from || (listed.until && *listed.until < signed_at)) {
        const std::string detail = "listed " + window(listed.from, listed.until) + ", signed " + signed_at.format();
        return refuse(report, FindingCode::certificate_retired, detail);
    }
    if (!certificate.valid_at(signed_at)) {
        const std::string validity = window(certificate.not_before(), certificate.not_after());
        return refuse(report, FindingCode::certificate_expired, "valid " + validity + ", signed " + signed_at.format());
    }
    if (!check_chain(context, certificate, signed_at, report)) return false;
    report.record(FindingCode::certificate_ok, detail_of(certificate.subject()));
    return true;
}

bool check_authority(const IssuingBody& body, const LicenseTypeCode& type, const std::string& area, Timestamp signed_at,
                     Report& report) {
    const auto day = signed_at.day();
    const auto place = area.empty() ? Result<AreaCode>(fail(Errc::not_found, "")) : AreaCode::parse(area);
    // A division code that nobody knows lies in the country and nowhere else.
    const auto covers = [&](const AreaCode& granted) {
        return area.empty() || granted.text() == "000000" || (place && granted.contains(*place));
    };
    bool granted = false;
    bool granted_then = false;
    for (const auto& grant : body.grants) {
        if (grant.type != type) continue;
        granted = true;
        if (day < grant.from || (grant.until && *grant.until < day)) continue;
        granted_then = true;
        if (!std::any_of(grant.areas.begin(), grant.areas.end(), covers)) continue;
        report.record(FindingCode::authority_ok, detail_of(body.name));
        return true;
    }
    if (!granted) return refuse(report, FindingCode::authority_type, body.name);
    if (!granted_then) return refuse(report, FindingCode::authority_time, body.name + ", signed on " + day.format());
    return refuse(report, FindingCode::authority_area, body.name + ", division " + area);
}

}  // namespace elic
