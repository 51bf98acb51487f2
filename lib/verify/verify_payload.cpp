#include "elic/verify/verify_payload.h"

#include "base/text.h"
#include "elic/payload/payload.h"
#include "payload/claims.h"
#include "payload/number_context.h"
#include "verify/preview.h"
#include "verify/trust_checks.h"

namespace elic {

namespace {

constexpr std::int64_t clock_tolerance_seconds = 300;

/// Whose key signed: the body, its listed certificate, the certificate itself.
struct Signatory {
    IssuingBody body;
    BodyCertificate listed;
    Certificate certificate;
};

/// One verification, check by check; each step records its finding and says whether to go on.
class Verification {
public:
    Verification(const VerifyContext& context, Report& report) : context_(context), report_(report) {}

    void run(std::string_view text) {
        if (!read_form(text) || !check_trust(context_, report_)) return;
        if (!find_signatory() || !read_claims_of()) return;
        if (!check_certificate(context_, signatory_->listed, signatory_->certificate, SignatureKind::payload, claims_->signed_at, report_)) return;
        if (!check_issuer()) return;
        read_license();
        check_validity();
        check_status();
        check_expectations();
    }

private:
    bool stop(FindingCode code, const std::string& detail = {}) {
        report_.record(code, escape_for_output(detail));
        return false;
    }

    bool read_form(std::string_view given) {
        const auto text = normalise_code_text(given);
        switch (lead_of(text)) {
            case PayloadLead::foreign: {
                const auto foreign = name_foreign_code(text);
                return stop(FindingCode::code_foreign, foreign.family + ": " + foreign.zh + " / " + foreign.en);
            }
            case PayloadLead::newer: return stop(FindingCode::payload_newer);
            case PayloadLead::ours: break;
        }
        auto payload = read_payload(text);
        if (!payload) {
            const bool limit = payload.error().code == Errc::limit_exceeded;
            return stop(limit ? FindingCode::limit_exceeded : FindingCode::payload_malformed, payload.error().context);
        }
        payload_ = std::move(*payload);
        report_.record(FindingCode::code_read);
        return true;
    }

    /// The hint is a hint: every certificate it fits is tried.
    bool find_signatory() {
        auto bodies = context_.trust->list().bodies_with_key(payload_->hint);
        if (!bodies) return stop(FindingCode::trust_malformed, bodies.error().context);
        bool fits = false;
        bool missing = false;
        for (auto& body : *bodies) {
            for (const auto& listed : body.certificates) {
                if (key_hint(listed.fingerprint) != payload_->hint) continue;
                fits = true;
                auto certificate = context_.trust->certificate(listed.fingerprint);
                if (!certificate) {
                    missing = true;
                    continue;
                }
                if (!signature_holds(*payload_, certificate->public_key())) continue;
                report_.record(FindingCode::signature_ok);
                signatory_ = Signatory{.body = std::move(body), .listed = listed, .certificate = *certificate};
                return true;
            }
        }
        if (missing) return stop(FindingCode::certificate_missing);
        return stop(fits ? FindingCode::signature_wrong : FindingCode::signer_unknown);
    }

    bool read_claims_of() {
        auto claims = read_claims(payload_->claims);
        if (!claims) {
            const bool limit = claims.error().code == Errc::limit_exceeded;
            return stop(limit ? FindingCode::limit_exceeded : FindingCode::payload_malformed, claims.error().context);
        }
        if (claims->critical_unknown) return stop(FindingCode::payload_newer);
        claims_ = std::move(*claims);
        return true;
    }

    bool check_issuer() {
        if (claims_->issuer != signatory_->body.code) {
            return stop(FindingCode::issuer_mismatch, "says " + claims_->issuer.text() + ", signed by " + signatory_->body.code.text());
        }
        report_.record(FindingCode::issuer_ok, escape_for_output(signatory_->body.name));
        return true;
    }

