#include "issue/issue_rules.h"

#include <algorithm>

#include "elic/payload/payload.h"
#include "issue/canonical_draft.h"
#include "payload/claims.h"
#include "verify/license_json.h"

namespace elic {

namespace {

/// What a trial is encoded with, so that what fits in the trial fits for good: no index and no allotted serial is
/// longer.
constexpr std::uint64_t trial_index = 0xFFFFFFFF;
constexpr std::string_view trial_serial = "99999999999";

std::vector<DraftFault> faults_of(const Report& report) {
    std::vector<DraftFault> faults;
    for (const auto& finding : report.findings()) {
        if (finding.verdict() == Verdict::valid || finding.code == FindingCode::not_run) continue;
        const auto& row = row_of(finding.code);
        faults.push_back({"type", std::string(row.code),
                          std::string(row.en) + (finding.detail.empty() ? "" : " (" + finding.detail + ")")});
    }
    return faults;
}

}  // namespace

Result<std::unique_ptr<IssueRules>> IssueRules::make(Office office, RootPins pins, TrustFolder trust, Timestamp at) {
    auto standing = standing_of_issuer({.trust = &trust, .pins = pins, .at = at}, office.issuer);
    if (!standing) return tl::unexpected(standing.error());
    return std::unique_ptr<IssueRules>(
        new IssueRules(std::move(office), std::move(pins), std::move(trust), std::move(*standing)));
}

std::string IssueRules::warning_of_name() const {
    const auto& name = standing_.body.name;
    if (office_.name == name) return {};
    return "office.json calls the authority '" + office_.name + "', licenses say '" + name +
           "' as the trust list has it: if it was renamed, correct `name` in office.json; if not, ask the operator of "
           "the trust list";
}

VerifyContext IssueRules::context(Timestamp at) const {
    return {.trust = &trust_, .pins = pins_, .at = at, .policy = {.allow_missing_status = true}, .cache = &cache_};
}

std::vector<const PackEntry*> IssueRules::packs_of(const LicenseTypeCode& type) const {
    std::vector<const PackEntry*> entries;
    for (const auto& entry : standing_.list->packs()) {
        if (entry.type == type) entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->version > b->version; });
    return entries;
}

Result<std::shared_ptr<const TypePack>> IssueRules::newest_pack(const LicenseTypeCode& type) const {
    return *newest_.get(type, [&]() -> Result<std::shared_ptr<const TypePack>> {
        const auto entries = packs_of(type);
        if (!entries.empty()) return trust_.pack(*entries.front());
        return fail(Errc::unknown_type, "the trust list has no type pack for " + type.text() +
                                            " (see `elic type list`): add it to the trust source and build again");
    });
}

Result<std::vector<std::shared_ptr<const TypePack>>> IssueRules::packs() const {
    std::vector<std::shared_ptr<const TypePack>> packs;
    for (const auto& entry : standing_.list->packs()) {
        const bool there =
            std::any_of(packs.begin(), packs.end(), [&](const auto& pack) { return pack->code == entry.type; });
        if (there) continue;
        auto pack = newest_pack(entry.type);
        if (!pack) return tl::unexpected(pack.error());
        packs.push_back(std::move(*pack));
    }
    return packs;
}

Prepared IssueRules::prepare_with(std::shared_ptr<const TypePack> pack, const LicenseDraft& draft, Timestamp at) const {
    auto built = build_license(
        draft, {.pack = *pack, .issuer = office_.issuer, .issuer_name = standing_.body.name_on(at.day()), .now = at});
    return {.pack = std::move(pack), .built = std::move(built)};
}

Result<Prepared> IssueRules::prepare_at(const LicenseDraft& draft, Timestamp at) const {
    auto pack = newest_pack(draft.type);
    if (pack) return prepare_with(std::move(*pack), draft, at);
    if (pack.error().code != Errc::unknown_type) return tl::unexpected(pack.error());
    Prepared none;
    none.built.faults.push_back({"type", "unknown", pack.error().context});
    return none;
}

