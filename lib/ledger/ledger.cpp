#include "elic/ledger/ledger.h"

#include <algorithm>

#include "elic/base/assert.h"
#include "ledger/conflict.h"
#include "ledger/ledger_impl.h"
#include "ledger/ledger_rows.h"

namespace elic {

namespace {

constexpr std::int64_t allotted_digits = 100000000;  // 8 digits after the office number

}  // namespace

Status Ledger::Impl::usable() const {
    if (unknown) return fail(Errc::ledger_state_unknown, "an earlier write is in doubt: reopen the ledger");
    return {};
}

Status Ledger::Impl::finish(sqlite::Transaction& transaction) {
    auto done = transaction.commit();
    if (done) wrote = true;
    if (!done) unknown = true;
    return done;
}

Result<std::int64_t> Ledger::Impl::number_of(std::string_view sql,
                                             std::initializer_list<std::string_view> texts) const {
    auto statement = sqlite::Statement::prepare(database.get(), sql);
    if (!statement) return tl::unexpected(statement.error());
    for (auto text : texts) statement->bind(text);
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

Result<std::optional<LedgerEntry>> Ledger::Impl::entry_where(std::string_view condition, std::string_view text) const {
    auto statement = sqlite::Statement::prepare(database.get(), std::string(entry_columns) + std::string(condition));
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->bind(text).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::optional<LedgerEntry>{};
    auto entry = read_entry(*statement);
    if (!entry) return tl::unexpected(entry.error());
    return std::optional<LedgerEntry>(std::move(*entry));
}

Result<std::optional<Reservation>> Ledger::Impl::reservation_of(std::string_view request) const {
    auto statement = sqlite::Statement::prepare(
        database.get(), std::string(reservation_columns) + "WHERE kind = 'reserved' AND request = ?");
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->bind(request).step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::optional<Reservation>{};
    auto reservation = read_reservation(*statement);
    if (!reservation) return tl::unexpected(reservation.error());
    return std::optional<Reservation>(std::move(*reservation));
}

Result<LedgerEntry> Ledger::Impl::issued(const LicenseId& id) const {
    auto entry = entry_where("WHERE id = ?", id.text());
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return fail(Errc::not_found, id.text() + " was not issued by this office (see `elic ledger list`)");
    return std::move(**entry);
}

Result<bool> Ledger::Impl::taken(const LicenseId& id) const {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "SELECT 1 FROM events WHERE kind = 'reserved' AND type = ? AND issuer = ? AND serial = ? AND revision = ?");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(id.type().text()).bind(id.issuer().text()).bind(id.serial());
    return statement->bind(id.revision()).step();
}

Result<int> Ledger::Impl::revision_for(const ReserveRequest& request) const {
    auto passed = floors();
    if (!passed) return tl::unexpected(passed.error());
    int before = 0;
    if (request.succession && request.succession->kind != SuccessionKind::transfer_in) {
        // One more than the predecessor's, when it keeps its serial.
        const auto& previous = request.succession->previous;
        if (request.serial == previous.serial() && request.issuer == previous.issuer()) before = previous.revision();
    }
    if (before == 0) {
        auto known = number_of(
            "SELECT coalesce(min(revision), 0) FROM events WHERE kind = 'reserved' AND type = ? AND issuer = ? AND "
            "serial = ?",
            {request.type.text(), request.issuer.text(), *request.serial});
        if (!known) return tl::unexpected(known.error());
        if (*known > 0) return static_cast<int>(*known);  // taken
    }
    before = std::max(before, static_cast<int>(passed->revision));
    if (before < LicenseId::max_revision) return before + 1;
    return fail(Errc::limit_exceeded, "serial " + *request.serial + " has had its last revision (" +
                                          std::to_string(LicenseId::max_revision) +
                                          "): give the license a new number or serial");
}

Result<Ledger::Impl::Place> Ledger::Impl::place_for(const ReserveRequest& request) const {
    if (request.serial) {
        auto revision = revision_for(request);
        if (!revision) return tl::unexpected(revision.error());
        auto id = LicenseId::make(request.type, request.issuer, *request.serial, *revision);
        if (!id) return tl::unexpected(id.error());
        auto in_use = taken(*id);
        if (!in_use) return tl::unexpected(in_use.error());
        if (*in_use) {
            return fail(Errc::identifier_in_use, id->text() +
                                                     " was issued before under another request: "
                                                     "give another serial, or repeat that request");
        }
        return Place{.id = *id, .counter = {}};
    }
    // By the index of counters: by that of identifiers every serial of the type would be looked at.
    auto last = number_of(
        "SELECT counter FROM events WHERE kind = 'reserved' AND counter IS NOT NULL AND type = ? AND issuer = ? ORDER "
        "BY counter DESC LIMIT 1",
        {request.type.text(), request.issuer.text()});
    auto passed = last ? floors() : tl::unexpected(last.error());
    if (!passed) return tl::unexpected(passed.error());
    for (std::int64_t counter = std::max(*last, passed->counter) + 1; counter < allotted_digits; ++counter) {
        const auto serial = std::to_string(office * allotted_digits + counter);
        auto id = LicenseId::make(request.type, request.issuer, serial, 1);
        if (!id) return tl::unexpected(id.error());
        auto in_use = taken(*id);  // only when an agency gave such a serial itself
        if (!in_use) return tl::unexpected(in_use.error());
        if (!*in_use) return Place{.id = *id, .counter = counter};
    }
    return fail(Errc::limit_exceeded,
                "this office has allotted all its serials of this type: set up another office number");
}

Result<Reserved> Ledger::Impl::look(const ReserveRequest& request, bool& found,
                                    std::optional<std::int64_t>& counter) const {
    if (auto fine = check_length("a request", request.request, max_request); !fine) return tl::unexpected(fine.error());
    auto before = reservation_of(request.request);
    if (!before) return tl::unexpected(before.error());
    found = before->has_value();
    if (found) {
        // The draft first: what was built of it may come out otherwise under another pack or trust list.
        if (request.draft.empty() || request.draft != (*before)->draft) {
            auto same = check_same_content((*before)->content, request.content);
            if (!same) return tl::unexpected(same.error());
        }
        auto same = check_same_succession((*before)->succession, request.succession);
        if (!same) return tl::unexpected(same.error());
        auto issued = entry_where("WHERE id = ?", (*before)->id.text());
        if (!issued) return tl::unexpected(issued.error());
        return Reserved{.reservation = std::move(**before), .issued = std::move(*issued)};
    }
    auto signed_at = after_publications(request.at);
    if (!signed_at) return tl::unexpected(signed_at.error());
    if (auto legal = check_succession(request, *signed_at); !legal) return tl::unexpected(legal.error());
    auto place = place_for(request);
    if (!place) return tl::unexpected(place.error());
    counter = place->counter;
    auto number = number_of("SELECT coalesce(max(number), 0) + 1 FROM events", {});
    if (!number) return tl::unexpected(number.error());
    auto last = number_of(
        "SELECT coalesce(max(list_index), -1) FROM events WHERE kind = 'reserved' AND list = (SELECT number FROM "
        "office)",
        {});
    auto passed = last ? floors() : tl::unexpected(last.error());
    if (!passed) return tl::unexpected(passed.error());
    const auto index = std::max(*last, passed->list_index) + 1;
    return Reserved{.reservation = {.number = *number,
                                    .id = place->id,
                                    .status = {.list = static_cast<std::uint64_t>(office),
                                               .index = static_cast<std::uint64_t>(index)},
                                    .signed_at = *signed_at,
                                    .draft = request.draft,
                                    .content = request.content,
                                    .succession = request.succession},
                    .issued = {}};
}

Status Ledger::Impl::insert(const ReserveRequest& request, const Reservation& reservation,
                            std::optional<std::int64_t> counter) {
    EventRow row("reserved");
    row.set(Column::at, reservation.signed_at.unix_seconds()).set(Column::request, std::string_view(request.request));
    row.set(Column::draft, std::string_view(request.draft)).set(Column::content, std::string_view(request.content));
    row.set(Column::type, std::string_view(request.type.text()));
    row.set(Column::issuer, std::string_view(request.issuer.text()));
    row.set(Column::serial, std::string_view(reservation.id.serial()));
    row.set(Column::revision, std::int64_t{reservation.id.revision()}).set(Column::counter, counter);
    row.set(Column::list, std::int64_t{office});
    row.set(Column::list_index, static_cast<std::int64_t>(reservation.status.index));
    if (request.previous) row.set(Column::previous, std::string_view(request.previous->text()));
    if (const auto& succession = request.succession) {
        row.set(Column::change, name_of(succession->kind)).set(Column::reason, std::string_view(succession->reason));
        if (succession->effective) row.set(Column::asked, succession->effective->unix_seconds());
    }
    row.set(Column::id, std::string_view(reservation.id.text()));
    auto number = append(row);
    if (!number) return tl::unexpected(number.error());
    ELIC_ASSERT(*number == reservation.number);  // read in the same transaction
    return {};
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

int Ledger::office() const noexcept { return impl_->office; }

Result<Reserved> Ledger::reserve(const ReserveRequest& request) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    bool found = false;
    std::optional<std::int64_t> counter;
    auto reserved = impl_->look(request, found, counter);
    if (!reserved || found) return reserved;
    auto inserted = impl_->insert(request, reserved->reservation, counter);
    if (!inserted) return tl::unexpected(inserted.error());
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    return reserved;
}

Result<Reserved> Ledger::preview(const ReserveRequest& request) const {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    bool found = false;
    std::optional<std::int64_t> counter;
    return impl_->look(request, found, counter);
}

Result<std::optional<Reservation>> Ledger::find_request(std::string_view request) const {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    return impl_->reservation_of(request);
}

Result<LedgerEntry> Ledger::commit(const Reservation& reservation, std::string_view payload, std::string_view license) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    auto first = impl_->record({.reservation = reservation, .payload = payload, .license = license});
    if (!first) return tl::unexpected(first.error());
    if (*first) return std::move(**first);  // another process was first: its license is the license
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    auto entry = impl_->entry_where("WHERE id = ?", reservation.id.text());
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return fail(Errc::ledger_state_unknown, "a committed license cannot be read back");
    return std::move(**entry);
}