    /// Type, authority, and what the license says. Without the pack the base claims are shown.
    void read_license() {
        const auto* entry = context_.trust->list().pack(claims_->pack);
        if (entry == nullptr) {
            stop(FindingCode::type_unknown);
            return;
        }
        auto pack = context_.trust->pack(*entry);
        if (!pack) {
            stop(pack.error().code == Errc::unknown_type ? FindingCode::type_pack_missing : FindingCode::type_pack_altered, pack.error().context);
            check_authority(signatory_->body, entry->type, "", claims_->signed_at, report_);
            if (auto license = to_base_metadata(*claims_, entry->type, signatory_->body.name)) {
                license->license_name = entry->name;
                report_.set_license(std::move(*license));
            }
            return;
        }
        auto license = to_metadata(*claims_, payload_->claims, **pack, signatory_->body.name);
        if (!license) {
            stop(FindingCode::payload_malformed, license.error().context);
            return;
        }
        report_.record(FindingCode::type_ok, escape_for_output((*pack)->name));
        const auto reading = read_number((*pack)->number, license->number, number_context(*license, **pack, license->holders));
        check_authority(signatory_->body, entry->type, reading ? reading->area : "", claims_->signed_at, report_);
        report_.set_license(std::move(*license));
    }

    void check_validity() {
        const auto& validity = claims_->validity;
        if (context_.at.unix_seconds() + clock_tolerance_seconds < claims_->signed_at.unix_seconds()) {
            stop(FindingCode::signed_later, "signed " + claims_->signed_at.format());
        } else if (!validity.started(context_.at)) {
            stop(FindingCode::validity_not_yet, "from " + validity.valid_from.format());
        } else if (validity.ended(context_.at)) {
            stop(FindingCode::validity_expired, "until " + validity.valid_until->format());
        } else {
            report_.record(FindingCode::validity_ok, validity.form == ValidityForm::none ? "no validity period" : format(validity));
        }
    }

    void check_status() {
        report_.record(context_.policy.allow_missing_status ? FindingCode::status_missing_allowed : FindingCode::status_missing,
                       "list " + std::to_string(claims_->status.list) + ", entry " + std::to_string(claims_->status.index));
    }

    void check_expectations() {
        if (context_.expect_holder) {
            bool agrees = false;
            bool masked = false;
            for (const auto& holder : claims_->holders) {
                if (!code_agrees(holder.code, *context_.expect_holder)) continue;
                agrees = true;
                masked = holder.masked();
            }
            report_.record(agrees ? FindingCode::holder_agrees : FindingCode::holder_differs, masked ? "masked: the characters shown agree" : "");
        }
        if (context_.expect_number) {
            const auto* license = report_.license();
            if (license == nullptr || license->number.empty()) {
                report_.record(FindingCode::number_unknown);
            } else {
                const bool agrees = fold_width(license->number) == fold_width(*context_.expect_number);
                report_.record(agrees ? FindingCode::number_agrees : FindingCode::number_differs);
            }
        }
    }

    const VerifyContext& context_;
    Report& report_;
    std::optional<Payload> payload_;
    std::optional<Signatory> signatory_;
    std::optional<Claims> claims_;
};

}  // namespace

Report verify_payload(std::string_view text, const VerifyContext& context) {
    Report report(context.at);
    if (context.policy.allow_missing_status) report.set_allowed({"allow-missing-status"});
    Verification(context, report).run(text);
    return report;
}

Report report_without_code(FindingCode reason, std::string detail, Timestamp at) {
    Report report(at);
    report.record(reason, std::move(detail));
    return report;
}

Report preview_issue(const VerifyContext& context, const IssuePreview& preview) {
    Report report(context.at);
    if (!check_trust(context, report)) return report;
    auto body = context.trust->list().body(preview.issuer);
    if (!body) {
        report.record(FindingCode::issuer_mismatch, escape_for_output(body.error().context));
        return report;
    }
    report.record(FindingCode::issuer_ok, escape_for_output(body->name));
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
