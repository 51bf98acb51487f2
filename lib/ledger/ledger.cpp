#include "elic/ledger/ledger.h"

#include <algorithm>

#include "base/embedded_file.h"
#include "base/file.h"
#include "ledger/conflict.h"
#include "ledger/sqlite.h"

namespace elic {

extern const EmbeddedFile embedded_ledger_sql[];

namespace {

constexpr int busy_milliseconds = 30000;
constexpr std::int64_t allotted_digits = 100000000;  // 8 digits after the office number
constexpr std::size_t max_request = 200;

Result<sqlite::Database> connect(const std::filesystem::path& file) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
    sqlite::Database database(raw);
    if (rc != SQLITE_OK) return tl::unexpected(sqlite::last_error(raw, file.string(), Errc::ledger_unusable));
    sqlite3_busy_timeout(raw, busy_milliseconds);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    auto set = sqlite::execute(raw, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF",
                               "set up");
    if (!set) return tl::unexpected(set.error());
    return database;
}

/// A stored identifier. One that does not parse is damage, not input.
Result<LicenseId> stored_id(const std::string& text) {
    auto id = LicenseId::parse(text);
    if (!id) return fail(Errc::ledger_unusable, "ledger: a stored identifier is damaged: " + id.error().context);
    return id;
}

/// Reads number, id, list, list_index, at, content from six columns that begin at `column`.
Result<Reservation> read_reservation(const sqlite::Statement& row, int column) {
    auto id = stored_id(row.text(column + 1));
    if (!id) return tl::unexpected(id.error());
    auto at = Timestamp::from_unix(row.integer(column + 4));
    if (row.integer(column) < 1 || row.integer(column + 2) < 1 || row.integer(column + 3) < 0) {
        return fail(Errc::ledger_unusable, "ledger: a stored number is damaged");
    }
    if (!at) return fail(Errc::ledger_unusable, "ledger: a stored time is damaged");
    return Reservation{.number = row.integer(column),
                       .id = *id,
                       .status = {.list = static_cast<std::uint64_t>(row.integer(column + 2)),
                                  .index = static_cast<std::uint64_t>(row.integer(column + 3))},
                       .signed_at = *at,
                       .content = row.text(column + 5)};
}

constexpr std::string_view entry_columns =
    "SELECT reservation, id, list, list_index, signed_at, content, request, payload, license, previous FROM licenses ";

Result<LedgerEntry> read_entry(const sqlite::Statement& row) {
    auto reservation = read_reservation(row, 0);
    if (!reservation) return tl::unexpected(reservation.error());
    std::optional<LicenseId> previous;
    if (!row.is_null(9)) {
        auto id = stored_id(row.text(9));
        if (!id) return tl::unexpected(id.error());
        previous = *id;
    }
    return LedgerEntry{.request = row.text(6),
                       .reservation = *reservation,
                       .payload = row.text(7),
                       .license = row.text(8),
                       .previous = previous};
}

/// Makes the tables in an empty file.
Status fill(const std::filesystem::path& file, int office) {
    auto database = connect(file);
    if (!database) return tl::unexpected(database.error());
    const auto sql = std::string(as_text(embedded_ledger_sql[0].bytes())) + "INSERT INTO office VALUES (1, 0, " +
                     std::to_string(office) + ");\n";
    const auto whole = "PRAGMA journal_mode = WAL; BEGIN EXCLUSIVE;\n" + sql + "COMMIT;";
    return sqlite::execute(database->get(), whole.c_str(), "create " + file.string());
}

}  // namespace

struct Ledger::Impl {
    sqlite::Database database;
    int office = 0;
    bool unknown = false;  ///< a commit failed: nothing more until reopened

    Status usable() const {
        if (unknown) return fail(Errc::ledger_state_unknown, "an earlier write is in doubt: reopen the ledger");
        return {};
    }

    Status finish(sqlite::Transaction& transaction) {
        auto done = transaction.commit();
        if (!done) unknown = true;
        return done;
    }

