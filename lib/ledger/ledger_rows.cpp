#include "ledger/ledger_rows.h"

#include <algorithm>

#include "base/hex.h"

namespace elic {

namespace {

Result<std::optional<LicenseId>> previous_of(const sqlite::Statement& row) {
    if (row.is_null(7)) return std::optional<LicenseId>();
    auto id = stored_id(row.text(7));
    if (!id) return tl::unexpected(id.error());
    return std::optional(*id);
}

Result<std::optional<Succession>> succession_of(const sqlite::Statement& row) {
    if (row.is_null(8)) return std::optional<Succession>();
    const auto kind = succession_named(row.text(8));
    auto previous = stored_id(row.text(7));
    if (!kind) return fail(Errc::ledger_unusable, "ledger: a stored word is damaged");
    if (!previous) return tl::unexpected(previous.error());
    Succession succession{.kind = *kind, .previous = *previous, .reason = row.text(9)};
    if (row.is_null(10)) return std::optional(succession);
    auto effective = stored_time(row.integer(10));
    if (!effective) return tl::unexpected(effective.error());
    succession.effective = *effective;
    return std::optional(succession);
}

}  // namespace

Result<LicenseId> stored_id(const std::string& text) {
    auto id = LicenseId::parse(text);
    if (!id) return fail(Errc::ledger_unusable, "ledger: a stored identifier is damaged: " + id.error().context);
    return id;
}

Result<Timestamp> stored_time(std::int64_t seconds) {
    auto time = Timestamp::from_unix(seconds);
    if (!time) return fail(Errc::ledger_unusable, "ledger: a stored time is damaged");
    return time;
}

Result<Reservation> read_reservation(const sqlite::Statement& row) {
    auto id = stored_id(row.text(1));
    if (!id) return tl::unexpected(id.error());
    auto at = stored_time(row.integer(4));
    if (row.integer(0) < 1 || row.integer(2) < 1 || row.integer(3) < 0) {
        return fail(Errc::ledger_unusable, "ledger: a stored number is damaged");
    }
    if (!at) return tl::unexpected(at.error());
    auto succession = succession_of(row);
    if (!succession) return tl::unexpected(succession.error());
    return Reservation{.number = row.integer(0),
                       .id = *id,
                       .status = {.list = static_cast<std::uint64_t>(row.integer(2)),
                                  .index = static_cast<std::uint64_t>(row.integer(3))},
                       .signed_at = *at,
                       .draft = row.text(5),
                       .content = row.text(6),
                       .succession = std::move(*succession)};
}

Result<LedgerEntry> read_entry(const sqlite::Statement& row) {
    auto reservation = read_reservation(row);
    if (!reservation) return tl::unexpected(reservation.error());
    auto previous = previous_of(row);
    if (!previous) return tl::unexpected(previous.error());
    return LedgerEntry{.request = row.text(11),
                       .reservation = *reservation,
                       .payload = row.text(12),
                       .license = row.text(13),
                       .previous = *previous};
}

Result<MoveRecord> read_move(const sqlite::Statement& row) {
    auto id = stored_id(row.text(1));
    if (!id) return tl::unexpected(id.error());
    const auto move = life_cycle_move_named(row.text(2));
    const auto state = license_state_named(row.text(3));
    if (!move || !state) return fail(Errc::ledger_unusable, "ledger: a stored word is damaged");
    auto effective = stored_time(row.integer(5));
    auto recorded = stored_time(row.integer(6));
    if (!effective) return tl::unexpected(effective.error());
    if (!recorded) return tl::unexpected(recorded.error());
    MoveRecord record{.number = row.integer(0),
                      .id = *id,
                      .move = *move,
                      .state = *state,
                      .reason = row.text(4),
                      .effective = *effective,
                      .recorded_at = *recorded};
    if (!row.is_null(7)) record.request = row.text(7);
    if (row.is_null(8)) return record;
    auto asked = stored_time(row.integer(8));
    if (!asked) return tl::unexpected(asked.error());
    record.asked = *asked;
    return record;
}

Result<Publication> read_publication(const sqlite::Statement& row) {
    const auto form = row.text(0);
    auto as_of = stored_time(row.integer(2));
    auto digest = from_hex(row.text(4));
    if (!as_of) return tl::unexpected(as_of.error());
    if (!digest || digest->size() != Digest().size()) {
        return fail(Errc::ledger_unusable, "ledger: a stored digest is damaged");
    }
    Publication publication{.form = form == "list"    ? PublicationForm::list
                                    : form == "delta" ? PublicationForm::delta
                                                      : PublicationForm::genuine,
                            .number = static_cast<std::uint64_t>(row.integer(1)),
                            .as_of = *as_of};
    std::copy(digest->begin(), digest->end(), publication.digest.begin());
    if (row.is_null(3)) return publication;
    auto next = stored_time(row.integer(3));
    if (!next) return tl::unexpected(next.error());
    publication.next_update = *next;
    return publication;
}

}  // namespace elic
