#include "elic/verify/verify_payload.h"

#include <exception>

#include "base/hex.h"
#include "base/text.h"
#include "elic/payload/payload.h"
#include "payload/claims.h"
#include "payload/number_context.h"
#include "verify/detail.h"
#include "verify/trust_checks.h"

namespace elic {

namespace {

constexpr std::int64_t clock_tolerance_seconds = 300;
constexpr std::size_t max_code_text =
    64 << 10;  ///< a code has at most 6,000 digits; full width and line breaks add to it

/// Whose key signed: the body, its listed certificate, the certificate itself.
struct Signatory {
    IssuingBody body;
    BodyCertificate listed;
    Certificate certificate;
};

/// Numbers are compared as people read them: width, brackets and blanks aside.
std::string folded_number(std::string_view number) {
    auto folded = fold_width(number);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return folded;
}

/// One verification, check by check; each step records its finding and says whether to go on.
class Verification {
public:
    Verification(const VerifyContext& context, Report& report) : context_(context), report_(report) {}

    void run(std::string_view text) {
        if (!read_form(text) || !check_trust(context_, report_)) return;
        if (!find_signatory() || !read_base_claims()) return;
        const auto& [body, listed, certificate] = *signatory_;
        const auto signed_at = claims_->signed_at;
        if (!check_certificate(context_, listed, certificate, SignatureKind::payload, signed_at, report_)) return;
        if (!check_issuer() || !read_license()) return;
        check_validity();
        check_status();
        check_expectations();
    }

private:
    bool stop(FindingCode code, const std::string& detail = {}) {
        report_.record(code, detail_of(detail));
        return false;
    }

    bool stop_malformed(const Error& error) {
        const bool limit = error.code == Errc::limit_exceeded;
        return stop(limit ? FindingCode::limit_exceeded : FindingCode::payload_malformed, error.context);
    }

    bool read_form(std::string_view given) {
        if (given.size() > max_code_text)
            return stop(FindingCode::limit_exceeded, "the text of a code is at most 64 KiB");
        const auto text = normalise_code_text(given);
        switch (lead_of(text)) {
            case PayloadLead::foreign: {
                const auto foreign = name_foreign_code(text);
                return stop(FindingCode::code_foreign, foreign.family + ": " + foreign.zh + " / " + foreign.en);
            }
            case PayloadLead::newer:
                return stop(FindingCode::payload_newer, "the code begins with " + text.substr(0, 4));
            case PayloadLead::ours:
                break;
        }
        auto payload = read_payload(text);
        if (!payload) return stop_malformed(payload.error());
        payload_ = std::move(*payload);
        report_.record(FindingCode::code_read);
        return true;
    }

    /// The hint is a hint: every certificate it fits is tried.
    bool find_signatory() {
        auto bodies = context_.trust->lists().front().bodies_with_key(payload_->hint);
        if (!bodies) return stop(FindingCode::trust_malformed, bodies.error().context);
        bool fits = false;
        std::optional<Digest> missing;
        for (auto& body : *bodies) {
            for (const auto& listed : body.certificates) {
                if (key_hint(listed.fingerprint) != payload_->hint) continue;
                fits = true;
                auto certificate = context_.trust->certificate(listed.fingerprint);
                if (!certificate) {
                    if (certificate.error().code == Errc::io) {
                        return stop(FindingCode::internal_failure, certificate.error().context);
                    }
                    missing = listed.fingerprint;
                    continue;
                }
                if (!signature_holds(*payload_, certificate->public_key())) continue;
                report_.record(FindingCode::signature_ok);
                signatory_.emplace(Signatory{.body = body, .listed = listed, .certificate = *certificate});
                return true;
            }
        }
        if (missing) return stop(FindingCode::certificate_missing, format_fingerprint(*missing));
        return stop(fits ? FindingCode::signature_wrong : FindingCode::signer_unknown, "key " + to_hex(payload_->hint));
    }

    /// Not before the signature holds: nothing of a forger is parsed.
    bool read_base_claims() {
        auto claims = read_claims(payload_->claims);
        if (!claims) return stop_malformed(claims.error());
        if (claims->critical_unknown)
            return stop(FindingCode::payload_newer, "it has parts that this version cannot read");
        if (!claims->shown_unknown.empty()) {
            std::string keys;
            for (const auto& [key, item] : claims->shown_unknown)
                keys += (keys.empty() ? "" : ", ") + std::to_string(key);
            report_.record(FindingCode::code_read, "parts that this version does not know: " + keys);
        }
        claims_ = std::move(*claims);
        return true;
    }

