#include "base/custody.h"
#include "base/embedded_file.h"
#include "base/file.h"
#include "elic/ledger/ledger.h"
#include "ledger/embedded_sql.h"
#include "ledger/ledger_impl.h"
#include "ledger/sqlite.h"

namespace elic {

extern const EmbeddedFile embedded_ledger_sql[];

namespace {

constexpr int busy_milliseconds = 30000;
constexpr std::int64_t application_number = 0x656C6963;  // "elic"
constexpr std::int64_t tables_number = 3;                // user_version: the shape of the tables

Result<sqlite::Database> connect(const std::filesystem::path& file) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string(), Errc::ledger_unusable));
    sqlite3_busy_timeout(raw, busy_milliseconds);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    // What SQLite keeps to undo half a statement need not go to a file; no page of a group is written twice.
    auto set = sqlite::execute(raw,
                               "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; "
                               "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384",
                               "set up");
    if (!set) return tl::unexpected(set.error());
    return database;
}

/// The first column of the first row; 0 when there is none.
Result<std::int64_t> first_number(sqlite3* database, std::string_view sql) {
    auto statement = sqlite::Statement::prepare(database, sql);
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    return *row ? statement->integer(0) : 0;
}

/// The office's number, when this is a ledger that the program knows.
Result<std::int64_t> known_office(sqlite3* database, const std::filesystem::path& file) {
    auto application = first_number(database, "PRAGMA application_id");
    auto tables = application ? first_number(database, "PRAGMA user_version") : application;
    if (!tables) return fail(Errc::ledger_unusable, file.string() + ": " + tables.error().context);
    if (*application == application_number && *tables != tables_number) {
        return fail(Errc::ledger_unusable,
                    file.string() + " is a ledger of shape " + std::to_string(*tables) + ", this program keeps shape " +
                        std::to_string(tables_number) +
                        (*tables < tables_number ? ": run `elic ledger migrate`, which keeps the old file beside it"
                                                 : ": use the newer elic that made it"));
    }
    auto office = first_number(database, "SELECT number FROM office WHERE format = 1");
    if (!office) return fail(Errc::ledger_unusable, file.string() + ": " + office.error().context);
    if (*application != application_number || *office < 1) {
        return fail(Errc::ledger_unusable, file.string() + " is not a ledger of a version that this program knows");
    }
    return office;
}

Result<LedgerIdentity> read_identity(sqlite3* database) {
    auto statement = sqlite::Statement::prepare(database, "SELECT identity FROM office");
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    const auto bytes = statement->text_in_place(0);
    LedgerIdentity identity{};
    if (!*row || bytes.size() != identity.size()) {
        return fail(Errc::ledger_unusable, "ledger: its identity is damaged: run `elic ledger audit`");
    }
    std::copy(bytes.begin(), bytes.end(), identity.begin());
    return identity;
}

/// Runs a pragma that answers with the journal's mode, which must be a write-ahead log.
Status keep_log(sqlite3* database, const char* pragma, const std::filesystem::path& file) {
    auto statement = sqlite::Statement::prepare(database, pragma);
    if (!statement) return tl::unexpected(statement.error());
    auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    const bool logged = *row && statement->text(0) == "wal";
    // To its end: a change of the mode is written only then, and may fail.
    if (auto end = statement->step(); !end) return tl::unexpected(end.error());
    if (logged) return {};
    return fail(Errc::ledger_unusable, file.string() +
                                           ": no write-ahead log can be kept there: keep the office on a local disk, "
                                           "and do not change the ledger's journal mode");
}

/// What a dead run left in the log is read from memory that a failed sync may never have put on the disk: it is written
/// to the file and synced, before anything is answered from it. The quiet way first; when somebody reads or writes
/// just now it stops halfway, and the second way waits for them.
Status settle(sqlite3* database, const std::filesystem::path& file) {
    for (const auto* way : {"PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(FULL)"}) {
        auto statement = sqlite::Statement::prepare(database, way);
        if (!statement) return tl::unexpected(statement.error());
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        const bool busy = !*row || statement->integer(0) != 0;
        // Frames in the log, and how many of them are in the file.
        if (!busy && statement->integer(1) >= 0 && statement->integer(1) == statement->integer(2)) return {};
    }
    return fail(Errc::io, file.string() +
                              ": the log could not be written to the file, since another program has kept the ledger "
                              "open for reading: end that program and try again");
}

/// Makes the tables in an empty file.
Status fill(const std::filesystem::path& file, int office) {
    auto database = connect(file);
    if (!database) return tl::unexpected(database.error());
    const auto sql = std::string(ledger_sql()) + "INSERT INTO office VALUES (1, 1, " + std::to_string(office) +
                     ", randomblob(16));\n";
    if (auto logged = keep_log(database->get(), "PRAGMA journal_mode = WAL", file); !logged) return logged;
    const auto whole = "BEGIN EXCLUSIVE;\n" + sql + "COMMIT;";
    return sqlite::execute(database->get(), whole.c_str(), "create " + file.string());
}

}  // namespace

std::string_view ledger_sql() { return as_text(embedded_ledger_sql[0].bytes()); }

Status Ledger::create(const std::filesystem::path& file, int office) {
    if (office < 1 || office > 999) return fail(Errc::bad_argument, "an office number is 1 to 999");
    if (on_network_file_system(file)) {
        return fail(Errc::ledger_unusable, file.string() +
                                               " lies on a network file system, where locks cannot be relied on: "
                                               "use a local disk");
    }
    if (auto begun = create_file_durably(file, {}, FileAccess::owner_only); !begun) return begun;
    auto filled = fill(file, office);
    auto made = filled ? open(file) : Result<Ledger>(tl::unexpected(filled.error()));
    filled = made ? made->impl_->record_head(true) : Status(tl::unexpected(made.error()));
    if (!filled) {
        // Nobody has used it: what was begun is taken away, so that a second try is not told "exists already".
        std::error_code ignored;
        for (const auto* suffix : {"", "-wal", "-shm", "-journal", "-head"})
            std::filesystem::remove(file.string() + suffix, ignored);
    }
    return filled;
}

Result<Ledger> Ledger::open(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) {
        return fail(Errc::ledger_unusable,
                    file.string() + " is not there; a ledger is made by `elic office new`, never by chance");
    }
    if (on_network_file_system(file)) {
        return fail(Errc::ledger_unusable,
                    file.string() + " lies on a network file system: move the office to a local disk");
    }
    for (const auto* suffix : {"", "-wal", "-shm"}) {
        if (auto fine = check_custody(file.string() + suffix); !fine) return tl::unexpected(fine.error());
    }
    auto database = connect(file);
    if (!database) return tl::unexpected(database.error());
    auto impl = std::make_unique<Impl>();
    impl->database = std::move(*database);
    auto office = known_office(impl->database.get(), file);
    if (!office) return tl::unexpected(office.error());
    if (auto logged = keep_log(impl->database.get(), "PRAGMA journal_mode", file); !logged) {
        return tl::unexpected(logged.error());
    }
    if (auto settled = settle(impl->database.get(), file); !settled) return tl::unexpected(settled.error());
    impl->office = static_cast<int>(*office);
    auto identity = read_identity(impl->database.get());
    if (!identity) return tl::unexpected(identity.error());
    impl->identity = *identity;
    impl->path = file;
    if (auto checked = impl->check_custody(); !checked) return tl::unexpected(checked.error());
    return Ledger(std::move(impl));
}

}  // namespace elic
