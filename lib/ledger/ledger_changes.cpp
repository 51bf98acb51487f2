#include <charconv>

#include "elic/ledger/ledger_query.h"
#include "ledger/ledger_impl.h"
#include "ledger/listed_rows.h"

namespace elic {

namespace {

/// After those of read_listed: of the event `e`. The state now is made by the event that is the latest to count.
std::string change_columns() {
    return std::string(listed_columns) +
           ", e.number, e.move, e.state, e.effective, NOT EXISTS (SELECT 1 FROM events WHERE kind = 'moved' AND id = "
           "e.id AND effective > coalesce(e.effective, -1e300) AND effective <= ?1) ";
}
constexpr std::string_view of_event =
    "CROSS JOIN events AS i ON i.kind = 'issued' AND i.id = e.id "
    "CROSS JOIN events AS r ON r.number = i.reservation ";

Result<LedgerChange> read_change(const sqlite::Statement& row) {
    auto license = read_listed(row);
    if (!license) return tl::unexpected(license.error());
    const auto signed_at = license->entry.reservation.signed_at;
    LedgerChange change{.event = row.integer(after_listed),
                        .license = std::move(*license),
                        .counts_from = signed_at,
                        .latest = row.integer(after_listed + 4) != 0};
    if (row.is_null(after_listed + 1)) return change;
    const auto state = license_state_named(row.text(after_listed + 2));
    change.move = life_cycle_move_named(row.text(after_listed + 1));
    auto effective = stored_time(row.integer(after_listed + 3));
    if (!effective) return tl::unexpected(effective.error());
    if (!change.move || !state) return fail(Errc::ledger_unusable, "ledger: a stored word is damaged");
    change.state_after = *state;
    change.counts_from = *effective;
    return change;
}

/// Gives the rows to the sink. False: it wants no more.
Result<bool> pour(sqlite3* database, const std::string& sql, std::initializer_list<std::int64_t> values,
                  const ChangeSink& sink) {
    auto statement = sqlite::Statement::prepare(database, sql);
    if (!statement) return tl::unexpected(statement.error());
    for (const auto value : values) statement->bind(value);
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return true;
        auto change = read_change(*statement);
        if (!change) return tl::unexpected(change.error());
        if (!sink(*change)) return false;
    }
}

/// One view of the ledger for several queries: others may write meanwhile.
class Snapshot {
public:
    static Result<Snapshot> take(sqlite3* database) {
        if (auto begun = sqlite::execute(database, "BEGIN", "begin"); !begun) return tl::unexpected(begun.error());
        return Snapshot(database);
    }
    Snapshot(Snapshot&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Snapshot& operator=(Snapshot&&) = delete;
    ~Snapshot() {
        if (database_ != nullptr) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
    }

private:
    explicit Snapshot(sqlite3* database) : database_(database) {}
    sqlite3* database_;
};

}  // namespace

Result<ExportMark> ExportMark::parse(std::string_view text) {
    const auto at = text.find('@');
    const auto digits = text.substr(0, at);
    ExportMark mark;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), mark.event);
    const bool whole = error == std::errc() && end == digits.data() + digits.size() && mark.event >= 0;
    if (whole && at == text.npos) return mark;
    auto as_of = whole ? Timestamp::parse(text.substr(at + 1)) : fail(Errc::bad_argument, "");
    if (as_of) {
        mark.as_of = *as_of;
        return mark;
    }
    return fail(Errc::bad_argument,
                "a mark is the number of an event, or that and an instant as an export ended with: "
                "1234@2026-11-26T10:00:00+08:00");
}

std::string ExportMark::format() const {
    return std::to_string(event) + (as_of ? "@" + as_of->format() : std::string());
}

Result<ListedLicense> read_listed(const sqlite::Statement& row) {
    auto entry = read_entry(row);
    if (!entry) return tl::unexpected(entry.error());
    const auto state = license_state_named(row.text(after_listed - 1));
    if (!state) return fail(Errc::ledger_unusable, "ledger: a stored word is damaged");
    return ListedLicense{.entry = std::move(*entry), .state = *state};
}

Result<ExportMark> Ledger::changes(const ExportMark& after, Timestamp now,
                                   const std::function<bool(const LedgerChange&)>& sink) const {
    auto* database = impl_->database.get();
    auto snapshot = Snapshot::take(database);
    if (!snapshot) return tl::unexpected(snapshot.error());
    auto head = impl_->number_of("SELECT coalesce(max(number), 0) FROM events", {});
    if (!head) return tl::unexpected(head.error());
    if (after.event > *head) {
        return fail(Errc::bad_argument, "the ledger ends with event " + std::to_string(*head) +
                                            ": the mark is of another ledger, or this one was restored from an old "
                                            "copy");
    }
    // A mark without an instant: what counts later than its event was recorded is told, perhaps once more.
    auto told = impl_->number_of("SELECT at FROM events WHERE number = " + std::to_string(after.event), {});
    if (!told) return tl::unexpected(told.error());
    const auto as_of = after.as_of ? after.as_of->unix_seconds() : *told;
    const auto until = now.unix_seconds();
    auto more = pour(database,
                     change_columns() + "FROM events AS e INDEXED BY moves_by_instant " + std::string(of_event) +
                         "WHERE e.kind = 'moved' AND e.number <= ?2 AND e.effective > ?3 AND e.effective <= ?1 "
                         "ORDER BY e.effective, e.number",
                     {until, after.event, as_of}, sink);
    if (!more) return tl::unexpected(more.error());
    const ExportMark mark{.event = *head, .as_of = now};
    if (!*more) return mark;
    more = pour(database,
                change_columns() + "FROM events AS e NOT INDEXED " + std::string(of_event) +
                    "WHERE e.number > ?2 AND e.number <= ?3 AND (e.kind = 'issued' OR e.kind = 'moved' AND "
                    "e.effective <= ?1) ORDER BY e.number",
                {until, after.event, *head}, sink);
    if (!more) return tl::unexpected(more.error());
    return mark;
}

}  // namespace elic