    Result<std::int64_t> number_of(std::string_view sql, std::initializer_list<std::string_view> texts) const {
        auto statement = sqlite::Statement::prepare(database.get(), sql);
        if (!statement) return tl::unexpected(statement.error());
        for (auto text : texts) statement->bind(text);
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        return *row ? statement->integer(0) : 0;
    }

    Result<std::optional<LedgerEntry>> entry_where(std::string_view condition, std::string_view text) const {
        auto statement =
            sqlite::Statement::prepare(database.get(), std::string(entry_columns) + std::string(condition));
        if (!statement) return tl::unexpected(statement.error());
        auto row = statement->bind(text).step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return std::optional<LedgerEntry>{};
        auto entry = read_entry(*statement);
        if (!entry) return tl::unexpected(entry.error());
        return std::optional<LedgerEntry>(std::move(*entry));
    }

    Result<std::optional<Reservation>> reservation_of(std::string_view request) const {
        auto statement = sqlite::Statement::prepare(
            database.get(),
            "SELECT number, id, list, list_index, at, content FROM events WHERE kind = 'reserved' AND request = ?");
        if (!statement) return tl::unexpected(statement.error());
        auto row = statement->bind(request).step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return std::optional<Reservation>{};
        auto reservation = read_reservation(*statement, 0);
        if (!reservation) return tl::unexpected(reservation.error());
        return std::optional<Reservation>(std::move(*reservation));
    }

    /// The identifier to reserve, and the counter when the serial is allotted here.
    struct Place {
        LicenseId id;
        std::optional<std::int64_t> counter;
    };
    Result<Place> place_for(const ReserveRequest& request) const;
    Result<bool> taken(const LicenseId& id) const;
    /// The next reservation, or what the request found; `counter` as in Place. Writes nothing.
    Result<Reserved> look(const ReserveRequest& request, bool& found, std::optional<std::int64_t>& counter) const;
    Status insert(const ReserveRequest& request, const Reservation& reservation, std::optional<std::int64_t> counter);
};

Result<bool> Ledger::Impl::taken(const LicenseId& id) const {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "SELECT 1 FROM events WHERE kind = 'reserved' AND type = ? AND issuer = ? AND serial = ? AND revision = ?");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(id.type().text()).bind(id.issuer().text()).bind(id.serial());
    return statement->bind(id.revision()).step();
}

Result<Ledger::Impl::Place> Ledger::Impl::place_for(const ReserveRequest& request) const {
    if (request.serial) {
        auto id = LicenseId::make(request.type, request.issuer, *request.serial, request.revision);
        if (!id) return tl::unexpected(id.error());
        auto in_use = taken(*id);
        if (!in_use) return tl::unexpected(in_use.error());
        if (*in_use) {
            return fail(Errc::identifier_in_use, id->text() +
                                                     " was issued before under another request: "
                                                     "give another serial, or repeat that request");
        }
        return Place{.id = *id, .counter = {}};
    }
    auto last =
        number_of("SELECT coalesce(max(counter), 0) FROM events WHERE kind = 'reserved' AND type = ? AND issuer = ?",
                  {request.type.text(), request.issuer.text()});
    if (!last) return tl::unexpected(last.error());
    for (std::int64_t counter = *last + 1; counter < allotted_digits; ++counter) {
        const auto serial = std::to_string(office * allotted_digits + counter);
        auto id = LicenseId::make(request.type, request.issuer, serial, request.revision);
        if (!id) return tl::unexpected(id.error());
        auto in_use = taken(*id);  // only when an agency gave such a serial itself
        if (!in_use) return tl::unexpected(in_use.error());
        if (!*in_use) return Place{.id = *id, .counter = counter};
    }
    return fail(Errc::limit_exceeded,
                "this office has allotted all its serials of this type: set up another office number");
}

