#include "elic/issue/issuer.h"

#include <algorithm>
#include <map>

#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"
#include "issue/built_license.h"
#include "payload/claims.h"
#include "verify/license_json.h"
#include "verify/preview.h"

namespace elic {

struct Issuer::Impl {
    Office office;
    Signer& signer;
    const Clock& clock;
    RootPins pins;
    TrustFolder trust;
    Ledger ledger;
    IssuingBody body;
    std::map<LicenseTypeCode, std::shared_ptr<const TypePack>> packs = {};

    VerifyContext context(Timestamp at) const {
        return {.trust = &trust, .pins = pins, .at = at, .policy = {.allow_missing_status = true}};
    }
    Result<std::shared_ptr<const TypePack>> pack_for(const LicenseTypeCode& type);
    /// The draft held against its pack, now; or, for a request that was reserved before, then: a run that is repeated
    /// later than the license's last day, or after the clock was set back, still finds its license.
    Result<BuiltLicense> build(const LicenseDraft& draft, Timestamp now);
    Result<BuiltLicense> build_at(const LicenseDraft& draft, Timestamp at);
    ReserveRequest ask(const LicenseDraft& draft, const BuiltLicense& built, Timestamp now) const;
    void check_as_verifier(const BuiltLicense& built, Timestamp now, std::vector<DraftFault>& faults);
    Result<Payload> sign(const Metadata& license, const TypePack& pack);
    Result<LedgerEntry> sign_and_commit(const Metadata& built, const Reservation& reservation, Timestamp now);
    Result<IssueAnswer> answer(const LicenseDraft& draft, LedgerEntry entry, bool again,
                               std::vector<std::string> warnings) const;
};

namespace {

/// What a trial is encoded with, so that what fits in the trial fits for good: no index and no allotted serial is
/// longer.
constexpr std::uint64_t trial_index = 0xFFFFFFFF;
constexpr std::string_view trial_serial = "99999999999";

Refused refuse(const LicenseDraft& draft, std::vector<DraftFault> faults) {
    return {.request = draft.request, .faults = std::move(faults)};
}

/// An error of the ledger that is the draft's doing.
std::optional<DraftFault> as_fault(const Error& error) {
    if (error.code == Errc::request_conflict) return DraftFault{"request", "request.conflict", error.context};
    if (error.code == Errc::identifier_in_use) return DraftFault{"serial", "in-use", error.context};
    return {};
}

}  // namespace

Result<std::shared_ptr<const TypePack>> Issuer::Impl::pack_for(const LicenseTypeCode& type) {
    if (const auto found = packs.find(type); found != packs.end()) return found->second;
    const PackEntry* newest = nullptr;
    for (const auto& entry : trust.list().packs()) {
        if (entry.type == type && (newest == nullptr || newest->version < entry.version)) newest = &entry;
    }
    if (newest == nullptr) {
        return fail(Errc::unknown_type, "the trust list has no type pack for " + type.text() +
                                            " (see `elic type list`): add it to the trust source and build again");
    }
    auto pack = trust.pack(*newest);
    if (pack) packs.emplace(type, *pack);
    return pack;
}

Result<BuiltLicense> Issuer::Impl::build(const LicenseDraft& draft, Timestamp now) {
    auto before = ledger.find_request(draft.request);
    if (!before) return tl::unexpected(before.error());
    auto built = build_at(draft, now);
    if (!built || built->faults.empty() || !*before) return built;
    auto then = build_at(draft, (*before)->signed_at);
    return then && then->faults.empty() ? then : built;
}

Result<BuiltLicense> Issuer::Impl::build_at(const LicenseDraft& draft, Timestamp at) {
    auto pack = pack_for(draft.type);
    if (!pack) {
        if (pack.error().code != Errc::unknown_type) return tl::unexpected(pack.error());
        BuiltLicense built;
        built.faults.push_back({"type", "unknown", pack.error().context});
        return built;
    }
    return build_license(draft, {.pack = **pack, .issuer = office.issuer, .issuer_name = body.name, .now = at});
}

ReserveRequest Issuer::Impl::ask(const LicenseDraft& draft, const BuiltLicense& built, Timestamp now) const {
    return {.request = draft.request,
            .content = built.content,
            .type = draft.type,
            .issuer = office.issuer,
            .serial = built.serial,
            .revision = 1,
            .previous = draft.previous,
            .at = now};
}

/// What a verifier would say of it, and whether it fits in a code.
void Issuer::Impl::check_as_verifier(const BuiltLicense& built, Timestamp now, std::vector<DraftFault>& faults) {
    const auto report = preview_issue(context(now), {.certificate = office.certificate,
                                                     .issuer = office.issuer,
                                                     .type = built.license->id.type(),
                                                     .area = built.area,
                                                     .signed_at = now});
    for (const auto& finding : report.findings()) {
        if (finding.verdict() == Verdict::valid || finding.code == FindingCode::not_run) continue;
        const auto& row = row_of(finding.code);
        faults.push_back({"type", std::string(row.code),
                          std::string(row.en) + (finding.detail.empty() ? "" : " (" + finding.detail + ")")});
    }
    Metadata trial = *built.license;
    auto id = LicenseId::make(trial.id.type(), trial.id.issuer(),
                              built.serial ? std::string_view(*built.serial) : trial_serial, 1);
    if (id) trial.id = *id;
    trial.status = {.list = static_cast<std::uint64_t>(office.number), .index = trial_index};
    auto claims = write_claims(trial, **pack_for(trial.id.type()));
    if (!claims) {
        faults.push_back(
            {"face", claims.error().code == Errc::does_not_fit ? "size" : "value", claims.error().context});
    }
}

Result<Payload> Issuer::Impl::sign(const Metadata& license, const TypePack& pack) {
    auto claims = write_claims(license, pack);
    if (!claims) return tl::unexpected(claims.error());
    return sign_payload(std::move(*claims), key_hint(office.certificate.fingerprint()), signer);
}

Result<LedgerEntry> Issuer::Impl::sign_and_commit(const Metadata& built, const Reservation& reservation,
                                                  Timestamp now) {
    Metadata license = built;
    license.id = reservation.id;
    license.status = reservation.status;
    license.signed_at = reservation.signed_at;
    auto pack = pack_for(license.id.type());
    if (!pack) return tl::unexpected(pack.error());
    auto payload = sign(license, **pack);
    if (!payload) return tl::unexpected(payload.error());
    const auto text = write_payload(*payload);
    // Verify back: what leaves must be what a window would accept, but for a validity that has yet to begin.
    // The time is now: what an earlier run reserved is signed with that run's time, under today's trust list.
    const auto report = verify_payload(text, context(std::max(now, license.signed_at)));
    if (report.answer(Question::genuine) != Answer::yes || report.answer(Question::authorised) != Answer::yes) {
        std::string reasons;
        for (const auto& finding : report.findings()) {
            if (finding.verdict() != Verdict::valid) reasons += " " + std::string(row_of(finding.code).code);
        }
        return fail(Errc::signer_failed, "the new license does not verify and was not issued:" + reasons);
    }
    return ledger.commit(reservation, text, write_json(license_json(license)));
}

Result<IssueAnswer> Issuer::Impl::answer(const LicenseDraft& draft, LedgerEntry entry, bool again,
                                         std::vector<std::string> warnings) const {
    auto envelope = read_payload(entry.payload);
    if (!envelope) return fail(Errc::ledger_unusable, "ledger: a stored code is damaged: " + envelope.error().context);
    return IssueAnswer(Issued{.id = entry.reservation.id,
                              .request = draft.request,
                              .license = std::move(entry.license),
                              .payload = std::move(entry.payload),
                              .bytes = envelope->hint.size() + envelope->claims.size() + envelope->signature.size(),
                              .again = again,
                              .warnings = std::move(warnings)});
}

Issuer::Issuer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Issuer::Issuer(Issuer&&) noexcept = default;
Issuer& Issuer::operator=(Issuer&&) noexcept = default;
Issuer::~Issuer() = default;

const Ledger& Issuer::ledger() const noexcept { return impl_->ledger; }

Result<Issuer> Issuer::open(const Office& office, Signer& signer, const RootPins& pins, const Clock& clock) {
    auto trust = TrustFolder::open(office.trust);
    if (!trust) return fail_in("the office's trust folder", trust.error());
    auto ledger = Ledger::open(office.ledger());
    if (!ledger) return tl::unexpected(ledger.error());
    if (ledger->office() != office.number) {
        return fail(Errc::ledger_unusable, "the ledger belongs to office number " + std::to_string(ledger->office()) +
                                               ", office.json says " + std::to_string(office.number));
    }
    auto body = trust->list().body(office.issuer);
    if (!body) {
        if (body.error().code != Errc::not_found) return tl::unexpected(body.error());
        return fail(Errc::not_authorised,
                    office.issuer.text() + " is not in the trust list: ask its operator to add the office");
    }
    return Issuer(std::make_unique<Impl>(Impl{.office = office,
                                              .signer = signer,
                                              .clock = clock,
                                              .pins = pins,
                                              .trust = std::move(*trust),
                                              .ledger = std::move(*ledger),
                                              .body = std::move(*body)}));
}

Result<IssueAnswer> Issuer::check(const LicenseDraft& draft) {
    const auto now = impl_->clock.now();
    auto built = impl_->build(draft, now);
    if (!built) return tl::unexpected(built.error());
    if (!built->faults.empty()) return IssueAnswer(refuse(draft, std::move(built->faults)));
    auto found = impl_->ledger.preview(impl_->ask(draft, *built, now));
    if (!found) {
        if (auto fault = as_fault(found.error())) return IssueAnswer(refuse(draft, {std::move(*fault)}));
        return tl::unexpected(found.error());
    }
    const bool again = found->issued.has_value();
    if (!again) impl_->check_as_verifier(*built, now, built->faults);
    if (!built->faults.empty()) return IssueAnswer(refuse(draft, std::move(built->faults)));
    auto license = *built->license;
    license.id = found->reservation.id;
    license.status = found->reservation.status;
    license.signed_at = found->reservation.signed_at;
    return IssueAnswer(Issued{.id = license.id,
                              .request = draft.request,
                              .license = write_json(license_json(license)),
                              .payload = "",
                              .again = again,
                              .warnings = std::move(built->warnings)});
}

Result<IssueAnswer> Issuer::issue(const LicenseDraft& draft) {
    const auto now = impl_->clock.now();
    auto built = impl_->build(draft, now);
    if (!built) return tl::unexpected(built.error());
    if (!built->faults.empty()) return IssueAnswer(refuse(draft, std::move(built->faults)));
    const auto request = impl_->ask(draft, *built, now);
    auto found = impl_->ledger.preview(request);
    if (found && !found->issued) {  // nothing is reserved that a verifier would refuse
        impl_->check_as_verifier(*built, now, built->faults);
        if (!built->faults.empty()) return IssueAnswer(refuse(draft, std::move(built->faults)));
        found = impl_->ledger.reserve(request);
    }
    if (!found) {
        if (auto fault = as_fault(found.error())) return IssueAnswer(refuse(draft, {std::move(*fault)}));
        return tl::unexpected(found.error());
    }
    const bool again = found->issued.has_value();
    auto entry = again ? Result<LedgerEntry>(std::move(*found->issued))
                       : impl_->sign_and_commit(*built->license, found->reservation, now);
    if (!entry) return tl::unexpected(entry.error());
    return impl_->answer(draft, std::move(*entry), again, std::move(built->warnings));
}

}  // namespace elic
