#include "elic/issue/issuer.h"

#include <algorithm>
#include <map>
#include <utility>

#include "elic/payload/payload.h"
#include "elic/verify/verify_payload.h"
#include "issue/built_license.h"
#include "issue/canonical_draft.h"
#include "issue/succession_draft.h"
#include "payload/claims.h"
#include "verify/license_json.h"
#include "verify/preview.h"

namespace elic {

namespace {

/// A draft held against a pack.
struct Prepared {
    std::shared_ptr<const TypePack> pack;  ///< null only with faults
    BuiltLicense built;
};

}  // namespace

struct Issuer::Impl {
    Office office;
    Signer& signer;
    const Clock& clock;
    RootPins pins;
    TrustFolder trust;
    Ledger ledger;
    IssuerStanding standing;
    std::string name_warning = {};  ///< told with the first license, then empty
    std::map<LicenseTypeCode, std::shared_ptr<const TypePack>> packs = {};

    VerifyContext context(Timestamp at) const {
        return {.trust = &trust, .pins = pins, .at = at, .policy = {.allow_missing_status = true}};
    }
    /// The packs of a type in the list, the newest first.
    std::vector<const PackEntry*> packs_of(const LicenseTypeCode& type) const;
    Result<std::shared_ptr<const TypePack>> newest_pack(const LicenseTypeCode& type);
    Prepared prepare_with(std::shared_ptr<const TypePack> pack, const LicenseDraft& draft, Timestamp at) const;
    /// The draft held against the newest pack and the trust list, now; or, for a request that was reserved before and
    /// is asked for in other words, then: a run that is repeated later than the license's last day still finds it.
    Result<Prepared> prepare(const LicenseDraft& draft, Timestamp now, const std::optional<Reservation>& before);
    Result<Prepared> prepare_at(const LicenseDraft& draft, Timestamp at);
    /// What an unfinished reservation is finished with: the content reserved, under the pack that gives this content.
    Result<Prepared> prepare_reserved(const LicenseDraft& draft, const Reservation& reservation) const;
    void check_as_verifier(Prepared& prepared, Timestamp signed_at, Timestamp now);

