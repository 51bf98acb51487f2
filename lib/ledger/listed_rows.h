#pragma once

#include <string_view>

#include "elic/ledger/ledger_query.h"
#include "ledger/ledger_rows.h"

namespace elic {

/// What read_listed reads, of `r` (the reserved event) and `i` (the issued one): the columns of read_entry, then the
/// state at the instant of the first parameter.
inline constexpr std::string_view listed_columns =
    "SELECT r.number, r.id, r.list, r.list_index, r.at, r.draft, r.content, r.previous, r.change, r.reason, r.asked, "
    "r.request, i.payload, i.license, coalesce((SELECT state FROM events WHERE kind = 'moved' AND id = i.id AND "
    "effective <= ?1 ORDER BY effective DESC LIMIT 1), 'valid') AS state_now ";
/// The number of columns above: what a query has more begins here.
inline constexpr int after_listed = 15;

/// Errors: ledger_unusable when what is stored is damaged.
Result<ListedLicense> read_listed(const sqlite::Statement& row);

}  // namespace elic
