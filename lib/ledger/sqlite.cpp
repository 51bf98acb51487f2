#include "ledger/sqlite.h"

#include <algorithm>

#include "ledger/kept_statements.h"

namespace elic::sqlite {

void CloseDatabase::operator()(sqlite3* database) const noexcept {
    drop_kept(database);
    sqlite3_close_v2(database);
}

void Statement::Keep::operator()(sqlite3_stmt* statement) const noexcept { keep(database, statement); }

Error last_error(sqlite3* database, std::string_view doing, Errc code) {
    std::string reason = database != nullptr ? sqlite3_errmsg(database) : "out of memory";
    const int kind = database != nullptr ? sqlite3_errcode(database) & 0xFF : SQLITE_NOMEM;
    if (kind == SQLITE_CORRUPT || kind == SQLITE_NOTADB) {
        return Error{Errc::ledger_unusable, "ledger: " + std::string(doing) + ": the file is damaged (" + reason +
                                                "): stop issuing and restore it from a copy"};
    }
    return Error{code, "ledger: " + std::string(doing) + ": " + reason};
}

Status execute(sqlite3* database, const char* sql, std::string_view doing) {
    if (sqlite3_exec(database, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(last_error(database, doing));
    }
    return {};
}

Result<Statement> Statement::prepare(sqlite3* database, std::string_view sql) {
    sqlite3_stmt* statement = take_kept(database, sql);
    if (statement != nullptr) return Statement(database, statement);
    if (sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
        return tl::unexpected(last_error(database, "prepare"));
    }
    return Statement(database, statement);
}

Statement& Statement::bound(int rc) {
    if (rc != SQLITE_OK && !failed_) failed_ = last_error(database_, "bind");
    return *this;
}

Statement& Statement::bind(std::int64_t value) { return bound(sqlite3_bind_int64(statement_.get(), next_++, value)); }

Statement& Statement::bind(std::string_view value) {
    // A text without a place in memory would be bound as NULL.
    const char* bytes = value.data() != nullptr ? value.data() : "";
    return bound(sqlite3_bind_text64(statement_.get(), next_++, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Statement& Statement::bind_optional(const std::optional<std::string>& value) {
    return value ? bind(std::string_view(*value)) : bind_null();
}

Statement& Statement::bind_null() { return bound(sqlite3_bind_null(statement_.get(), next_++)); }

Statement& Statement::bind_in_place(std::string_view value) {
    const char* bytes = value.data() != nullptr ? value.data() : "";
    return bound(sqlite3_bind_text64(statement_.get(), next_++, bytes, value.size(), SQLITE_STATIC, SQLITE_UTF8));
}

Statement& Statement::bind_blob(BytesView value) {
    return bound(sqlite3_bind_blob64(statement_.get(), next_++, value.data(), value.size(), SQLITE_STATIC));
}

void Statement::again() {
    sqlite3_reset(statement_.get());  // its result is that of the last step, which was told
    sqlite3_clear_bindings(statement_.get());
    next_ = 1;
    failed_.reset();
}

Result<bool> Statement::step() {
    if (failed_) return tl::unexpected(*failed_);
    switch (sqlite3_step(statement_.get())) {
        case SQLITE_ROW:
            return true;
        case SQLITE_DONE:
            return false;
        default:
            return tl::unexpected(last_error(database_, "step"));
    }
}

std::string Statement::text(int column) const { return std::string(text_in_place(column)); }

std::string_view Statement::text_in_place(int column) const {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return {bytes != nullptr ? reinterpret_cast<const char*>(bytes) : "", static_cast<std::size_t>(size)};
}

std::optional<Digest> Statement::digest(int column) const {
    Digest digest{};
    const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_.get(), column));
    if (bytes == nullptr || static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)) != digest.size()) {
        return {};
    }
    std::copy_n(bytes, digest.size(), digest.begin());
    return digest;
}

Result<Reading> Reading::begin(sqlite3* database) {
    // Within a write transaction there is one already.
    if (sqlite3_get_autocommit(database) == 0) return Reading(nullptr);
    if (auto begun = execute(database, "BEGIN", "begin"); !begun) return tl::unexpected(begun.error());
    return Reading(database);
}

Reading::~Reading() {
    if (database_ != nullptr) sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr);
}

Result<Transaction> Transaction::begin(sqlite3* database) {
    if (auto begun = execute(database, "BEGIN IMMEDIATE", "begin"); !begun) return tl::unexpected(begun.error());
    return Transaction(database);
}

Transaction::~Transaction() {
    // Nothing to report to: a failed rollback leaves the transaction to be undone when the file is next opened.
    if (database_ != nullptr) sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
}

Status Transaction::commit() {
    if (sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) {
        return tl::unexpected(last_error(database_, "commit", Errc::ledger_state_unknown));
    }
    database_ = nullptr;
    return {};
}

}  // namespace elic::sqlite