    /// `dry` writes nothing.
    Result<IssueAnswer> run(const LicenseDraft& asked, const std::optional<Succession>& succession, bool dry);
    Result<IssueAnswer> repeat(const LicenseDraft& draft, const Reservation& reservation, Timestamp now, bool dry);
    Result<IssueAnswer> finish(const LicenseDraft& draft, const Reservation& reservation, Timestamp now, bool dry);
    Result<IssueAnswer> issue_new(const LicenseDraft& draft, Prepared prepared, const ReserveRequest& request,
                                  Reserved place, bool dry);
    Result<IssueAnswer> complete(const LicenseDraft& draft, Prepared prepared, const Reservation& reservation,
                                 Timestamp now, bool dry);
    Result<Payload> sign(const Metadata& license, const TypePack& pack);
    Result<LedgerEntry> sign_and_commit(const Metadata& license, const TypePack& pack, const Reservation& reservation,
                                        Timestamp now);
    Result<IssueAnswer> answer(const LicenseDraft& draft, LedgerEntry entry, bool again,
                               std::vector<std::string> warnings, bool dry);
    IssueAnswer told(Issued issued);
};

namespace {

/// What a trial is encoded with, so that what fits in the trial fits for good: no index and no allotted serial is
/// longer.
constexpr std::uint64_t trial_index = 0xFFFFFFFF;
constexpr std::string_view trial_serial = "99999999999";

IssueAnswer refuse(const LicenseDraft& draft, std::vector<DraftFault> faults) {
    return Refused{.request = draft.request, .faults = std::move(faults)};
}

/// An error of the ledger: the draft's doing, or ours.
Result<IssueAnswer> refuse_or_fail(const LicenseDraft& draft, const Error& error) {
    if (error.code == Errc::request_conflict) {
        return refuse(draft, {DraftFault{"request", "request.conflict", error.context}});
    }
    if (error.code == Errc::illegal_move) return refuse(draft, {DraftFault{"previous", "life-cycle", error.context}});
    if (error.code == Errc::identifier_in_use) return refuse(draft, {DraftFault{"serial", "in-use", error.context}});
    return tl::unexpected(error);
}

/// Licenses carry the trust list's name of the authority; an office that has another one is told.
std::string warning_of_name(const Office& office, const IssuingBody& body) {
    if (office.name == body.name) return {};
    return "office.json calls the authority '" + office.name + "', licenses say '" + body.name +
           "' as the trust list has it: if it was renamed, correct `name` in office.json; if not, ask the operator of "
           "the trust list";
}

}  // namespace

std::vector<const PackEntry*> Issuer::Impl::packs_of(const LicenseTypeCode& type) const {
    std::vector<const PackEntry*> entries;
    for (const auto& entry : standing.list->packs()) {
        if (entry.type == type) entries.push_back(&entry);
    }
    std::sort(entries.begin(), entries.end(), [](const auto* a, const auto* b) { return a->version > b->version; });
    return entries;
}

Result<std::shared_ptr<const TypePack>> Issuer::Impl::newest_pack(const LicenseTypeCode& type) {
    if (const auto found = packs.find(type); found != packs.end()) return found->second;
    const auto entries = packs_of(type);
    if (entries.empty()) {
        return fail(Errc::unknown_type, "the trust list has no type pack for " + type.text() +
                                            " (see `elic type list`): add it to the trust source and build again");
    }
    auto pack = trust.pack(*entries.front());
    if (pack) packs.emplace(type, *pack);
    return pack;
}

Prepared Issuer::Impl::prepare_with(std::shared_ptr<const TypePack> pack, const LicenseDraft& draft,
                                    Timestamp at) const {
    auto built = build_license(
        draft, {.pack = *pack, .issuer = office.issuer, .issuer_name = standing.body.name_on(at.day()), .now = at});
    return {.pack = std::move(pack), .built = std::move(built)};
}

Result<Prepared> Issuer::Impl::prepare_at(const LicenseDraft& draft, Timestamp at) {
    auto pack = newest_pack(draft.type);
    if (pack) return prepare_with(std::move(*pack), draft, at);
    if (pack.error().code != Errc::unknown_type) return tl::unexpected(pack.error());
    Prepared none;
    none.built.faults.push_back({"type", "unknown", pack.error().context});
    return none;
}

Result<Prepared> Issuer::Impl::prepare(const LicenseDraft& draft, Timestamp now,
                                       const std::optional<Reservation>& before) {
    auto prepared = prepare_at(draft, now);
    if (!prepared || prepared->built.faults.empty() || !before) return prepared;
    auto then = prepare_at(draft, before->signed_at);
    return then && then->built.faults.empty() ? then : prepared;
}

Result<Prepared> Issuer::Impl::prepare_reserved(const LicenseDraft& draft, const Reservation& reservation) const {
    auto reserved = reserved_draft(reservation, draft.request);
    if (!reserved) return tl::unexpected(reserved.error());
    Prepared none;
    for (const auto* entry : packs_of(reserved->type)) {
        auto pack = trust.pack(*entry);
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

/// What a verifier would say of it, and whether it fits in a code.
void Issuer::Impl::check_as_verifier(Prepared& prepared, Timestamp signed_at, Timestamp now) {
    auto& [pack, built] = prepared;
    const auto report = preview_issue(context(std::max(now, signed_at)), {.certificate = office.certificate,
                                                                          .issuer = office.issuer,
                                                                          .type = built.license->id.type(),
                                                                          .area = built.area,
                                                                          .signed_at = signed_at});
    for (const auto& finding : report.findings()) {
        if (finding.verdict() == Verdict::valid || finding.code == FindingCode::not_run) continue;
        const auto& row = row_of(finding.code);
        built.faults.push_back({"type", std::string(row.code),
                                std::string(row.en) + (finding.detail.empty() ? "" : " (" + finding.detail + ")")});
    }
    Metadata trial = *built.license;
    auto id = LicenseId::make(trial.id.type(), trial.id.issuer(),
                              built.serial ? std::string_view(*built.serial) : trial_serial,
                              built.license->previous ? LicenseId::max_revision : 1);
    if (id) trial.id = *id;
    trial.status = {.list = static_cast<std::uint64_t>(office.number), .index = trial_index};
    auto claims = write_claims(trial, *pack);
    if (!claims) {
        built.faults.push_back(
            {"face", claims.error().code == Errc::does_not_fit ? "size" : "value", claims.error().context});
    }
}

Result<IssueAnswer> Issuer::Impl::run(const LicenseDraft& asked, const std::optional<Succession>& succession,
                                      bool dry) {
    const auto now = clock.now();
    auto draft = asked;
    if (succession && !draft.previous) draft.previous = succession->previous;
    const auto said = canonical_draft(draft);
    // The ledger is asked first: what became of the trust list or the pack since does not matter to what was issued.
    auto before = ledger.find_request(draft.request);
    if (!before) return tl::unexpected(before.error());
    const bool known = *before && (*before)->draft == said && (*before)->succession == succession;
    if (known) return repeat(draft, **before, now, dry);
    if (succession) {
        auto following = follow_predecessor(draft, *succession, ledger);
        if (!following) return tl::unexpected(following.error());
        if (!following->faults.empty()) return refuse(draft, std::move(following->faults));
        draft = std::move(following->draft);
    }
    auto prepared = prepare(draft, now, *before);
    if (!prepared) return tl::unexpected(prepared.error());
    if (!prepared->built.faults.empty()) return refuse(draft, std::move(prepared->built.faults));
    const ReserveRequest request{.request = draft.request,
                                 .draft = said,
                                 .content = prepared->built.content,
                                 .type = draft.type,
                                 .issuer = office.issuer,
                                 .serial = prepared->built.serial,
                                 .previous = draft.previous,
                                 .succession = succession,
                                 .at = now};
    auto found = ledger.preview(request);
    if (!found) return refuse_or_fail(draft, found.error());
    if (*before || found->issued) return repeat(draft, found->reservation, now, dry);
    return issue_new(draft, std::move(*prepared), request, std::move(*found), dry);
}

/// A request that was reserved before, by this draft or one that came to the same.
Result<IssueAnswer> Issuer::Impl::repeat(const LicenseDraft& draft, const Reservation& reservation, Timestamp now,
                                         bool dry) {
    auto entry = ledger.find(reservation.id);
    if (!entry) {
        if (entry.error().code == Errc::not_found) return finish(draft, reservation, now, dry);
        return tl::unexpected(entry.error());
    }
    // What was warned of then is warned of again, as long as the draft can still be read by the type's pack.
    auto prepared = prepare_at(draft, reservation.signed_at);
    return answer(draft, std::move(*entry), true,
                  prepared ? std::move(prepared->built.warnings) : std::vector<std::string>(), dry);
}

/// A reservation that a run left behind. Its content, serial and time are signed, whatever the draft would come to now.
Result<IssueAnswer> Issuer::Impl::finish(const LicenseDraft& draft, const Reservation& reservation, Timestamp now,
                                         bool dry) {
    auto prepared = prepare_reserved(draft, reservation);
    if (!prepared) return tl::unexpected(prepared.error());
    if (prepared->built.faults.empty()) check_as_verifier(*prepared, reservation.signed_at, now);
    if (!prepared->built.faults.empty()) return refuse(draft, std::move(prepared->built.faults));
    return complete(draft, std::move(*prepared), reservation, now, dry);
}

Result<IssueAnswer> Issuer::Impl::issue_new(const LicenseDraft& draft, Prepared prepared, const ReserveRequest& request,
                                            Reserved place, bool dry) {
    // Nothing is reserved that a verifier would refuse.
    check_as_verifier(prepared, place.reservation.signed_at, request.at);
    if (!prepared.built.faults.empty()) return refuse(draft, std::move(prepared.built.faults));
    if (dry) return complete(draft, std::move(prepared), place.reservation, request.at, dry);
    auto reserved = ledger.reserve(request);
    if (!reserved) return refuse_or_fail(draft, reserved.error());
    // Another process may have come first, with the same draft but under another trust list.
    const bool ours = !reserved->issued && reserved->reservation.content == request.content;
    if (!ours) return repeat(draft, reserved->reservation, request.at, dry);
    return complete(draft, std::move(prepared), reserved->reservation, request.at, dry);
}

Result<IssueAnswer> Issuer::Impl::complete(const LicenseDraft& draft, Prepared prepared, const Reservation& reservation,
                                           Timestamp now, bool dry) {
    Metadata license = std::move(*prepared.built.license);
    license.id = reservation.id;
    license.status = reservation.status;
    license.signed_at = reservation.signed_at;
    if (dry) {
        return told(Issued{.id = license.id,
                           .request = draft.request,
                           .license = write_json(license_json(license)),
                           .payload = "",
                           .warnings = std::move(prepared.built.warnings)});
    }
    auto entry = sign_and_commit(license, *prepared.pack, reservation, now);
    if (!entry) return refuse_or_fail(draft, entry.error());
    return answer(draft, std::move(*entry), false, std::move(prepared.built.warnings), dry);
}

Result<Payload> Issuer::Impl::sign(const Metadata& license, const TypePack& pack) {
    auto claims = write_claims(license, pack);
    if (!claims) return tl::unexpected(claims.error());
    return sign_payload(std::move(*claims), key_hint(office.certificate.fingerprint()), signer);
}

Result<LedgerEntry> Issuer::Impl::sign_and_commit(const Metadata& license, const TypePack& pack,
                                                  const Reservation& reservation, Timestamp now) {
    auto payload = sign(license, pack);
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
                                         std::vector<std::string> warnings, bool dry) {
    Issued issued{.id = entry.reservation.id,
                  .request = draft.request,
                  .license = std::move(entry.license),
                  .payload = "",
                  .again = again,
                  .warnings = std::move(warnings)};
    if (dry) return told(std::move(issued));
    auto envelope = read_payload(entry.payload);
    if (!envelope) return fail(Errc::ledger_unusable, "ledger: a stored code is damaged: " + envelope.error().context);
    issued.bytes = envelope->hint.size() + envelope->claims.size() + envelope->signature.size();
    issued.payload = std::move(entry.payload);
    return told(std::move(issued));
}

IssueAnswer Issuer::Impl::told(Issued issued) {
    if (!name_warning.empty()) issued.warnings.push_back(std::exchange(name_warning, {}));
    return issued;
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
    auto standing = standing_of_issuer({.trust = &*trust, .pins = pins, .at = clock.now()}, office.issuer);
    if (!standing) return tl::unexpected(standing.error());
    auto warning = warning_of_name(office, standing->body);
    return Issuer(std::make_unique<Impl>(Impl{.office = office,
                                              .signer = signer,
                                              .clock = clock,
                                              .pins = pins,
                                              .trust = std::move(*trust),
                                              .ledger = std::move(*ledger),
                                              .standing = std::move(*standing),
                                              .name_warning = std::move(warning)}));
}

Result<IssueAnswer> Issuer::check(const LicenseDraft& draft) { return impl_->run(draft, {}, true); }

Result<IssueAnswer> Issuer::issue(const LicenseDraft& draft) { return impl_->run(draft, {}, false); }

Result<IssueAnswer> Issuer::check_following(const LicenseDraft& draft, const Succession& succession) {
    return impl_->run(draft, succession, true);
}

Result<IssueAnswer> Issuer::follow(const LicenseDraft& draft, const Succession& succession) {
    return impl_->run(draft, succession, false);
}

}  // namespace elic
