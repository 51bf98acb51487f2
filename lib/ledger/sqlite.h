#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <string>
#include <string_view>
#include <utility>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic::sqlite {

/// Closes a connection, and with it the statements that were kept for it.
struct CloseDatabase {
    void operator()(sqlite3* database) const noexcept;
};
using Database = std::unique_ptr<sqlite3, CloseDatabase>;

/// The last error of a connection as ours: `code`, but ledger_unusable when the file is damaged.
Error last_error(sqlite3* database, std::string_view doing, Errc code = Errc::io);

/// Runs statements that give no rows.
Status execute(sqlite3* database, const char* sql, std::string_view doing);

/// One prepared statement: bind in order, step, read columns. What could not be bound is told by step. When it goes it
/// is kept for its connection, and the next one of the same text need not be prepared (with all triggers that it
/// fires).
class Statement {
public:
    static Result<Statement> prepare(sqlite3* database, std::string_view sql);

    Statement& bind(std::int64_t value);
    Statement& bind(std::string_view value);
    Statement& bind_optional(const std::optional<std::string>& value);
    Statement& bind_null();
    /// As bind, without copying: what is bound must stay until `again` or the end of the statement.
    Statement& bind_in_place(std::string_view value);
    Statement& bind_blob(BytesView value);

    /// Ready to be bound and run once more; nothing is bound.
    void again();

    /// True: a row is there. False: done. Errors: that of the first bind that failed; io.
    Result<bool> step();

    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
    std::string text(int column) const;
    /// Texts and blobs; valid until the next step.
    std::string_view text_in_place(int column) const;
    /// A blob of 32 bytes; anything else is none.
    std::optional<Digest> digest(int column) const;
    /// SQLITE_INTEGER, SQLITE_NULL ...
    int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
    bool is_null(int column) const { return type(column) == SQLITE_NULL; }

private:
    struct Keep {
        sqlite3* database;
        void operator()(sqlite3_stmt* statement) const noexcept;
    };
    Statement(sqlite3* database, sqlite3_stmt* statement)
        : database_(database), statement_(statement, Keep{database}) {}
    Statement& bound(int rc);
    sqlite3* database_;
    std::unique_ptr<sqlite3_stmt, Keep> statement_;
    int next_ = 1;
    std::optional<Error> failed_;
};

/// A read transaction: all that is read until it ends is of one state.
class Reading {
public:
    static Result<Reading> begin(sqlite3* database);
    Reading(Reading&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Reading& operator=(Reading&&) = delete;
    ~Reading();

private:
    explicit Reading(sqlite3* database) : database_(database) {}
    sqlite3* database_;
};

/// A write transaction: taken at once (BEGIN IMMEDIATE), rolled back unless committed.
class Transaction {
public:
    static Result<Transaction> begin(sqlite3* database);
    Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// Errors: ledger_state_unknown when the commit itself failed: it may or may not be on the disk.
    Status commit();

private:
    explicit Transaction(sqlite3* database) : database_(database) {}
    sqlite3* database_;
};

}  // namespace elic::sqlite
