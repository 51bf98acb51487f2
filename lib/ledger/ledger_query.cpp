#include "elic/ledger/ledger_query.h"

#include <algorithm>
#include <limits>
#include <variant>

#include "base/text.h"
#include "ledger/ledger_impl.h"
#include "ledger/listed_rows.h"

namespace elic {

namespace {

constexpr std::string_view issue_of_r = "CROSS JOIN events AS i ON i.kind = 'issued' AND i.reservation = r.number ";

/// A query in the making. The first parameter is the instant whose states are asked for.
class Query {
public:
    using Value = std::variant<std::int64_t, std::string>;

    explicit Query(Timestamp now) { values_.emplace_back(now.unix_seconds()); }

    /// A condition, and what goes into each of its question marks.
    void where(std::string_view condition, std::vector<Value> values = {}) {
        conditions_ += (conditions_.empty() ? "WHERE " : "AND ") + std::string(condition) + " ";
        for (auto& value : values) values_.push_back(std::move(value));
    }

    /// Joined by CROSS JOIN: SQLite keeps their order, so that the one with the index that matters comes first.
    std::string tables;
    std::string order;

    Result<sqlite::Statement> prepare(sqlite3* database, const std::optional<std::size_t>& limit) const {
        auto sql = std::string(listed_columns) + "FROM " + tables + conditions_ + "ORDER BY " + order;
        constexpr std::size_t most = std::numeric_limits<int>::max();
        if (limit) sql += " LIMIT " + std::to_string(std::min(*limit, most));
        auto statement = sqlite::Statement::prepare(database, sql);
        if (!statement) return statement;
        for (const auto& value : values_) {
            if (const auto* text = std::get_if<std::string>(&value)) {
                statement->bind(std::string_view(*text));
            } else {
                statement->bind(std::get<std::int64_t>(value));
            }
        }
        return statement;
    }

private:
    std::string conditions_;
    std::vector<Value> values_;
};

/// A code as people give it: without blanks, in ASCII, letters large (the X of a citizen number).
std::string tidy_code(std::string_view code) {
    std::string tidy;
    for (const char c : fold_width(code)) {
        if (c != ' ') tidy += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return tidy;
}

/// True when the state is best looked for among the moves, of which there are fewer than licenses.
bool by_moves(const LicenseFilter& filter) {
    return filter.state && *filter.state != LicenseState::valid && !filter.holder && !filter.number && !filter.request;
}

/// The tables in the order that reads the fewest rows, and the order of what comes out.
void choose_tables(const LicenseFilter& filter, Query& query) {
    const std::string reservation = "CROSS JOIN events AS r ON r.number = ";
    query.order = "r.number";
    if (filter.holder) {
        query.tables = "holdings AS h " + reservation + "h.reservation " + std::string(issue_of_r);
    } else if (filter.number) {
        query.tables = "numbers AS n " + reservation + "n.reservation " + std::string(issue_of_r);
    } else if (filter.request) {
        query.tables = "events AS r INDEXED BY one_reservation_a_request " + std::string(issue_of_r);
    } else if (by_moves(filter)) {
        query.tables =
            "events AS m INDEXED BY moves_by_state CROSS JOIN events AS i ON i.kind = 'issued' AND "
            "i.id = m.id " +
            reservation + "i.reservation ";
        query.order = "m.number";
    } else if (filter.type) {
        query.tables = "events AS r INDEXED BY types_by_day " + std::string(issue_of_r);
        query.order = "r.at, r.number";
    } else if (filter.from || filter.until) {
        query.tables = "events AS r INDEXED BY signing_times " + std::string(issue_of_r);
        query.order = "r.at, r.number";
    } else {
        query.tables = "events AS i INDEXED BY one_issue_a_reservation " + reservation + "i.reservation ";
        query.order = "i.reservation";
    }
}

void choose_rows(const LicenseFilter& filter, Query& query) {
    query.where("r.kind = 'reserved' AND i.kind = 'issued'");
    if (filter.holder) query.where("h.code IN (?, ?)", {*filter.holder, tidy_code(*filter.holder)});
    if (filter.number && filter.holder) {
        query.where("EXISTS (SELECT 1 FROM numbers WHERE number = ? AND reservation = r.number)", {*filter.number});
    } else if (filter.number) {
        query.where("n.number = ?", {*filter.number});
    }
    if (filter.request) query.where("r.request = ?", {*filter.request});
    if (filter.type) query.where("r.type = ?", {filter.type->text()});
    if (filter.from) query.where("r.at >= ?", {filter.from->unix_seconds()});
    if (filter.until) query.where("r.at <= ?", {filter.until->unix_seconds()});
    if (!filter.state) return;
    const std::string state(name_of(*filter.state));
    if (by_moves(filter)) {
        // The move that made the state that it is in: there is one such move a license.
        query.where(
            "m.kind = 'moved' AND m.state = ? AND m.effective <= ?1 AND NOT EXISTS (SELECT 1 FROM events WHERE kind = "
            "'moved' AND id = m.id AND effective > m.effective AND effective <= ?1)",
            {state});
    } else {
        query.where("state_now = ?", {state});
    }
}

}  // namespace

Status Ledger::select(const LicenseFilter& filter, Timestamp now,
                      const std::function<bool(const ListedLicense&)>& sink) const {
    Query query(now);
    choose_tables(filter, query);
    choose_rows(filter, query);
    auto statement = query.prepare(impl_->database.get(), filter.limit);
    if (!statement) return tl::unexpected(statement.error());
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        auto license = read_listed(*statement);
        if (!license) return tl::unexpected(license.error());
        if (!sink(*license)) return {};
    }
}

Result<std::vector<LicenseTypeCode>> Ledger::types() const {
    std::vector<LicenseTypeCode> types;
    std::string last;
    for (;;) {
        auto next = sqlite::Statement::prepare(impl_->database.get(),
                                               "SELECT type FROM events INDEXED BY types_by_day WHERE kind = "
                                               "'reserved' AND type > ? ORDER BY type LIMIT 1");
        if (!next) return tl::unexpected(next.error());
        auto row = next->bind(last).step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return types;
        last = next->text(0);
        auto type = LicenseTypeCode::parse(last);
        if (!type) return fail(Errc::ledger_unusable, "ledger: a stored type is damaged");
        types.push_back(*type);
    }
}

}  // namespace elic
