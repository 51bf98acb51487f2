#include "ledger/ledger_holdings.h"

#include <set>

#include "ledger/audit_events.h"
#include "ledger/license_words.h"

namespace elic::audit {

namespace {

/// What the trigger what_is_issued_is_found reads off a license, and whether it stands there. The license is read once.
constexpr std::string_view wanted =
    "SELECT j.key = 'number', j.atom, CASE WHEN j.key = 'number' THEN EXISTS (SELECT 1 FROM numbers WHERE "
    "number = j.atom AND reservation = i.reservation) ELSE EXISTS (SELECT 1 FROM holdings WHERE code = j.atom AND "
    "reservation = i.reservation) END FROM events AS i CROSS JOIN json_tree(i.license) AS j WHERE i.number = ? AND "
    "i.kind = 'issued' AND j.atom <> '' AND (j.key = 'number' AND j.path = '$' OR j.key = 'code' AND "
    "j.path >= '$.holders' AND j.path < '$.holders]')";

Result<std::int64_t> count(sqlite3* database, const char* sql) {
    auto row = sqlite::Statement::prepare(database, sql);
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    return *step ? row->integer(0) : 0;
}

}  // namespace

void FoundCheck::missing(std::int64_t number, bool printed) {
    add_fault(faults_, {.first = number,
                        .last = number,
                        .kind = "law",
                        .text = printed ? "its license number is not among those that are looked up"
                                        : "a holder of it is not among those that are looked up"});
}

Result<bool> FoundCheck::stands(std::optional<sqlite::Statement>& statement, std::string_view sql,
                                std::string_view what, std::int64_t reservation) {
    if (!statement) {
        auto made = sqlite::Statement::prepare(database_, sql);
        if (!made) return tl::unexpected(made.error());
        statement.emplace(std::move(*made));
    }
    statement->again();
    auto row = statement->bind_in_place(what).bind(reservation).step();
    statement->again();  // lets go of the text
    return row;
}

Status FoundCheck::issued(const EventRow& row) {
    const auto number = row.integer(Column::number).value_or(0);
    const auto reservation = row.integer(Column::reservation).value_or(0);
    const auto words = plain_license_words(row.text(Column::license).value_or(""));
    if (!words) return ask(number);
    for (const auto code : words->codes) {
        auto found = stands(holding_, "SELECT 1 FROM holdings WHERE code = ? AND reservation = ?", code, reservation);
        if (!found) return tl::unexpected(found.error());
        ++rows_.holdings;
        if (!*found) missing(number, false);
    }
    if (words->number.empty()) return {};
    auto found =
        stands(printed_, "SELECT 1 FROM numbers WHERE number = ? AND reservation = ?", words->number, reservation);
    if (!found) return tl::unexpected(found.error());
    ++rows_.numbers;
    if (!*found) missing(number, true);
    return {};
}

/// The long way, of a license that is not written as this program writes it.
Status FoundCheck::ask(std::int64_t number) {
    if (!asked_) {
        auto made = sqlite::Statement::prepare(database_, wanted);
        if (!made) return tl::unexpected(made.error());
        asked_.emplace(std::move(*made));
    }
    asked_->again();
    asked_->bind(number);
    std::set<std::string> codes;  // a holder who stands there twice has one row
    for (;;) {
        auto row = asked_->step();
        if (!row && row.error().context.find("malformed JSON") != std::string::npos) {
            add_fault(faults_, {.first = number, .last = number, .kind = "law", .text = "its license is not JSON"});
            asked_.reset();
            return {};
        }
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        const bool printed = asked_->integer(0) != 0;
        if (!printed && !codes.insert(asked_->text(1)).second) continue;
        ++(printed ? rows_.numbers : rows_.holdings);
        if (asked_->integer(2) == 0) missing(number, printed);
    }
}

Status check_nothing_else_found(sqlite3* database, const FoundRows& rows, std::vector<AuditFault>& faults) {
    auto holdings = count(database, "SELECT count(*) FROM holdings");
    auto numbers = count(database, "SELECT count(*) FROM numbers");
    if (!holdings) return tl::unexpected(holdings.error());
    if (!numbers) return tl::unexpected(numbers.error());
    // What is missing was named with its event.
    if (*holdings > rows.holdings || *numbers > rows.numbers) {
        add_fault(faults, {.kind = "law", .text = "holders or numbers are looked up that no license has"});
    }
    return {};
}

}  // namespace elic::audit
