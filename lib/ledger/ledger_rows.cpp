#include "ledger/ledger_rows.h"

namespace elic {

namespace {

/// A stored identifier. One that does not parse is damage, not input.
Result<LicenseId> stored_id(const std::string& text) {
    auto id = LicenseId::parse(text);
    if (!id) return fail(Errc::ledger_unusable, "ledger: a stored identifier is damaged: " + id.error().context);
    return id;
}

}  // namespace

Result<Reservation> read_reservation(const sqlite::Statement& row) {
    auto id = stored_id(row.text(1));
    if (!id) return tl::unexpected(id.error());
    auto at = Timestamp::from_unix(row.integer(4));
    if (row.integer(0) < 1 || row.integer(2) < 1 || row.integer(3) < 0) {
        return fail(Errc::ledger_unusable, "ledger: a stored number is damaged");
    }
    if (!at) return fail(Errc::ledger_unusable, "ledger: a stored time is damaged");
    return Reservation{.number = row.integer(0),
                       .id = *id,
                       .status = {.list = static_cast<std::uint64_t>(row.integer(2)),
                                  .index = static_cast<std::uint64_t>(row.integer(3))},
                       .signed_at = *at,
                       .draft = row.text(5),
                       .content = row.text(6)};
}

Result<LedgerEntry> read_entry(const sqlite::Statement& row) {
    auto reservation = read_reservation(row);
    if (!reservation) return tl::unexpected(reservation.error());
    std::optional<LicenseId> previous;
    if (!row.is_null(10)) {
        auto id = stored_id(row.text(10));
        if (!id) return tl::unexpected(id.error());
        previous = *id;
    }
    return LedgerEntry{.request = row.text(7),
                       .reservation = *reservation,
                       .payload = row.text(8),
                       .license = row.text(9),
                       .previous = previous};
}

}  // namespace elic
