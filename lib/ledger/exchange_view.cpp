#include "elic/ledger/exchange_view.h"

#include <algorithm>
#include <limits>

#include "base/custody.h"
#include "base/file.h"
#include "base/text.h"
#include "ledger/sqlite.h"

namespace elic {

namespace {

constexpr int busy_milliseconds = 30000;
constexpr std::int64_t application_number = 0x656C6976;  // "eliv"
constexpr std::int64_t tables_number = 1;

/// "certificate_source_id, certificate_name, ...", each with `after` behind it.
std::string column_list(const char* after = "") {
    std::string list;
    for (const auto& column : exchange_columns()) list += (list.empty() ? "" : ", ") + std::string(column.name) + after;
    return list;
}

std::string tables() {
    return "CREATE TABLE rows (row INTEGER PRIMARY KEY, " + column_list(" TEXT NOT NULL") +
           ", UNIQUE (issue_dept_code, certificate_source_id)) STRICT;"
           "CREATE INDEX rows_by_number ON rows (certificate_number);"
           "CREATE TABLE holders (code TEXT NOT NULL, row INTEGER NOT NULL REFERENCES rows (row), PRIMARY KEY (code, "
           "row)) "
           "STRICT, WITHOUT ROWID;"
           "CREATE INDEX holders_by_row ON holders (row);"
           "PRAGMA application_id = " +
           std::to_string(application_number) + ";PRAGMA user_version = " + std::to_string(tables_number) + ";";
}

Result<std::int64_t> first_number(sqlite3* database, std::string_view sql) {
    auto statement = sqlite::Statement::prepare(database, sql);
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

Result<sqlite::Database> connect(const std::filesystem::path& file, int flags) {
    if (auto fine = check_custody(file); !fine) return tl::unexpected(fine.error());
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string(), Errc::io));
    sqlite3_busy_timeout(raw, busy_milliseconds);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    auto set = sqlite::execute(raw, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF",
                               "set up");
    if (!set) return tl::unexpected(set.error());
    return database;
}

Status check_kind(sqlite3* database, const std::filesystem::path& file) {
    auto application = first_number(database, "PRAGMA application_id");
    auto shape = application ? first_number(database, "PRAGMA user_version") : application;
    if (!shape) return fail(Errc::ledger_unusable, file.string() + ": " + shape.error().context);
    if (*application == application_number && *shape == tables_number) return {};
    return fail(Errc::ledger_unusable, file.string() +
                                           " is not a view of exchange rows (of a version that this program knows): "
                                           "name a new file, never the ledger");
}

/// As codes are compared: narrow, letters large, no blanks.
std::string tidy(std::string_view code) {
    std::string text;
    for (const char c : fold_width(code)) {
        if (c != ' ') text += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return text;
}

ExchangeRow read_row(const sqlite::Statement& statement, int first) {
    ExchangeRow row;
    for (std::size_t i = 0; i < exchange_column_count; ++i) row.cells[i] = statement.text(first + static_cast<int>(i));
    return row;
}

}  // namespace

struct ExchangeView::Impl {
    /// The row of a key, with its number; none when it is not there.
    Result<std::optional<ExchangeRow>> find(const ExchangeRow& key, std::int64_t& number) const;
    Status put(const ExchangeRow& row, std::int64_t number);
    Status put_holders(const ExchangeRow& row, std::int64_t number);

