#include <algorithm>

#include "ledger/head_file.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr std::int64_t most_passed = 99999998;  // serials that an office allots have eight digits
constexpr std::int64_t revision_step = 100;

}  // namespace

Result<Ledger::Impl::Floors> Ledger::Impl::floors() const {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "SELECT coalesce(max(counter), 0), coalesce(max(list_index), -1), coalesce(max(publication), 0), "
        "coalesce(max(revision), 0), coalesce(max(number), 0) FROM events WHERE kind = 'skipped'");
    if (!statement) return tl::unexpected(statement.error());
    if (auto row = statement->step(); !row) return tl::unexpected(row.error());
    return Floors{.counter = statement->integer(0),
                  .list_index = statement->integer(1),
                  .publication = statement->integer(2),
                  .revision = statement->integer(3),
                  .event = statement->integer(4)};
}

Result<std::int64_t> Ledger::Impl::least_skip() const {
    // A reservation, a publication is an event each: there were never more of them than events.
    auto least = number_of(
        "SELECT max((SELECT coalesce(max(number), 0) FROM events), (SELECT coalesce(max(list_index), -1) + 1 FROM "
        "events "
        "WHERE kind IN ('reserved', 'skipped')), (SELECT coalesce(max(publication), 0) FROM events WHERE kind IN "
        "('published', 'skipped')))",
        {});
    auto recorded = least ? load_head_file(path) : tl::unexpected(least.error());
    if (!recorded) return tl::unexpected(recorded.error());
    if (*recorded && (*recorded)->identity == identity) {
        return std::max(*least, static_cast<std::int64_t>((*recorded)->head.size));
    }
    return least;
}

Result<Skip> Ledger::skip(std::int64_t past, std::string_view reason, Timestamp now) {
    if (auto fine = impl_->usable(); !fine) return tl::unexpected(fine.error());
    if (auto fine = check_length("a reason", reason, max_reason); !fine) return tl::unexpected(fine.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    auto least = impl_->least_skip();
    if (!least) return tl::unexpected(least.error());
    if (past < *least || past > most_passed) {
        return fail(Errc::bad_argument, "--past: " + std::to_string(*least) + " (what is known here) to " +
                                            std::to_string(most_passed) +
                                            ": more events than the lost ledger can have had");
    }
    auto revision = impl_->number_of("SELECT coalesce(max(revision), 0) FROM events", {});
    if (!revision) return tl::unexpected(revision.error());
    const Skip skip{.past = past, .revision = (*revision / revision_step + 1) * revision_step};
    if (skip.revision >= LicenseId::max_revision) {
        return fail(Errc::limit_exceeded, "the revisions are used up: go on in a new office with another number");
    }
    EventRow row("skipped");
    row.set(Column::at, now.unix_seconds()).set(Column::reason, reason).set(Column::list, std::int64_t{impl_->office});
    row.set(Column::list_index, past - 1).set(Column::counter, past).set(Column::publication, past);
    row.set(Column::revision, skip.revision);
    if (auto added = impl_->append(row); !added) return tl::unexpected(added.error());
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    if (auto recorded = impl_->record_head(true); !recorded) return tl::unexpected(recorded.error());
    impl_->refusal.reset();
    return skip;
}

}  // namespace elic
