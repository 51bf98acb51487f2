#include "verify/list_checks.h"

#include <algorithm>

#include "base/hex.h"
#include "verify/detail.h"
#include "verify/memory.h"
#include "verify/signing_key.h"

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

bool refuse_missing_root(const Digest& root, Report& report) {
    return refuse(report, FindingCode::trust_malformed,
                  "the certificate of the root is missing: " + format_fingerprint(root));
}

/// Says why no pinned root vouches for the list's signer.
void refuse_signer(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                   const std::string& reason, Report& report) {
    std::vector<Certificate> known;
    std::optional<Digest> unknown;
    for (const auto& root : list.roots()) {
        if (auto certificate = find_certificate(*context.trust, list, root)) {
            known.push_back(std::move(*certificate));
        } else if (!unknown) {
            unknown = root;
        }
    }
    if (const auto root = verify_chain(list.signer(), list.signer_intermediates(), known, list.issued_at())) {
        refuse(report, FindingCode::trust_unpinned, format_fingerprint(root->fingerprint()));
    } else if (anchors.missing_root) {
        refuse_missing_root(*anchors.missing_root, report);
    } else if (anchors.roots.empty() && unknown) {
        refuse(report, FindingCode::trust_unpinned, format_fingerprint(*unknown));
    } else {
        refuse(report, FindingCode::trust_signer_refused, reason);
    }
}

/// The pinned certificate that vouches for the list: its signer itself, or the root its signer chains to. Records why
/// there is none.
std::optional<Certificate> anchor_of(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                     Report& report) {
    const auto& signer = list.signer();
    if (context.pins.holds(signer.fingerprint())) {
        if (signer.valid_at(list.issued_at())) return signer;
        refuse(report, FindingCode::trust_signer_refused, signer.subject() + " was not valid when it signed the list");
        return {};
    }
    const Anchors above = anchors_of_signer(context, list, anchors);
    auto root = verify_chain(signer, above.intermediates, above.roots, list.issued_at());
    if (!root) {
        refuse_signer(context, list, anchors, root.error().context, report);
        return {};
    }
    if (!signer.may_sign_trust_lists()) {
        refuse(report, FindingCode::trust_signer_refused, signer.subject() + " was not made for trust lists");
        return {};
    }
    // Nobody above can list this certificate as compromised: its authorities' revocation lists are all there is.
    if (const auto fault = revocation_fault(context, above, signer, list.issued_at(), true)) {
        refuse(report, FindingCode::trust_signer_refused, std::string(row_of(fault->code).code) + ": " + fault->detail);
        return {};
    }
    return *root;
}

bool check_roots(const TrustList& list, const Anchors& anchors, Report& report) {
    if (!anchors.roots.empty()) return true;
    if (anchors.missing_root) return refuse_missing_root(*anchors.missing_root, report);
    return refuse(report, FindingCode::trust_unpinned, format_fingerprint(list.roots().front()));
}

bool check_times(const VerifyContext& context, const TrustList& list, Report& report) {
    if (context.at < list.not_before()) {
        return refuse(report, FindingCode::trust_not_yet, "from " + list.not_before().format());
    }
    if (list.next_update() < context.at) {
        return refuse(report, FindingCode::trust_stale, "next update was due " + list.next_update().format());
    }
    const auto name = memory_name(list);
    if (context.seen != nullptr && context.seen->is_older(name, list.number())) {
        return refuse(report, FindingCode::trust_rolled_back,
                      "list " + std::to_string(list.number()) + ", seen before: list " +
                          std::to_string(context.seen->newest.at(name).number));
    }
    return true;
}

}  // namespace

void record_no_trust(const VerifyContext& context, Report& report) {
    if (!context.trust_failure) {
        refuse(report, FindingCode::trust_missing);
    } else {
        refuse(report, code_of_failure(*context.trust_failure), context.trust_failure->context);
    }
}

bool check_test_root(const VerifyContext& context, const TrustList& list, const Certificate& root, Report& report) {
    if (!root.is_test()) return true;
    report.set_test();
    report.record(FindingCode::trust_test_root, detail_of(root.subject()));
    return !some_pin_is_real(context, list) || refuse(report, FindingCode::trust_test_refused, root.subject());
}

bool check_trust(const VerifyContext& context, const TrustList& list, const Anchors& anchors, Report& report) {
    report.set_trust(freshness_of(list.issued_at(), context.at));
    const auto anchor = anchor_of(context, list, anchors, report);
    if (!anchor || !check_roots(list, anchors, report) || !check_test_root(context, list, *anchor, report)) {
        return false;
    }
    if (!check_times(context, list, report)) return false;
    report.see(memory_name(list), list.number(), list.issued_at());
    report.record(FindingCode::trust_ok, "list " + std::to_string(list.number()) + " of " + list.issued_at().format());
    return true;
}

}  // namespace elic