    sqlite::Database database;
    std::optional<sqlite::Transaction> transaction = {};
};

ExchangeView::ExchangeView(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ExchangeView::ExchangeView(ExchangeView&&) noexcept = default;
ExchangeView& ExchangeView::operator=(ExchangeView&&) noexcept = default;
ExchangeView::~ExchangeView() = default;

Result<ExchangeView> ExchangeView::open_to_import(const std::filesystem::path& file) {
    auto made = create_file_durably(file, {}, FileAccess::owner_only);
    if (!made && made.error().code != Errc::already_exists) return tl::unexpected(made.error());
    auto database = connect(file, SQLITE_OPEN_READWRITE);
    if (!database) return tl::unexpected(database.error());
    // Empty also when an import ended before its tables were made.
    std::error_code ignored;
    if (std::filesystem::file_size(file, ignored) == 0) {
        const auto sql = "BEGIN EXCLUSIVE;" + tables() + "COMMIT;";
        auto filled = sqlite::execute(database->get(), sql.c_str(), "make the view");
        if (!filled) return tl::unexpected(filled.error());
    }
    if (auto known = check_kind(database->get(), file); !known) return tl::unexpected(known.error());
    auto impl = std::make_unique<Impl>();
    impl->database = std::move(*database);
    return ExchangeView(std::move(impl));
}

Result<ExchangeView> ExchangeView::open(const std::filesystem::path& file) {
    if (!file_exists(file)) {
        return fail(Errc::not_found, file.string() + " is not there: make it with `elic ledger import FILE --into " +
                                         file.string() + "`");
    }
    auto database = connect(file, SQLITE_OPEN_READONLY);
    if (!database) return tl::unexpected(database.error());
    if (auto known = check_kind(database->get(), file); !known) return tl::unexpected(known.error());
    auto impl = std::make_unique<Impl>();
    impl->database = std::move(*database);
    return ExchangeView(std::move(impl));
}

Status ExchangeView::begin() {
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    impl_->transaction.emplace(std::move(*transaction));
    return {};
}

Status ExchangeView::commit() {
    auto done = impl_->transaction->commit();
    impl_->transaction.reset();
    if (done) return {};
    return fail(Errc::io, "the view: " + done.error().context + ": import the file again");
}

Result<std::optional<ExchangeRow>> ExchangeView::Impl::find(const ExchangeRow& key, std::int64_t& number) const {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "SELECT row, " + column_list() + " FROM rows WHERE issue_dept_code = ? AND certificate_source_id = ?");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(key[ExchangeColumn::issue_dept_code]).bind(key[ExchangeColumn::source_id]);
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return std::optional<ExchangeRow>();
    number = statement->integer(0);
    return std::optional(read_row(*statement, 1));
}

Status ExchangeView::Impl::put(const ExchangeRow& row, std::int64_t number) {
    std::string marks, changes;
    for (const auto& column : exchange_columns()) {
        marks += ", ?";
        changes += (changes.empty() ? "" : ", ") + std::string(column.name) + " = excluded." + column.name;
    }
    auto statement = sqlite::Statement::prepare(database.get(), "INSERT INTO rows (row, " + column_list() +
                                                                    ") VALUES (nullif(?, 0)" + marks +
                                                                    ") ON CONFLICT (row) DO UPDATE SET " + changes);
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(number);
    for (const auto& cell : row.cells) statement->bind(std::string_view(cell));
    auto done = statement->step();
    if (!done) return tl::unexpected(done.error());
    return put_holders(row, number != 0 ? number : sqlite3_last_insert_rowid(database.get()));
}

Status ExchangeView::Impl::put_holders(const ExchangeRow& row, std::int64_t number) {
    auto clear = sqlite::Statement::prepare(database.get(), "DELETE FROM holders WHERE row = ?");
    if (!clear) return tl::unexpected(clear.error());
    auto cleared = clear->bind(number).step();
    if (!cleared) return tl::unexpected(cleared.error());
    for (const auto& code : split_cell(row[ExchangeColumn::holder_code])) {
        auto insert = sqlite::Statement::prepare(database.get(), "INSERT OR IGNORE INTO holders VALUES (?, ?)");
        if (!insert) return tl::unexpected(insert.error());
        auto done = insert->bind(tidy(code)).bind(number).step();
        if (!done) return tl::unexpected(done.error());
    }
    return {};
}

Result<Applied> ExchangeView::apply(const ExchangeRow& row) {
    std::int64_t number = 0;
    auto there = impl_->find(row, number);
    if (!there) return tl::unexpected(there.error());
    auto next = row;
    const bool removal = row[ExchangeColumn::operation] == "D";
    if (*there) {
        // In the order of time; rows of one second count in the order of the file.
        if (row[ExchangeColumn::time] < (**there)[ExchangeColumn::time]) return Applied::older;
        // A removal need not repeat the license: what is known of it stays.
        for (std::size_t i = 0; removal && i < exchange_column_count; ++i) {
            if (next.cells[i].empty() && static_cast<ExchangeColumn>(i) != ExchangeColumn::state)
                next.cells[i] = (**there).cells[i];
        }
        if (next.cells == (**there).cells) return Applied::known;
    }
    if (auto done = impl_->put(next, number); !done) return tl::unexpected(done.error());
    if (removal) return Applied::removed;
    return *there ? Applied::changed : Applied::added;
}

Status ExchangeView::select(const ViewFilter& filter, const std::function<bool(const ExchangeRow&)>& sink) const {
    std::vector<std::string> values;
    std::string sql = "SELECT " + column_list() + " FROM ";
    if (filter.holder) {
        sql += "holders CROSS JOIN rows USING (row) WHERE holders.code = ? ";
        values.push_back(tidy(*filter.holder));
    } else {
        sql += "rows WHERE 1 ";
    }
    const auto where = [&](const char* condition, const std::optional<std::string>& value) {
        if (!value) return;
        sql += std::string("AND ") + condition + " ";
        values.push_back(*value);
    };
    where("certificate_number = ?", filter.number);
    where("certificate_type_code = ?", filter.type);
    where("issue_date >= ?", filter.from);
    where("issue_date <= ?", filter.until);
    where(
        "CASE WHEN certificate_state <> '' THEN certificate_state WHEN cd_operation = 'D' THEN 'removed' ELSE 'listed' "
        "END = ?",
        filter.state);
    sql += "ORDER BY rows.row";
    constexpr std::size_t most = std::numeric_limits<int>::max();
    if (filter.limit) sql += " LIMIT " + std::to_string(std::min(*filter.limit, most));
    auto statement = sqlite::Statement::prepare(impl_->database.get(), sql);
    if (!statement) return tl::unexpected(statement.error());
    for (const auto& value : values) statement->bind(std::string_view(value));
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row || !sink(read_row(*statement, 0))) return {};
    }
}

}  // namespace elic