Result<Reserved> Ledger::Impl::look(const ReserveRequest& request, bool& found,
                                    std::optional<std::int64_t>& counter) const {
    if (request.request.empty() || request.request.size() > max_request) {
        return fail(Errc::bad_argument, "a request is 1 to 200 bytes of text");
    }
    auto before = reservation_of(request.request);
    if (!before) return tl::unexpected(before.error());
    found = before->has_value();
    if (found) {
        auto same = check_same_content((*before)->content, request.content);
        if (!same) return tl::unexpected(same.error());
        auto issued = entry_where("WHERE id = ?", (*before)->id.text());
        if (!issued) return tl::unexpected(issued.error());
        return Reserved{.reservation = std::move(**before), .issued = std::move(*issued)};
    }
    auto place = place_for(request);
    if (!place) return tl::unexpected(place.error());
    counter = place->counter;
    auto number = number_of("SELECT coalesce(max(number), 0) + 1 FROM events", {});
    if (!number) return tl::unexpected(number.error());
    auto index = number_of(
        "SELECT coalesce(max(list_index), -1) + 1 FROM events WHERE kind = 'reserved' AND list = "
        "(SELECT number FROM office)",
        {});
    if (!index) return tl::unexpected(index.error());
    return Reserved{.reservation = {.number = *number,
                                    .id = place->id,
                                    .status = {.list = static_cast<std::uint64_t>(office),
                                               .index = static_cast<std::uint64_t>(*index)},
                                    .signed_at = request.at,
                                    .content = request.content},
                    .issued = {}};
}

