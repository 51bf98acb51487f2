#include <set>

#include "base/file.h"
#include "elic/base/assert.h"
#include "ledger/head_file.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr std::int64_t application_number = 0x656C6963;  // "elic"
constexpr std::int64_t shape = 3;
constexpr std::int64_t group = 50000;

Result<std::int64_t> number(sqlite3* database, const std::string& sql) {
    auto row = sqlite::Statement::prepare(database, sql);
    if (!row) return tl::unexpected(row.error());
    auto step = row->step();
    if (!step) return tl::unexpected(step.error());
    return *step ? row->integer(0) : 0;
}

/// Opens a ledger of an earlier shape for itself alone: nobody reads or writes it any more, also later, since programs
/// of its time refuse a ledger that keeps no log.
Result<sqlite::Database> open_old(const std::filesystem::path& file) {
    if (!file_exists(file)) return fail(Errc::ledger_unusable, file.string() + " is not there");
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string(), Errc::ledger_unusable));
    sqlite3_busy_timeout(raw, 5000);
    auto application = number(raw, "PRAGMA application_id");
    auto version = application ? number(raw, "PRAGMA user_version") : application;
    if (!version) return tl::unexpected(version.error());
    if (*application != application_number || *version < 0 || *version > shape) {
        return fail(Errc::ledger_unusable, file.string() + " is not a ledger of a version that this program knows");
    }
    if (*version == shape) return fail(Errc::already_exists, file.string() + " is of shape 3 already");
    auto mode = sqlite::Statement::prepare(raw, "PRAGMA journal_mode = DELETE");
    if (!mode) return tl::unexpected(mode.error());
    auto row = mode->step();
    if (!row || mode->text(0) != "delete") {
        return fail(Errc::ledger_unusable, file.string() + " is in use: end the programs that have it open");
    }
    return database;
}

/// The columns of `events` that an older shape has too, as a SELECT has them.
Result<std::string> old_columns(sqlite3* database) {
    auto rows = sqlite::Statement::prepare(database, "SELECT name FROM pragma_table_info('events')");
    if (!rows) return tl::unexpected(rows.error());
    std::set<std::string, std::less<>> there;
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        there.insert(rows->text(0));
    }
    std::string list;
    for (std::size_t i = 0; i < event_columns; ++i) {
        const auto name = std::string(name_of(static_cast<Column>(i)));
        list += (i == 0 ? "" : ", ") + (there.contains(name) ? name : "NULL");
    }
    return list;
}

Status copy_events(sqlite3* old, Ledger::Impl& made) {
    auto columns = old_columns(old);
    if (!columns) return tl::unexpected(columns.error());
    auto rows = sqlite::Statement::prepare(old, "SELECT " + *columns + " FROM events ORDER BY number");
    if (!rows) return tl::unexpected(rows.error());
    // Nobody sees the file before it is whole: it need not be one transaction, which would not fit into memory.
    if (auto set = sqlite::execute(made.database.get(), "PRAGMA cache_size = -131072; BEGIN IMMEDIATE", "begin");
        !set) {
        return set;
    }
    EventRow row;
    for (;;) {
        auto more = rows->step();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return sqlite::execute(made.database.get(), "COMMIT", "commit");
        row.read(*rows, 0);
        const auto old_number = row.integer(Column::number);
        // Shape 0 kept no draft; an empty one is compared with nothing.
        if (row.text(Column::kind) == "reserved" && !row.has(Column::draft)) row.set(Column::draft, std::string_view());
        auto added = made.append(row);
        if (!added) return fail_in("event " + std::to_string(old_number.value_or(0)), added.error());
        if (*added != old_number) return fail(Errc::ledger_unusable, "the events are not numbered without a gap");
        // A replacement and its issue are checked together, at the commit.
        if (*added % group != 0 || row.has(Column::issue)) continue;
        if (auto next = sqlite::execute(made.database.get(), "COMMIT; BEGIN IMMEDIATE", "commit"); !next) return next;
    }
}

/// The old file under its own name, and the new one in its place; `swapped` from when it is there, whatever comes then.
Status swap_in(const std::filesystem::path& file, const std::filesystem::path& made, const std::filesystem::path& kept,
               bool& swapped) {
    std::error_code error;
    if (!std::filesystem::equivalent(file, kept, error)) {
        if (auto linked = link_or_copy(file, kept); !linked) return linked;
    }
    std::filesystem::rename(made, file, error);
    if (error) return fail(Errc::io, file.string() + ": " + error.message());
    swapped = true;
    return sync_file_system(file.parent_path().empty() ? "." : file.parent_path());
}

void tidy(const std::filesystem::path& made) {
    std::error_code ignored;
    for (const auto* suffix : {"", "-wal", "-shm", "-journal", "-head"}) {
        std::filesystem::remove(made.string() + suffix, ignored);
    }
}

/// As it was: programs of its time may go on with it.
void give_back(sqlite3* old) {
    static_cast<void>(sqlite::execute(old, "ROLLBACK", "give back"));
    static_cast<void>(sqlite::execute(old, "PRAGMA journal_mode = WAL", "give back"));
}

}  // namespace

Result<Migration> Ledger::migrate(const std::filesystem::path& file) {
    auto old = open_old(file);
    if (!old) return tl::unexpected(old.error());
    const std::filesystem::path made = file.string() + ".migrating";
    const auto copy = [&]() -> Result<Migration> {
        if (auto locked = sqlite::execute(old->get(), "BEGIN EXCLUSIVE", "lock"); !locked) {
            return tl::unexpected(locked.error());
        }
        auto version = number(old->get(), "PRAGMA user_version");
        auto office = version ? number(old->get(), "SELECT number FROM office") : version;
        if (!office) return tl::unexpected(office.error());
        Migration migration{.from = static_cast<int>(*version)};
        migration.kept = file.string() + ".shape" + std::to_string(*version);
        if (auto created = create(made, static_cast<int>(*office)); !created) return tl::unexpected(created.error());
        auto ledger = open(made);
        if (!ledger) return tl::unexpected(ledger.error());
        if (auto copied = copy_events(old->get(), *ledger->impl_); !copied) return tl::unexpected(copied.error());
        auto head = ledger->head();
        if (!head) return tl::unexpected(head.error());
        migration.events = head->size;
        auto settled = sqlite::execute(ledger->impl_->database.get(), "PRAGMA wal_checkpoint(TRUNCATE)", "settle");
        if (!settled) return tl::unexpected(settled.error());
        return migration;
    };
    tidy(made);  // of one that died
    auto migration = copy();
    bool swapped = false;
    if (migration) {
        if (auto fine = swap_in(file, made, migration->kept, swapped); !fine) migration = tl::unexpected(fine.error());
    }
    // When only the last sync failed, the new file is in its place already, and the old one is not given back.
    if (!swapped) give_back(old->get());
    tidy(made);
    if (!migration) return migration;
    auto ledger = open(file);
    if (!ledger) return tl::unexpected(ledger.error());
    if (auto recorded = ledger->impl_->record_head(true); !recorded) return tl::unexpected(recorded.error());
    return migration;
}

}  // namespace elic
