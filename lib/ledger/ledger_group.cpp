#include "ledger/ledger_impl.h"
#include "ledger/ledger_rows.h"

// What is done for many licenses in one transaction: a sync of the disk costs as much as ten licenses.

namespace elic {

namespace {

/// Errors that are not about one request of a group, but about all.
bool is_ours(const Error& error) {
    return error.code == Errc::io || error.code == Errc::ledger_unusable || error.code == Errc::ledger_state_unknown;
}

}  // namespace

Result<Reserved> Ledger::Impl::find_one(const ReserveRequest& request) const {
    auto before = reservation_of(request.request);
    if (!before) return tl::unexpected(before.error());
    if (!*before) return fail(Errc::not_found, "the request is new");
    const bool same = (*before)->draft == request.draft && (*before)->succession == request.succession;
    if (!same) return fail(Errc::request_conflict, "the request was reserved with another draft");
    auto issued = entry_where("WHERE id = ?", (*before)->id.text());
    if (!issued) return tl::unexpected(issued.error());
    return Reserved{.reservation = std::move(**before), .issued = std::move(*issued)};
}

Result<Reserved> Ledger::Impl::reserve_one(const ReserveRequest& request,
                                           const std::function<Status(const Reservation&)>& check) {
    if (request.content.empty()) return find_one(request);
    bool found = false;
    std::optional<std::int64_t> counter;
    auto reserved = look(request, found, counter);
    if (!reserved || found) return reserved;
    if (auto fine = check(reserved->reservation); !fine) return tl::unexpected(fine.error());
    auto inserted = insert(request, reserved->reservation, counter);
    if (!inserted) return tl::unexpected(inserted.error());
    return reserved;
}

Result<std::optional<LedgerEntry>> Ledger::Impl::record(const GroupLicense& license) {
    const auto& reservation = license.reservation;
    auto first = entry_where("WHERE id = ?", reservation.id.text());
    if (!first || *first) return first;
    if (auto replaced = replace_predecessor(reservation, reservation.signed_at); !replaced) {
        return tl::unexpected(replaced.error());
    }
    EventRow row("issued");
    row.set(Column::at, reservation.signed_at.unix_seconds()).set(Column::reservation, reservation.number);
    row.set(Column::payload, license.payload).set(Column::license, license.license);
    row.set(Column::id, std::string_view(reservation.id.text()));
    if (auto inserted = append(row); !inserted) return tl::unexpected(inserted.error());
    return std::optional<LedgerEntry>();
}

Result<std::vector<Result<Reserved>>> Ledger::reserve_many(std::span<const ReserveRequest> requests,
                                                           const ReservationCheck& check) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    std::vector<Result<Reserved>> answers;
    answers.reserve(requests.size());
    for (std::size_t n = 0; n < requests.size(); ++n) {
        answers.push_back(
            impl_->reserve_one(requests[n], [&](const Reservation& reservation) { return check(n, reservation); }));
        if (!answers.back() && is_ours(answers.back().error())) return tl::unexpected(answers.back().error());
    }
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    return answers;
}

Result<std::vector<Result<std::optional<LedgerEntry>>>> Ledger::commit_many(std::span<const GroupLicense> licenses) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    std::vector<Result<std::optional<LedgerEntry>>> answers;
    answers.reserve(licenses.size());
    for (const auto& license : licenses) {
        answers.push_back(impl_->record(license));
        if (!answers.back() && is_ours(answers.back().error())) return tl::unexpected(answers.back().error());
    }
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    return answers;
}

}  // namespace elic
