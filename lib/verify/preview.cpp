#include "verify/preview.h"

#include <algorithm>

#include "verify/detail.h"
#include "verify/list_checks.h"
#include "verify/standing.h"

namespace elic {

namespace {

/// What would be found of a license signed by this key, in this standing.
void preview_standing(const VerifyContext& context, const IssuePreview& preview, const Standing& standing,
                      Report& report) {
    if (!check_standing(context, standing, report)) return;
    const auto& body = standing.body();
    report.record(FindingCode::issuer_ok, detail_of(body.name));
    const auto found = find_key(*context.trust, standing.path.front(), preview.certificate.fingerprint());
    if (found.fault) return report.record(found.fault->code, detail_of(found.fault->detail));
    if (!found.key) {
        return report.record(FindingCode::signer_unknown, "the trust list does not name the office's certificate");
    }
    std::optional<Certificate> root;
    if (auto fault = key_fault(context, *standing.list, standing.anchors, *found.key, SignatureKind::payload,
                               preview.signed_at, root)) {
        return report.record(fault->code, detail_of(fault->detail));
    }
    if (auto compromised = compromise_of(context, standing.anchors, *found.key)) {
        return report.record(FindingCode::certificate_compromised, detail_of(*compromised));
    }
    if (!check_test_root(context, *standing.list, *root, report)) return;
    report.record(FindingCode::certificate_ok, detail_of(found.key->certificate.subject()));
    check_authority(context, standing, preview.type, preview.area, preview.signed_at, root->fingerprint(), report);
}

/// The checks of a code have not run: among previews what was found decides, not what is open.
Verdict worst_found(const Report& report) {
    auto worst = Verdict::valid;
    for (const auto& finding : report.findings()) {
        if (finding.code != FindingCode::not_run) worst = std::max(worst, finding.verdict());
    }
    return worst;
}

/// Every standing of every entry of a body.
Result<Standings> all_standings(const VerifyContext& context, const Uscc& code) {
    const auto bodies = context.trust->bodies(code);
    if (!bodies) return tl::unexpected(bodies.error());
    Standings all;
    for (const auto& body : *bodies) {
        auto standings = standings_of(context, body);
        if (standings.fault && !all.fault) all.fault = standings.fault;
        for (auto& standing : standings.found) all.found.push_back(std::move(standing));
    }
    if (all.found.empty() && !all.fault) {
        all.fault = KeyFault{.code = FindingCode::issuer_mismatch,
                             .detail = code.text() + " is not in the trust list: ask its operator to add the office"};
    }
    return all;
}

}  // namespace

Result<IssuerStanding> standing_of_issuer(const VerifyContext& context, const Uscc& issuer) {
    auto standings = all_standings(context, issuer);
    if (!standings) return tl::unexpected(standings.error());
    if (standings->found.empty()) return fail(Errc::not_authorised, standings->fault->detail);
    const Standing* chosen = &standings->found.front();
    for (const auto& standing : standings->found) {
        Report scratch(context.at);
        if (!check_standing(context, standing, scratch)) continue;
        chosen = &standing;
        break;
    }
    return IssuerStanding{.body = chosen->body(), .list = chosen->list};
}

Report preview_issue(const VerifyContext& context, const IssuePreview& preview) {
    Report report(context.at);
    const auto standings = all_standings(context, preview.issuer);
    if (!standings) {
        report.record(FindingCode::trust_malformed, detail_of(standings.error().context));
        return report;
    }
    std::optional<Report> best;
    for (const auto& standing : standings->found) {
        Report each = report;
        preview_standing(context, preview, standing, each);
        if (!best || worst_found(each) < worst_found(*best)) best = std::move(each);
    }
    if (best) return std::move(*best);
    report.record(standings->fault->code, detail_of(standings->fault->detail));
    return report;
}

}  // namespace elic
