#include "verify/judgement.h"

#include "base/hex.h"
#include "base/text.h"
#include "elic/crypto/sm3.h"
#include "payload/claims.h"
#include "payload/number_context.h"
#include "verify/detail.h"
#include "verify/genuine_checks.h"
#include "verify/list_checks.h"
#include "verify/memory.h"
#include "verify/status_checks.h"
#include "verify/verify_cache.h"

namespace elic {

namespace {

constexpr std::int64_t clock_tolerance_seconds = 300;

/// Numbers are compared as people read them: width, brackets and blanks aside.
std::string folded_number(std::string_view number) {
    auto folded = fold_width(number);
    std::erase_if(folded, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
    return folded;
}

/// The bytes that a list of genuine issues names by their digest.
Bytes envelope_of(const Payload& payload) {
    Bytes bytes(payload.hint.begin(), payload.hint.end());
    bytes.insert(bytes.end(), payload.claims.begin(), payload.claims.end());
    bytes.insert(bytes.end(), payload.signature.begin(), payload.signature.end());
    return bytes;
}

/// One verification, check by check; each step records its finding and says whether to go on.
class Judgement {
public:
    Judgement(const VerifyContext& context, const Payload& payload, const Signatory& signatory, Report& report)
        : context_(context), payload_(payload), signatory_(signatory), report_(report) {}

    void run() {
        if (!stands()) return;
        report_.record(FindingCode::signature_ok);
        if (!read_base_claims() || !check_certificate() || !check_issuer() || !read_license()) return;
        check_validity();
        if (context_.cache != nullptr) return;  // an issuer: its license is younger than every list
        check_status(context_, standing(),
                     {.entry = claims_->status, .signed_at = claims_->signed_at, .revision = claims_->revision},
                     report_);
        check_expectations();
    }

private:
    const Standing& standing() const { return signatory_.standing(); }
    const IssuingBody& signer() const { return standing().body(); }
    const TrustList& list() const { return *standing().list; }

    bool stop(FindingCode code, const std::string& detail = {}) {
        report_.record(code, detail_of(detail));
        return false;
    }

    bool stop_malformed(const Error& error) {
        const bool limit = error.code == Errc::limit_exceeded;
        return stop(limit ? FindingCode::limit_exceeded : FindingCode::payload_malformed, error.context);
    }

    /// Not before the signature holds: nothing of a forger is parsed.
    bool read_base_claims() {
        auto claims = read_claims(payload_.claims);
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

    /// Its report up to here holds what was found of the form, the same for every code.
    bool stands() {
        const auto check = [&] {
            VerifyCache::StandingFacts facts{.good = false, .report = report_};
            facts.good = check_standing(context_, standing(), facts.report);
            return facts;
        };
        if (context_.cache == nullptr) return check_standing(context_, standing(), report_);
        const auto facts = context_.cache->standing(standing(), context_.at, check);
        report_ = facts->report;
        return facts->good;
    }

    std::shared_ptr<const VerifyCache::CertificateFacts> certificate_facts() const {
        const auto& anchors = standing().anchors;
        const auto signed_at = claims_->signed_at;
        const auto check = [&] {
            VerifyCache::CertificateFacts facts;
            facts.fault =
                key_fault(context_, list(), anchors, signatory_.key(), SignatureKind::payload, signed_at, facts.root);
            if (!facts.fault) facts.compromised = compromise_of(context_, anchors, signatory_.key());
            return facts;
        };
        if (context_.cache == nullptr) return std::make_shared<const VerifyCache::CertificateFacts>(check());
        return context_.cache->certificate(signatory_, signed_at, context_.at, check);
    }

    /// Judged at the signing time inside the code, not at the day of issue.
    bool check_certificate() {
        const auto facts = certificate_facts();
        const auto& key = signatory_.key();
        if (facts->fault) return stop(facts->fault->code, facts->fault->detail);
        if (!check_test_root(context_, list(), *facts->root, report_)) return false;
        root_ = facts->root->fingerprint();
        const auto& compromised = facts->compromised;
        if (!compromised) {
            report_.record(FindingCode::certificate_ok, detail_of(key.certificate.subject()));
            return true;
        }
        const auto detail = key.certificate.subject() + ": " + *compromised;
        if (!is_genuine(context_, standing(), key, sm3(envelope_of(payload_)))) {
            return stop(FindingCode::certificate_compromised, detail);
        }
        report_.record(FindingCode::certificate_genuine, detail_of(detail));
        return true;
    }

    bool check_issuer() {
        if (claims_->issuer != signer().code) {
            const std::string says = "says " + claims_->issuer.text() + ", signed by " + signer().code.text();
            return stop(FindingCode::issuer_mismatch, says + " " + signer().name);
        }
        std::string detail = name();
        if (name() != signer().name) detail += ", now " + signer().name;
        if (const auto& successor = signer().successor) {
            detail += ", since " + successor->from.format() + " part of " + successor->code.text();
        }
        report_.record(FindingCode::issuer_ok, detail_of(detail));
        return true;
    }

    /// What the authority was called when it signed.
    const std::string& name() const { return signer().name_on(claims_->signed_at.day()); }

    /// Type, authority, and what the license says. False: it cannot be read at all.
    bool read_license() {
        const auto* entry = list().pack(claims_->pack);
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
        auto license = to_metadata(*claims_, payload_.claims, pack, name());
        if (!license) return stop_malformed(license.error());
        report_.record(FindingCode::type_ok, detail_of(pack.name));
        const auto reading = read_number(pack.number, license->number, number_context(*license, pack));
        check_authority(context_, standing(), pack.code, reading ? reading->area : "", claims_->signed_at, root_,
                        report_);
        report_.set_license(std::move(*license));
        return true;
    }

    /// Without the pack: what the base claims say.
    bool read_base(const PackEntry& entry, const Error& failure) {
        auto license = to_base_metadata(*claims_, entry.type, name());
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
        check_authority(context_, standing(), entry.type, "", claims_->signed_at, root_, report_);
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
    const Payload& payload_;
    const Signatory& signatory_;
    Report& report_;
    std::optional<Claims> claims_;
    Digest root_{};  ///< that the signer's certificate chains to
};

}  // namespace

void judge(const VerifyContext& context, const Payload& payload, const Signatory& signatory, Report& report) {
    Judgement(context, payload, signatory, report).run();
}

}  // namespace elic