    bool check_issuer() {
        const auto& signer = signatory_->body;
        if (claims_->issuer != signer.code) {
            const std::string says = "says " + claims_->issuer.text() + ", signed by " + signer.code.text();
            return stop(FindingCode::issuer_mismatch, says + " " + signer.name);
        }
        report_.record(FindingCode::issuer_ok, detail_of(signer.name));
        return true;
    }

    /// Type, authority, and what the license says. False: it cannot be read at all.
    bool read_license() {
        const auto* entry = context_.trust->lists().front().pack(claims_->pack);
        if (entry == nullptr) {
            // Without the type there is no identifier: what is left of it is said here.
            stop(FindingCode::type_unknown, "pack " + to_hex(claims_->pack) + ", issuer " + claims_->issuer.text() +
                                                ", serial " + claims_->serial + ", revision " +
                                                std::to_string(claims_->revision));
            return true;
        }
        auto pack = context_.trust->pack(*entry);
        return pack ? read_whole(**pack) : read_base(*entry, pack.error());
    }

    bool read_whole(const TypePack& pack) {
        auto license = to_metadata(*claims_, payload_->claims, pack, signatory_->body.name);
        if (!license) return stop_malformed(license.error());
        report_.record(FindingCode::type_ok, detail_of(pack.name));
        const auto reading = read_number(pack.number, license->number, number_context(*license, pack));
        check_authority(signatory_->body, pack.code, reading ? reading->area : "", claims_->signed_at, report_);
        report_.set_license(std::move(*license));
        return true;
    }

    /// Without the pack: what the base claims say.
    bool read_base(const PackEntry& entry, const Error& failure) {
        auto license = to_base_metadata(*claims_, entry.type, signatory_->body.name);
        if (!license) return stop_malformed(license.error());
        switch (failure.code) {
            case Errc::unknown_type:
            case Errc::not_found:
                stop(FindingCode::type_pack_missing, failure.context);
                break;
            case Errc::io:
                stop(FindingCode::internal_failure, failure.context);
                break;
            case Errc::newer_format:
                stop(FindingCode::payload_newer, "type pack: " + failure.context);
                break;
            default:
                stop(FindingCode::type_pack_altered, failure.context);
        }
        check_authority(signatory_->body, entry.type, "", claims_->signed_at, report_);
        license->license_name = entry.name;
        report_.set_license(std::move(*license));
        return true;
    }

    /// The graver first: what has ended has ended whatever the clock says.
    void check_validity() {
        const auto& validity = claims_->validity;
        if (validity.ended(context_.at)) {
            stop(FindingCode::validity_expired, "until " + validity.valid_until->format());
        } else if (!validity.started(context_.at)) {
            stop(FindingCode::validity_not_yet, "from " + validity.valid_from.format());
        } else if (context_.at.unix_seconds() + clock_tolerance_seconds < claims_->signed_at.unix_seconds()) {
            stop(FindingCode::signed_later, "signed " + claims_->signed_at.format());
        } else {
            const bool none = validity.form == ValidityForm::none;
            report_.record(FindingCode::validity_ok, none ? "no validity period" : format(validity));
        }
    }

    void check_status() {
        const bool allowed = context_.policy.allow_missing_status;
        report_.record(
            allowed ? FindingCode::status_missing_allowed : FindingCode::status_missing,
            "list " + std::to_string(claims_->status.list) + ", entry " + std::to_string(claims_->status.index));
    }

    void check_expectations() {
        if (context_.expect_holder) check_holder_code(*context_.expect_holder);
        if (context_.expect_number) check_number(*context_.expect_number);
    }

    /// Any holder will do; one whose whole code agrees is the better answer.
    void check_holder_code(const std::string& expected) {
        bool agrees = false;
        bool whole = false;
        for (const auto& holder : claims_->holders) {
            if (!code_agrees(holder.code, expected)) continue;
            agrees = true;
            whole = whole || !holder.masked();
        }
        report_.record(agrees ? FindingCode::holder_agrees : FindingCode::holder_differs,
                       agrees && !whole ? "masked: the characters shown agree" : "");
    }

    void check_number(const std::string& expected) {
        const auto* license = report_.license();
        if (license == nullptr || license->number.empty()) {
            stop(FindingCode::number_unknown);
            return;
        }
        const bool agrees = folded_number(license->number) == folded_number(expected);
        report_.record(agrees ? FindingCode::number_agrees : FindingCode::number_differs);
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
    try {
        Verification(context, report).run(text);
    } catch (const std::exception& exception) {
        report.record(FindingCode::internal_failure, detail_of(exception.what()));
    }
    return report;
}

Report report_without_code(FindingCode reason, std::string detail, Timestamp at) {
    Report report(at);
    report.record(reason, std::move(detail));
    return report;
}

}  // namespace elic