Status Ledger::Impl::insert(const ReserveRequest& request, const Reservation& reservation,
                            std::optional<std::int64_t> counter) {
    auto statement = sqlite::Statement::prepare(
        database.get(),
        "INSERT INTO events (number, kind, at, request, content, type, issuer, serial, revision, counter, list, "
        "list_index, previous, id) VALUES (?, 'reserved', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(reservation.number).bind(request.at.unix_seconds()).bind(request.request).bind(request.content);
    statement->bind(request.type.text())
        .bind(request.issuer.text())
        .bind(reservation.id.serial())
        .bind(request.revision);
    if (counter) {
        statement->bind(*counter);
    } else {
        statement->bind_null();
    }
    statement->bind(office).bind(static_cast<std::int64_t>(reservation.status.index));
    statement->bind_optional(request.previous ? std::optional(request.previous->text()) : std::nullopt);
    auto done = statement->bind(reservation.id.text()).step();
    if (!done) return tl::unexpected(done.error());
    return {};
}

Ledger::Ledger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Ledger::Ledger(Ledger&&) noexcept = default;
Ledger& Ledger::operator=(Ledger&&) noexcept = default;
Ledger::~Ledger() = default;

Status Ledger::create(const std::filesystem::path& file, int office) {
    if (office < 1 || office > 999) return fail(Errc::bad_argument, "an office number is 1 to 999");
    if (on_network_file_system(file)) {
        return fail(Errc::ledger_unusable, file.string() +
                                               " lies on a network file system, where locks cannot be relied on: "
                                               "use a local disk");
    }
    if (auto made = create_file_durably(file, {}, FileAccess::owner_only); !made) return made;
    auto filled = fill(file, office);
    if (!filled) {
        // Nobody has used it: what was begun is taken away, so that a second try is not told "exists already".
        std::error_code ignored;
        for (const auto* suffix : {"", "-wal", "-shm", "-journal"})
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
    auto database = connect(file);
    if (!database) return tl::unexpected(database.error());
    auto impl = std::make_unique<Impl>();
    impl->database = std::move(*database);
    auto application = impl->number_of("PRAGMA application_id", {});
    auto office = application ? impl->number_of("SELECT number FROM office WHERE format = 0", {}) : application;
    if (!office) return fail(Errc::ledger_unusable, file.string() + ": " + office.error().context);
    if (*application != 0x656C6963 || *office < 1) {
        return fail(Errc::ledger_unusable, file.string() + " is not a ledger of a version that this program knows");
    }
    // What a dead run left in the log is read from memory that a failed sync may never have put on the disk: write it
    // to the file and sync that, before anything is answered from it.
    auto settled = sqlite::execute(impl->database.get(), "PRAGMA wal_checkpoint(PASSIVE)", "settle the log");
    if (!settled) return tl::unexpected(settled.error());
    impl->office = static_cast<int>(*office);
    return Ledger(std::move(impl));
}

int Ledger::office() const noexcept { return impl_->office; }

Result<Reserved> Ledger::reserve(const ReserveRequest& request) {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    bool found = false;
    std::optional<std::int64_t> counter;
    auto reserved = impl_->look(request, found, counter);
    if (!reserved || found) return reserved;
    auto inserted = impl_->insert(request, reserved->reservation, counter);
    if (!inserted) return tl::unexpected(inserted.error());
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    return reserved;
}

Result<Reserved> Ledger::preview(const ReserveRequest& request) const {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    bool found = false;
    std::optional<std::int64_t> counter;
    return impl_->look(request, found, counter);
}

Result<std::optional<Reservation>> Ledger::find_request(std::string_view request) const {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    return impl_->reservation_of(request);
}

Result<LedgerEntry> Ledger::commit(const Reservation& reservation, std::string_view payload, std::string_view license) {
    if (auto usable = impl_->usable(); !usable) return tl::unexpected(usable.error());
    auto transaction = sqlite::Transaction::begin(impl_->database.get());
    if (!transaction) return tl::unexpected(transaction.error());
    auto first = impl_->entry_where("WHERE id = ?", reservation.id.text());
    if (!first) return tl::unexpected(first.error());
    if (*first) return std::move(**first);  // another process was first: its license is the license
    auto insert =
        sqlite::Statement::prepare(impl_->database.get(),
                                   "INSERT INTO events (number, kind, at, reservation, payload, license, id) VALUES "
                                   "((SELECT max(number) + 1 FROM events), 'issued', ?, ?, ?, ?, ?)");
    if (!insert) return tl::unexpected(insert.error());
    insert->bind(reservation.signed_at.unix_seconds()).bind(reservation.number).bind(payload).bind(license);
    auto inserted = insert->bind(reservation.id.text()).step();
    if (!inserted) return tl::unexpected(inserted.error());
    if (auto done = impl_->finish(*transaction); !done) return tl::unexpected(done.error());
    auto entry = impl_->entry_where("WHERE id = ?", reservation.id.text());
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return fail(Errc::ledger_state_unknown, "a committed license cannot be read back");
    return std::move(**entry);
}

Result<LedgerEntry> Ledger::find(const LicenseId& id) const {
    auto entry = impl_->entry_where("WHERE id = ?", id.text());
    if (!entry) return tl::unexpected(entry.error());
    if (!*entry) return fail(Errc::not_found, id.text() + " was not issued by this office (see `elic ledger list`)");
    return std::move(**entry);
}

Result<std::vector<LedgerEntry>> Ledger::list(std::int64_t after, std::size_t count) const {
    auto statement = sqlite::Statement::prepare(
        impl_->database.get(), std::string(entry_columns) + "WHERE reservation > ? ORDER BY reservation LIMIT ?");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(after).bind(static_cast<std::int64_t>(count));
    std::vector<LedgerEntry> entries;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return entries;
        auto entry = read_entry(*statement);
        if (!entry) return tl::unexpected(entry.error());
        entries.push_back(std::move(*entry));
    }
}

Result<std::int64_t> Ledger::issued_count() const {
    return impl_->number_of("SELECT count(*) FROM events WHERE kind = 'issued'", {});
}

Result<std::vector<Reservation>> Ledger::unfinished() const {
    auto statement = sqlite::Statement::prepare(
        impl_->database.get(),
        "SELECT number, id, list, list_index, at, content FROM events AS r WHERE kind = 'reserved' AND NOT EXISTS "
        "(SELECT 1 FROM events WHERE kind = 'issued' AND reservation = r.number) ORDER BY number");
    if (!statement) return tl::unexpected(statement.error());
    std::vector<Reservation> reservations;
    for (;;) {
        auto row = statement->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return reservations;
        auto reservation = read_reservation(*statement, 0);
        if (!reservation) return tl::unexpected(reservation.error());
        reservations.push_back(std::move(*reservation));
    }
}

}  // namespace elic