Result<Prepared> IssueRules::prepare_reserved(const std::string& request, const Reservation& reservation) const {
    auto reserved = reserved_draft(reservation, request);
    if (!reserved) return tl::unexpected(reserved.error());
    Prepared none;
    for (const auto* entry : packs_of(reserved->type)) {
        auto pack = trust_.pack(*entry);
        if (!pack) return tl::unexpected(pack.error());
        auto prepared = prepare_with(std::move(*pack), *reserved, reservation.signed_at);
        if (prepared.built.faults.empty() && prepared.built.content == reservation.content) return prepared;
        if (none.built.faults.empty()) none.built.faults = std::move(prepared.built.faults);
    }
    if (none.built.faults.empty()) {
        none.built.faults.push_back({"type", "unknown",
                                     "the trust list has no type pack any more that makes of this request what was "
                                     "reserved for it: add the earlier version to the trust source and build again"});
    }
    return none;
}

std::vector<DraftFault> IssueRules::authority_faults(const Prepared& prepared, Timestamp signed_at,
                                                     Timestamp now) const {
    const auto& type = prepared.built.license->id.type();
    const auto& area = prepared.built.area;
    const auto at = std::max(now, signed_at);
    return *previews_.get({type, area, signed_at, at}, [&] {
        return faults_of(preview_issue(context(at), {.certificate = office_.certificate,
                                                     .issuer = office_.issuer,
                                                     .type = type,
                                                     .area = area,
                                                     .signed_at = signed_at}));
    });
}

void IssueRules::check_as_verifier(Prepared& prepared, Timestamp signed_at, Timestamp now) const {
    auto& [pack, built] = prepared;
    for (auto& fault : authority_faults(prepared, signed_at, now)) built.faults.push_back(std::move(fault));
    Metadata trial = *built.license;
    auto id = LicenseId::make(trial.id.type(), trial.id.issuer(),
                              built.serial ? std::string_view(*built.serial) : trial_serial,
                              built.license->previous ? LicenseId::max_revision : 1);
    if (id) trial.id = *id;
    trial.status = {.list = static_cast<std::uint64_t>(office_.number), .index = trial_index};
    auto claims = write_claims(trial, *pack);
    if (!claims) {
        built.faults.push_back(
            {"face", claims.error().code == Errc::does_not_fit ? "size" : "value", claims.error().context});
    }
    if (!built.faults.empty() || examiner_ == nullptr) return;
    built.faults = examiner_->examine(trial, *pack);
}

Metadata IssueRules::license_at(const Prepared& prepared, const Reservation& reservation) {
    Metadata license = *prepared.built.license;
    license.id = reservation.id;
    license.status = reservation.status;
    license.signed_at = reservation.signed_at;
    return license;
}

Result<SignedLicense> IssueRules::sign(const Metadata& license, const TypePack& pack, Signer& signer,
                                       Timestamp now) const {
    auto claims = write_claims(license, pack);
    if (!claims) return tl::unexpected(claims.error());
    auto payload = sign_payload_unverified(std::move(*claims), key_hint(office_.certificate.fingerprint()), signer);
    if (!payload) return tl::unexpected(payload.error());
    auto text = write_payload(*payload);
    // The time is now: what an earlier run reserved is signed with that run's time, under today's trust list.
    const auto report = verify_payload(text, context(std::max(now, license.signed_at)));
    if (report.answer(Question::genuine) != Answer::yes || report.answer(Question::authorised) != Answer::yes) {
        if (!signature_holds(*payload, signer.public_key())) {
            return fail(Errc::signer_failed,
                        "the signer answered with a signature that its public key does not verify");
        }
        std::string reasons;
        for (const auto& finding : report.findings()) {
            if (finding.verdict() != Verdict::valid && finding.code != FindingCode::not_run)
                reasons += " " + std::string(row_of(finding.code).code);
        }
        return fail(Errc::signer_failed, "the new license does not verify and was not issued:" + reasons);
    }
    return SignedLicense{.payload = std::move(text), .license = write_json(license_json(license))};
}

}  // namespace elic