Result<LedgerEntry> Ledger::find(const LicenseId& id) const { return impl_->issued(id); }

Result<std::vector<LedgerEntry>> Ledger::list(std::int64_t after, std::size_t count) const {
    auto statement = sqlite::Statement::prepare(
        impl_->database.get(), std::string(entry_columns) + "WHERE reservation > ? ORDER BY reservation LIMIT ?");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(after).bind(static_cast<std::int64_t>(count));
    std::vector<LedgerEntry> entries;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return entries;
        auto entry = read_entry(*statement);
        if (!entry) return tl::unexpected(entry.error());
        entries.push_back(std::move(*entry));
    }
}

Result<std::int64_t> Ledger::issued_count() const {
    return impl_->number_of("SELECT count(*) FROM events WHERE kind = 'issued'", {});
}

Result<std::vector<Reservation>> Ledger::unfinished() const {
    auto statement = sqlite::Statement::prepare(
        impl_->database.get(),
        std::string(reservation_columns) +
            "AS r WHERE kind = 'reserved' AND NOT EXISTS "
            "(SELECT 1 FROM events WHERE kind = 'issued' AND reservation = r.number) ORDER BY number");
    if (!statement) return tl::unexpected(statement.error());
    std::vector<Reservation> reservations;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return reservations;
        auto reservation = read_reservation(*statement);
        if (!reservation) return tl::unexpected(reservation.error());
        reservations.push_back(std::move(*reservation));
    }
}

}  // namespace elic
