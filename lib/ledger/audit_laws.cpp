#include <algorithm>
#include <set>

#include "elic/license/license_state.h"
#include "ledger/audit_events.h"
#include "ledger/embedded_sql.h"

namespace elic::audit {

namespace {

void law(std::vector<AuditFault>& faults, std::int64_t number, std::string text) {
    add_fault(faults, {.first = number, .last = number, .kind = "law", .text = std::move(text)});
}

/// Every table, index, trigger and view with the SQL that made it.
Result<std::set<std::string>> objects(sqlite3* database) {
    auto rows = sqlite::Statement::prepare(
        database,
        "SELECT type || ' ' || name || ' on ' || tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE "
        "'sqlite_stat%'");
    if (!rows) return tl::unexpected(rows.error());
    std::set<std::string> found;
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return found;
        found.insert(rows->text(0) + "\n" + rows->text(1));
    }
}

std::string name_in(const std::string& object) { return object.substr(0, object.find(" on ")); }

/// One license's moves, in the order in which they were recorded.
struct Line {
    std::string id;
    LicenseState state = LicenseState::valid;
    std::int64_t effective = 0, number = 0;
};

void check_move(const sqlite::Statement& row, Line& line, std::vector<AuditFault>& faults) {
    const auto number = row.integer(0);
    if (const auto id = row.text_in_place(1); id != line.id) line = {.id = std::string(id)};
    const auto move = life_cycle_move_named(row.text_in_place(2));
    const auto state = license_state_named(row.text_in_place(3));
    if (row.is_null(5) || row.integer(6) > number) {
        law(faults, number, "it moves what was not issued before it");
    } else if (row.integer(4) < row.integer(5) || (line.number != 0 && row.integer(4) <= line.effective)) {
        law(faults, number, "it counts before the license was signed or the move before it");
    }
    if (!move || !state || state_after(line.state, *move) != state) law(faults, number, "no such move from that state");
    if (line.number > number) law(faults, number, "moves of one license are recorded in the order in which they count");
    if (state) line.state = *state;
    line.effective = row.integer(4);
    line.number = number;
    const bool replaces = move == LifeCycleMove::replace;
    if (replaces != !row.is_null(7) || replaces != !row.is_null(8)) {
        law(faults, number, "a license is replaced by its renewal or correction, and by nothing else");
    } else if (replaces && (row.integer(8) != number + 1 || row.text_in_place(9) != "issued" ||
                            row.integer(10) != row.integer(7))) {
        law(faults, number, "the event after it does not issue what replaces the license");
    }
}

/// False for what SQLite says of an index that is missing, or cannot answer because it was made otherwise.
bool is_there(const Error& error) {
    return error.context.find("no such index") == std::string::npos &&
           error.context.find("no query solution") == std::string::npos;
}

}  // namespace

Status check_moves(sqlite3* database, std::vector<AuditFault>& faults) {
    // In the order in which they count, by the index that was made for it.
    auto rows = sqlite::Statement::prepare(
        database,
        "SELECT m.number, m.id, m.move, m.state, m.effective, i.at, i.number, m.reservation, m.issue, n.kind, "
        "n.reservation FROM events AS m LEFT JOIN events AS i ON i.kind = 'issued' AND i.id = m.id LEFT JOIN events AS "
        "n "
        "ON n.number = m.issue WHERE m.kind = 'moved' ORDER BY m.id, m.effective");
    if (!rows) return tl::unexpected(rows.error());
    Line line;
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        check_move(*rows, line, faults);
    }
}

Status check_publications(sqlite3* database, const Known& known, std::vector<AuditFault>& faults) {
    auto rows = sqlite::Statement::prepare(
        database, "SELECT number, at, publication, form FROM events WHERE kind = 'published' ORDER BY number");
    if (!rows) return tl::unexpected(rows.error());
    std::int64_t last_at = INT64_MIN, last = 0;
    bool list = false;  // a delta can go on from something
    auto skip = known.skips.begin();
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        const auto number = rows->integer(0);
        for (; skip != known.skips.end() && skip->first < number; ++skip) {
            last = std::max(last, skip->second.publication);
            list = false;
        }
        if (rows->integer(1) <= last_at) law(faults, number, "it publishes as of no later than the one before");
        last_at = rows->integer(1);
        if (rows->is_null(2)) continue;
        if (rows->integer(2) != last + 1) law(faults, number, "publications are numbered without a gap");
        if (rows->text_in_place(3) == "delta" && !list) law(faults, number, "a delta goes on from a list");
        last = rows->integer(2);
        list = true;
    }
}

Status check_tables(sqlite3* database, std::vector<AuditFault>& faults) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(":memory:", &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
    sqlite::Database pattern(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, "a pattern of the tables"));
    const std::string sql(ledger_sql());
    if (auto made = sqlite::execute(raw, sql.c_str(), "a pattern of the tables"); !made) return made;
    auto wanted = objects(raw);
    if (!wanted) return tl::unexpected(wanted.error());
    auto found = objects(database);
    if (!found) return tl::unexpected(found.error());
    std::vector<std::string> differing;
    std::set_difference(wanted->begin(), wanted->end(), found->begin(), found->end(), std::back_inserter(differing));
    for (const auto& object : differing) {
        add_fault(faults, {.kind = "schema", .text = name_in(object) + " is missing or is not as it was made"});
    }
    differing.clear();
    std::set_difference(found->begin(), found->end(), wanted->begin(), wanted->end(), std::back_inserter(differing));
    for (const auto& object : differing) {
        add_fault(faults, {.kind = "schema", .text = name_in(object) + " does not belong to a ledger, or was changed"});
    }
    return {};
}

Result<std::vector<IndexCount>> count_indexes(sqlite3* database) {
    std::vector<IndexCount> counts;
    for (const auto& [name, kind] :
         std::initializer_list<std::pair<const char*, const char*>>{{"one_reservation_a_request", "reserved"},
                                                                    {"one_reservation_an_identifier", "reserved"},
                                                                    {"one_reservation_a_status_entry", "reserved"},
                                                                    {"one_issue_a_reservation", "issued"},
                                                                    {"one_issue_an_identifier", "issued"},
                                                                    {"one_move_an_instant", "moved"},
                                                                    {"one_publication_an_instant", "published"}}) {
        auto row = sqlite::Statement::prepare(
            database, "SELECT count(*) FROM events INDEXED BY " + std::string(name) + " WHERE kind = '" + kind + "'");
        if (!row && !is_there(row.error())) continue;
        if (!row) return tl::unexpected(row.error());
        if (auto step = row->step(); !step) return tl::unexpected(step.error());
        counts.push_back({.name = name, .kind = kind, .events = row->integer(0)});
    }
    return counts;
}

// An index that does not have every row lets what it forbids happen unnoticed.
void check_counts(const std::vector<IndexCount>& indexes, const std::map<std::string, std::int64_t, std::less<>>& kinds,
                  std::vector<AuditFault>& faults) {
    for (const auto& index : indexes) {
        const auto counted = kinds.find(index.kind);
        if (index.events == (counted == kinds.end() ? 0 : counted->second)) continue;
        add_fault(faults, {.kind = "schema",
                           .text = "index " + index.name +
                                   " does not have every event: the file was written by something else"});
    }
}

}  // namespace elic::audit
