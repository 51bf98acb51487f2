#include "ledger/ledger_holdings.h"

#include <set>

#include "ledger/audit_events.h"

namespace elic::audit {

namespace {

/// What the trigger what_is_issued_is_found reads off a license, and whether it stands there. The license is read once.
constexpr std::string_view wanted =
    "SELECT i.number, j.key = 'number', j.atom, CASE WHEN j.key = 'number' THEN EXISTS (SELECT 1 FROM numbers WHERE "
    "number = j.atom AND reservation = i.reservation) ELSE EXISTS (SELECT 1 FROM holdings WHERE code = j.atom AND "
    "reservation = i.reservation) END FROM events AS i CROSS JOIN json_tree(i.license) AS j WHERE i.number >= ? AND "
    "i.number < ? AND i.kind = 'issued' AND j.atom <> '' AND (j.key = 'number' AND j.path = '$' OR j.key = 'code' AND "
    "j.path >= '$.holders' AND j.path < '$.holders]')";

Result<std::int64_t> count(sqlite3* database, const char* sql) {
    auto row = sqlite::Statement::prepare(database, sql);
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    return *step ? row->integer(0) : 0;
}

}  // namespace

Status check_found(sqlite3* database, std::int64_t begin, std::int64_t end, FoundRows& rows,
                   std::vector<AuditFault>& faults) {
    auto statement = sqlite::Statement::prepare(database, wanted);
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(begin).bind(end);
    std::set<std::string> codes;  // of one license: a holder who stands there twice has one row
    std::int64_t license = 0;
    for (;;) {
        auto row = statement->step();
        if (!row && row.error().context.find("malformed JSON") != std::string::npos) {
            add_fault(faults,
                      {.first = begin, .last = end - 1, .kind = "law", .text = "a license among them is not JSON"});
            return {};
        }
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        const auto number = statement->integer(0);
        const bool printed = statement->integer(1) != 0;
        if (number != license) codes.clear();
        license = number;
        if (!printed && !codes.insert(statement->text(2)).second) continue;
        ++(printed ? rows.numbers : rows.holdings);
        if (statement->integer(3) != 0) continue;
        add_fault(faults, {.first = number,
                           .last = number,
                           .kind = "law",
                           .text = printed ? "its license number is not among those that are looked up"
                                           : "a holder of it is not among those that are looked up"});
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
