#include "elic/issue/issuer.h"

#include <algorithm>
#include <utility>

#include "elic/payload/payload.h"
#include "issue/canonical_draft.h"
#include "issue/issuer_impl.h"
#include "issue/succession_draft.h"
#include "verify/license_json.h"

namespace elic {

namespace {

IssueAnswer refuse(const LicenseDraft& draft, std::vector<DraftFault> faults) {
    return Refused{.request = draft.request, .faults = std::move(faults)};
}

}  // namespace

Result<IssueAnswer> refuse_or_fail(const LicenseDraft& draft, const Error& error) {
    if (error.code == Errc::request_conflict) {
        return refuse(draft, {DraftFault{"request", "request.conflict", error.context}});
    }
    if (error.code == Errc::illegal_move) return refuse(draft, {DraftFault{"previous", "life-cycle", error.context}});
    if (error.code == Errc::identifier_in_use) return refuse(draft, {DraftFault{"serial", "in-use", error.context}});
    return tl::unexpected(error);
}

Issued checked(const LicenseDraft& draft, const Metadata& license, std::vector<std::string> warnings) {
    return {.id = license.id,
            .request = draft.request,
            .license = write_json(license_json(license)),
            .payload = "",
            .warnings = std::move(warnings)};
}

Result<Issued> issued_of(const std::string& request, LedgerEntry entry, bool again, std::vector<std::string> warnings) {
    Issued issued{.id = entry.reservation.id,
                  .request = request,
                  .license = std::move(entry.license),
                  .payload = "",
                  .again = again,
                  .warnings = std::move(warnings)};
    auto envelope = read_payload(entry.payload);
    if (!envelope) return fail(Errc::ledger_unusable, "ledger: a stored code is damaged: " + envelope.error().context);
    issued.bytes = envelope->hint.size() + envelope->claims.size() + envelope->signature.size();
    issued.payload = std::move(entry.payload);
    return issued;
}

Result<Prepared> Issuer::Impl::prepare(const LicenseDraft& draft, Timestamp now,
                                       const std::optional<Reservation>& before) {
    auto prepared = rules->prepare_at(draft, now);
    if (!prepared || prepared->built.faults.empty() || !before) return prepared;
    auto then = rules->prepare_at(draft, before->signed_at);
    return then && then->built.faults.empty() ? then : prepared;
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
                                 .issuer = rules->office().issuer,
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
    auto prepared = rules->prepare_at(draft, reservation.signed_at);
    auto issued = issued_of(draft.request, std::move(*entry), true,
                            prepared ? std::move(prepared->built.warnings) : std::vector<std::string>());
    if (!issued) return tl::unexpected(issued.error());
    if (dry) issued->payload.clear();
    return told(std::move(*issued));
}

/// A reservation that a run left behind. Its content, serial and time are signed, whatever the draft would come to now.
Result<IssueAnswer> Issuer::Impl::finish(const LicenseDraft& draft, const Reservation& reservation, Timestamp now,
                                         bool dry) {
    auto prepared = rules->prepare_reserved(draft.request, reservation);
    if (!prepared) return tl::unexpected(prepared.error());
    if (prepared->built.faults.empty()) rules->check_as_verifier(*prepared, reservation.signed_at, now);
    if (!prepared->built.faults.empty()) return refuse(draft, std::move(prepared->built.faults));
    return complete(draft, std::move(*prepared), reservation, now, dry);
}

Result<IssueAnswer> Issuer::Impl::issue_new(const LicenseDraft& draft, Prepared prepared, const ReserveRequest& request,
                                            Reserved place, bool dry) {
    // Nothing is reserved that a verifier would refuse.
    rules->check_as_verifier(prepared, place.reservation.signed_at, request.at);
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
    const auto license = IssueRules::license_at(prepared, reservation);
    if (dry) return told(checked(draft, license, std::move(prepared.built.warnings)));
    auto made = rules->sign(license, *prepared.pack, signer, now);
    if (!made) return refuse_or_fail(draft, made.error());
    auto entry = ledger.commit(reservation, made->payload, made->license);
    if (!entry) return refuse_or_fail(draft, entry.error());
    auto issued = issued_of(draft.request, std::move(*entry), false, std::move(prepared.built.warnings));
    if (!issued) return tl::unexpected(issued.error());
    return told(std::move(*issued));
}

IssueAnswer Issuer::Impl::told(Issued issued) {
    if (!name_warning.empty()) issued.warnings.push_back(std::exchange(name_warning, {}));
    return issued;
}

Issuer::Issuer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Issuer::Issuer(Issuer&&) noexcept = default;
Issuer& Issuer::operator=(Issuer&&) noexcept = default;
Issuer::~Issuer() = default;

Result<std::vector<std::shared_ptr<const TypePack>>> Issuer::packs() const { return impl_->rules->packs(); }

void Issuer::examine_with(std::shared_ptr<const LicenseExaminer> examiner) {
    impl_->rules->examine_with(std::move(examiner));
}

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
    auto rules = IssueRules::make(office, pins, std::move(*trust), clock.now());
    if (!rules) return tl::unexpected(rules.error());
    auto warning = (*rules)->warning_of_name();
    return Issuer(std::make_unique<Impl>(Impl{.signer = signer,
                                              .clock = clock,
                                              .rules = std::move(*rules),
                                              .ledger = std::move(*ledger),
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
