#include "verify/preview.h"

#include "verify/detail.h"
#include "verify/trust_checks.h"

namespace elic {

Report preview_issue(const VerifyContext& context, const IssuePreview& preview) {
    Report report(context.at);
    if (!check_trust(context, report)) return report;
    auto body = context.trust->lists().front().body(preview.issuer);
    if (!body) {
        const bool absent = body.error().code == Errc::not_found;
        report.record(absent ? FindingCode::issuer_mismatch : FindingCode::trust_malformed,
                      detail_of(body.error().context));
        return report;
    }
    report.record(FindingCode::issuer_ok, detail_of(body->name));
    const BodyCertificate* listed = nullptr;
    for (const auto& certificate : body->certificates) {
        if (certificate.fingerprint == preview.certificate.fingerprint()) listed = &certificate;
    }
    if (listed == nullptr) {
        report.record(FindingCode::signer_unknown, "the trust list does not name the office's certificate");
        return report;
    }
    check_certificate(context, *listed, preview.certificate, SignatureKind::payload, preview.signed_at, report);
    check_authority(*body, preview.type, preview.area, preview.signed_at, report);
    return report;
}

}  // namespace elic
