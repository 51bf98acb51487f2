#pragma once

#include <string_view>

#include "elic/ledger/ledger.h"
#include "ledger/sqlite.h"

namespace elic {

/// What read_reservation reads, of events of the kind `reserved`.
inline constexpr std::string_view reservation_columns =
    "SELECT number, id, list, list_index, at, draft, content FROM events ";
/// What read_entry reads.
inline constexpr std::string_view entry_columns =
    "SELECT reservation, id, list, list_index, signed_at, draft, content, request, payload, license, previous "
    "FROM licenses ";

/// Errors: ledger_unusable when what is stored is damaged.
Result<Reservation> read_reservation(const sqlite::Statement& row);
Result<LedgerEntry> read_entry(const sqlite::Statement& row);

}  // namespace elic
