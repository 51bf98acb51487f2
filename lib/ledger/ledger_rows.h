#pragma once

#include <string_view>

#include "elic/ledger/ledger.h"
#include "ledger/sqlite.h"

namespace elic {

/// What read_reservation reads, of events of the kind `reserved`.
inline constexpr std::string_view reservation_columns =
    "SELECT number, id, list, list_index, at, draft, content, previous, change, reason, asked FROM events ";
/// What read_entry reads.
inline constexpr std::string_view entry_columns =
    "SELECT reservation, id, list, list_index, signed_at, draft, content, previous, change, reason, asked, request, "
    "payload, license FROM licenses ";
/// What read_move reads, of events of the kind `moved`.
inline constexpr std::string_view move_columns =
    "SELECT number, id, move, state, reason, effective, at, request, asked FROM events ";
/// What read_publication reads, of events of the kind `published`.
inline constexpr std::string_view publication_columns =
    "SELECT form, publication, at, next_update, digest FROM events ";

/// Errors: ledger_unusable when what is stored is damaged.
Result<Reservation> read_reservation(const sqlite::Statement& row);
Result<LedgerEntry> read_entry(const sqlite::Statement& row);
Result<MoveRecord> read_move(const sqlite::Statement& row);
Result<Publication> read_publication(const sqlite::Statement& row);
/// A stored identifier or time. One that does not parse is damage, not input.
Result<LicenseId> stored_id(const std::string& text);
Result<Timestamp> stored_time(std::int64_t seconds);

}  // namespace elic
