#include "ledger/ledger_impl.h"

namespace elic {

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

}  // namespace elic
