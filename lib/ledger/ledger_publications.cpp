#include <algorithm>

#include "base/hex.h"
#include "ledger/ledger_impl.h"
#include "ledger/ledger_rows.h"

namespace elic {

namespace {

std::string_view name_of(PublicationForm form) {
    switch (form) {
        case PublicationForm::list:
            return "list";
        case PublicationForm::delta:
            return "delta";
        case PublicationForm::genuine:
            break;
    }
    return "genuine";
}

/// The moves recorded after event number `after`, by status entry and instant.
Result<std::vector<IndexedChange>> changes_after(sqlite3* database, std::int64_t after) {
    auto statement = sqlite::Statement::prepare(
        database,
        "SELECT r.list_index, m.effective, m.state FROM events AS m JOIN events AS i ON i.kind = 'issued' AND i.id = "
        "m.id JOIN events AS r ON r.number = i.reservation WHERE m.kind = 'moved' AND m.number > ? ORDER BY 1, 2");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(after);
    std::vector<IndexedChange> changes;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return changes;
        auto effective = stored_time(statement->integer(1));
        if (!effective) return tl::unexpected(effective.error());
        const auto state = license_state_named(statement->text(2));
        if (!state) return fail(Errc::ledger_unusable, "ledger: a stored word is damaged");
        changes.push_back(
            {.index = static_cast<std::uint64_t>(statement->integer(0)), .effective = *effective, .state = *state});
    }
}

}  // namespace

Result<std::optional<Timestamp>> Ledger::Impl::last_as_of() const {
    auto statement = sqlite::Statement::prepare(database.get(), "SELECT max(at) FROM events WHERE kind = 'published'");
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row || statement->is_null(0)) return std::optional<Timestamp>();
    auto at = stored_time(statement->integer(0));
    if (!at) return tl::unexpected(at.error());
    return std::optional(*at);
}

Result<Timestamp> Ledger::Impl::after_publications(Timestamp at) const {
    auto last = last_as_of();
    if (!last) return tl::unexpected(last.error());
    if (!*last || **last < at) return at;
    return second_after(**last);
}

Result<std::optional<Publication>> Ledger::Impl::last_publication() const {
    auto statement = sqlite::Statement::prepare(
        database.get(), std::string(publication_columns) +
                            "WHERE kind = 'published' AND publication IS NOT NULL ORDER BY publication DESC LIMIT 1");
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::optional<Publication>();
    auto publication = read_publication(*statement);
    if (!publication) return tl::unexpected(publication.error());
    return std::optional(*publication);
}

Result<PublicationBasis> Ledger::Impl::basis(PublicationForm form, Timestamp now) const {
    auto as_of = after_publications(now);
    if (!as_of) return tl::unexpected(as_of.error());
    auto last = last_publication();
    if (!last) return tl::unexpected(last.error());
    if (form == PublicationForm::delta && !*last) {
        return fail(Errc::not_found, "nothing was published yet that a delta could go on from: publish a whole list");
    }
    auto allotted = number_of("SELECT coalesce(max(list_index) + 1, 0) FROM events WHERE kind = 'reserved'", {});
    auto passed = allotted ? floors() : tl::unexpected(allotted.error());
    if (!passed) return tl::unexpected(passed.error());
    auto after = number_of(
        "SELECT coalesce(max(number), 0) FROM events WHERE kind = 'published' AND publication IS NOT NULL", {});
    if (!after) return tl::unexpected(after.error());
    if (form == PublicationForm::delta && passed->event > *after) {
        return fail(Errc::not_found,
                    "publications were passed over, so no delta can go on from the last one that is "
                    "known here: publish a whole list");
    }
    const auto numbered = std::max(*last ? (*last)->number : 0, static_cast<std::uint64_t>(passed->publication));
    // Entries that were passed over may have been given away before the ledger was lost.
    PublicationBasis basis{.list = static_cast<std::uint64_t>(office),
                           .number = form == PublicationForm::genuine ? 0 : numbered + 1,
                           .as_of = *as_of,
                           .last = *last,
                           .allotted = static_cast<std::uint64_t>(std::max(*allotted, passed->list_index + 1))};
    if (*allotted > 0) {
        auto first = number_of("SELECT min(at) FROM events WHERE kind = 'reserved'", {});
        auto time = first ? stored_time(*first) : tl::unexpected(first.error());
        if (!time) return tl::unexpected(time.error());
        basis.first_signed = *time;
    }
    if (form == PublicationForm::genuine) return basis;
    auto changes = changes_after(database.get(), form == PublicationForm::delta ? *after : 0);
    if (!changes) return tl::unexpected(changes.error());
    basis.changes = std::move(*changes);
    return basis;
}

Status Ledger::Impl::insert_publication(PublicationForm form, const PublicationBasis& basis,
                                        const PublicationFile& file) {
    const auto digest = to_hex(file.digest);
    EventRow row("published");
    row.set(Column::at, basis.as_of.unix_seconds()).set(Column::list, static_cast<std::int64_t>(basis.list));
    row.set(Column::form, name_of(form)).set(Column::digest, std::string_view(digest));
    if (form != PublicationForm::genuine) {
        row.set(Column::publication, static_cast<std::int64_t>(basis.number));
        row.set(Column::next_update, file.next_update->unix_seconds());
    }
    auto done = append(row);
    return done ? Status() : tl::unexpected(done.error());
}

Result<Publication> Ledger::publish(PublicationForm form, Timestamp now, const PublicationMaker& make) {
    if (auto may = impl_->may_write(); !may) return tl::unexpected(may.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    auto basis = impl_->basis(form, now);
    if (!basis) return tl::unexpected(basis.error());
    auto file = make(*basis);
    if (!file) return tl::unexpected(file.error());
    if ((form == PublicationForm::genuine) == file->next_update.has_value()) {
        return fail(Errc::bad_argument, "lists and deltas have a next update, lists of genuine issues have none");
    }
    auto inserted = impl_->insert_publication(form, *basis, *file);
    if (!inserted) return tl::unexpected(inserted.error());
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    return Publication{.form = form,
                       .number = basis->number,
                       .as_of = basis->as_of,
                       .next_update = file->next_update,
                       .digest = file->digest};
}

Result<std::optional<Publication>> Ledger::last_publication() const { return impl_->last_publication(); }

}  // namespace elic
