#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <sqlite3.h>
#include <string>
#include <unistd.h>
#include <vector>

#include "elic/ledger/ledger_query.h"

// `elic ledger list` of a ledger of many licenses: how long until those of one holder are there, in process and (with
// --elic PROGRAM --office DIR) from the start of a process; and what the tables that make this fast add to an insert.
// The events are made up and written by SQL past the triggers, in the real tables.
// Usage: bench_ledger_list [--licenses N] [--file LEDGER.db] [--keep] [--elic PROGRAM --office DIR]
// With --elic the ledger of that office (of `elic demo`) is replaced.

namespace {

using namespace elic;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t day_one = 1735660800;  // 2025-01-01 in +08:00
constexpr int asks = 200;
constexpr int licenses_a_holder = 3;

double milliseconds_since(Steady::time_point start) {
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

[[noreturn]] void stop(const std::string& what) {
    std::fprintf(stderr, "bench_ledger_list: %s\n", what.c_str());
    std::exit(2);
}

/// A database for plain SQL.
class Sql {
public:
    explicit Sql(const std::string& file) {
        if (sqlite3_open_v2(file.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) stop(file);
    }
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;
    ~Sql() { sqlite3_close_v2(database_); }

    void run(const std::string& sql) {
        char* message = nullptr;
        if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, &message) != SQLITE_OK) stop(sql + ": " + message);
    }
    std::vector<std::string> texts(const std::string& sql) {
        std::vector<std::string> texts;
        auto* statement = prepare(sql);
        while (sqlite3_step(statement) == SQLITE_ROW) {
            texts.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0)));
        }
        sqlite3_finalize(statement);
        return texts;
    }
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
            stop(sql + ": " + sqlite3_errmsg(database_));
        return statement;
    }
    void step(sqlite3_stmt* statement) {
        if (sqlite3_step(statement) != SQLITE_DONE) stop(sqlite3_errmsg(database_));
        sqlite3_reset(statement);
    }

private:
    sqlite3* database_ = nullptr;
};

void put(sqlite3_stmt* statement, int place, const std::string& text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

/// The n-th license, made up.
struct Invented {
    explicit Invented(std::int64_t n, bool other = false)
        : holder(holder_code(n / licenses_a_holder)), request((other ? "OTHER-" : "CASE-") + std::to_string(n)) {
        static const char* const types[] = {"11100000000013338W011", "11100000000013338W032", "11100000000013661B006",
                                            "11100000MB0143028R901"};
        static const auto issuer = Uscc::parse("11430199MB00TX017C").value();
        type = types[n % 4];
        serial = std::to_string(100000000 + (other ? 50000000 : 0) + n);
        id = LicenseId::make(LicenseTypeCode::parse(type).value(), issuer, serial, 1)->text();
        number = "示例字[2026]" + serial;
        content =
            R"({"type":")" + type + R"(","number":")" + number +
            R"(","holders":[{"name":"示例人","code_type":"999","code":")" + holder +
            R"("}],"issued_on":"2026-01-05","valid_from":"2026-01-05","valid_until":"2029-01-04","face":{"企业住所":"示例市样例区样本商务中心606室","企业法定代表人姓名":"周试用","经营方式":"批发","许可范围":"丙酮、甲醇"}})";
        license =
            R"({"id":")" + id + R"(","type":")" + type + R"(","name":"示例证","number":")" + number +
            R"(","issuing_authority":{"code":"11430199MB00TX017C","name":"示例省政务服务局"},"holders":[{"name":"示例人","code_type":"999","code":")" +
            holder +
            R"("}],"issued_on":"2026-01-05","valid_from":"2026-01-05","valid_until":"2029-01-04","signed_at":"2026-01-05T10:00:00+08:00","revision":1,"status":{"list":1,"index":1},"face":[{"label":"企业住所","key":"QYZS","text":"示例市样例区样本商务中心606室","carried":"value"},{"label":"经营方式","key":"JYFS","text":"批发","carried":"value"}]})";
    }
    /// Scattered, as citizen numbers are.
    static std::string holder_code(std::int64_t n) {
        const auto scattered = (static_cast<std::uint64_t>(n) * 0x9E3779B97F4A7C15ULL) >> 20;
        auto digits = std::to_string(scattered % 100000000000000ULL);
        return "4301" + std::string(14 - digits.size(), '0') + digits;
    }
    std::string holder, request, type, serial, id, number, content, license;
};

/// The two inserts of a license.
class Writer {
public:
    explicit Writer(Sql& sql) : sql_(&sql) {
        reserve_ = sql.prepare(
            "INSERT INTO events (number, leaf, kind, at, id, request, draft, content, type, issuer, serial, revision, "
            "list, "
            "list_index) VALUES (?1, zeroblob(32), 'reserved', ?2, ?3, ?4, ?5, ?5, ?6, '11430199MB00TX017C', ?7, 1, 1, "
            "?8)");
        issue_ = sql.prepare(
            "INSERT INTO events (number, leaf, kind, at, id, reservation, payload, license) VALUES (?1 + 1, "
            "zeroblob(32), 'issued', ?2, "
            "?3, ?1, ?4, ?5)");
    }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer() {
        sqlite3_finalize(reserve_);
        sqlite3_finalize(issue_);
    }

    void write(std::int64_t number, std::int64_t n, const Invented& license) {
        const auto at = day_one + n * 3;
        for (auto* statement : {reserve_, issue_}) {
            sqlite3_bind_int64(statement, 1, number);
            sqlite3_bind_int64(statement, 2, at);
            put(statement, 3, license.id);
        }
        put(reserve_, 4, license.request);
        put(reserve_, 5, license.content);
        put(reserve_, 6, license.type);
        put(reserve_, 7, license.serial);
        sqlite3_bind_int64(reserve_, 8, n);
        put(issue_, 4, payload_);
        put(issue_, 5, license.license);
        sql_->step(reserve_);
        sql_->step(issue_);
    }

private:
    Sql* sql_;
    sqlite3_stmt* reserve_;
    sqlite3_stmt* issue_;
    std::string payload_ = std::string(600, '7');
};

/// Every hundredth license is moved, half of them twice.
void fill_moves(Sql& sql, std::int64_t count) {
    auto* move = sql.prepare(
        "INSERT INTO events (number, leaf, kind, at, id, move, state, reason, effective) SELECT (SELECT max(number) + "
        "1 FROM "
        "events), zeroblob(32), 'moved', ?2, id, ?3, ?4, 'because', ?2 FROM events WHERE number = ?1");
    for (std::int64_t n = 0; n < count; n += 100) {
        const bool twice = n % 200 == 0;
        sqlite3_bind_int64(move, 1, 2 * n + 1);
        sqlite3_bind_int64(move, 2, day_one + count * 3);
        sqlite3_bind_text(move, 3, twice ? "suspend" : "revoke", -1, SQLITE_STATIC);
        sqlite3_bind_text(move, 4, twice ? "suspended" : "revoked", -1, SQLITE_STATIC);
        sql.step(move);
        if (!twice) continue;
        sqlite3_bind_int64(move, 2, day_one + count * 3 + 1);
        sqlite3_bind_text(move, 3, "restore", -1, SQLITE_STATIC);
        sqlite3_bind_text(move, 4, "valid", -1, SQLITE_STATIC);
        sql.step(move);
    }
    sqlite3_finalize(move);
}

void fill(const std::string& file, std::int64_t count) {
    Sql sql(file);
    // Past the triggers, without syncs: it is only there to be read.
    const auto triggers = sql.texts("SELECT sql FROM sqlite_master WHERE type = 'trigger'");
    for (const auto& name : sql.texts("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        sql.run("DROP TRIGGER " + name);
    sql.run(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; "
        "PRAGMA locking_mode = EXCLUSIVE; BEGIN");
    {
        Writer writer(sql);
        for (std::int64_t n = 0; n < count; ++n) writer.write(2 * n + 1, n, Invented(n));
    }
    fill_moves(sql, count);
    std::vector<std::pair<std::string, std::int64_t>> holdings;
    for (std::int64_t n = 0; n < count; ++n)
        holdings.emplace_back(Invented::holder_code(n / licenses_a_holder), 2 * n + 1);
    std::sort(holdings.begin(), holdings.end());
    auto* insert = sql.prepare("INSERT INTO holdings VALUES (?, ?)");
    for (const auto& [code, reservation] : holdings) {
        put(insert, 1, code);
        sqlite3_bind_int64(insert, 2, reservation);
        sql.step(insert);
    }
    sqlite3_finalize(insert);
    sql.run(
        "INSERT INTO numbers SELECT json_extract(license, '$.number'), reservation FROM events WHERE kind = 'issued'");
    for (const auto& trigger : triggers) sql.run(trigger);
    sql.run("COMMIT; PRAGMA locking_mode = NORMAL; PRAGMA journal_mode = WAL");
}

/// Out of the system's cache, as far as it lets go.
void make_cold(const std::string& file) {
    const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (opened < 0) return;
    ::fsync(opened);
    (void)::posix_fadvise(opened, 0, 0, POSIX_FADV_DONTNEED);
    ::close(opened);
}

std::size_t ask(const Ledger& ledger, const LicenseFilter& filter) {
    std::size_t found = 0;
    const auto now = Timestamp::from_unix(day_one + 1000000000).value();
    auto done = ledger.select(filter, now, [&](const ListedLicense&) { return ++found < 1000000; });
    if (!done) stop(done.error().context);
    return found;
}

void time_asking(const std::string& file, const char* what, std::int64_t count, bool cold,
                 const std::function<LicenseFilter(std::int64_t)>& filter) {
    std::mt19937_64 random(7);
    std::vector<double> asked, working;
    std::size_t found = 0;
    const int times = cold ? 20 : asks;
    for (int i = 0; i < times; ++i) {
        if (cold) make_cold(file);
        const auto worked = std::clock();
        const auto start = Steady::now();
        auto ledger = Ledger::open(file);
        if (!ledger) stop(ledger.error().context);
        found = ask(*ledger, filter(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(count))));
        asked.push_back(milliseconds_since(start));
        working.push_back(static_cast<double>(std::clock() - worked) * 1000 / CLOCKS_PER_SEC);
    }
    std::sort(working.begin(), working.end());
    std::sort(asked.begin(), asked.end());
    std::printf(
        "%-34s %6zu licenses: open and list %8.2f ms (median), %8.2f ms (longest of %d), of the processor %.2f ms\n",
        what, found, asked[asked.size() / 2], asked.back(), times, working[working.size() / 2]);
}

/// Time of the processor. By triggers and all, in one transaction that is rolled back.
double microseconds_an_insert(const std::string& file, std::int64_t count, bool with_holdings) {
    constexpr std::int64_t inserts = 20000;
    Sql sql(file);
    sql.run("PRAGMA cache_size = -400000; BEGIN IMMEDIATE");
    if (!with_holdings) sql.run("DROP TRIGGER what_is_issued_is_found; DROP INDEX types_by_day");
    const auto last = std::stoll(sql.texts("SELECT max(number) FROM events").front());
    std::vector<Invented> licenses;
    for (std::int64_t n = 0; n < inserts; ++n) licenses.emplace_back(count + n, true);
    double milliseconds = 0;
    {
        Writer writer(sql);
        const auto start = std::clock();
        for (std::int64_t n = 0; n < inserts; ++n)
            writer.write(last + 1 + 2 * n, count + n, licenses[static_cast<std::size_t>(n)]);
        milliseconds = static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
    }
    sql.run("ROLLBACK");
    return milliseconds * 1000 / inserts;
}

void time_program(const std::string& program, const std::string& office, std::int64_t count) {
    std::mt19937_64 random(11);
    std::vector<double> times;
    for (int i = 0; i < 40; ++i) {
        const auto holder = Invented::holder_code(
            static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(count)) / licenses_a_holder);
        const auto command = program + " ledger list --office " + office + " --holder " + holder + " > /dev/null";
        const auto start = Steady::now();
        if (std::system(command.c_str()) != 0) stop(command);
        times.push_back(milliseconds_since(start));
    }
    std::vector<double> idle;
    for (int i = 0; i < 40; ++i) {
        const auto start = Steady::now();
        if (std::system((program + " --version > /dev/null").c_str()) != 0) stop(program);
        idle.push_back(milliseconds_since(start));
    }
    std::sort(times.begin(), times.end());
    std::sort(idle.begin(), idle.end());
    std::printf(
        "from the start of a process: %.1f ms (median), %.1f ms (longest of %zu); `elic --version` alone %.1f ms\n",
        times[times.size() / 2], times.back(), times.size(), idle[idle.size() / 2]);
}

}  // namespace

int main(int argc, char** argv) {
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    std::int64_t count = 1000000;
    std::string file = "bench_ledger_list.db", program, office;
    bool keep = false;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--keep") {
            keep = true;
        } else if (i + 1 == argc) {
            stop(option + " needs a value");
        } else if (option == "--licenses") {
            count = std::atoll(argv[++i]);
        } else if (option == "--file") {
            file = argv[++i];
        } else if (option == "--elic") {
            program = argv[++i];
        } else if (option == "--office") {
            office = argv[++i];
        } else {
            stop("unknown option " + option);
        }
    }
    if (!office.empty()) file = office + "/ledger.db";
    const auto remove = [&] {
        for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(file + suffix);
    };
    remove();
    auto start = Steady::now();
    if (auto made = Ledger::create(file, 1); !made) stop(made.error().context);
    fill(file, count);
    std::printf("%lld licenses written in %.0f s, %.0f bytes each\n", static_cast<long long>(count),
                milliseconds_since(start) / 1000,
                static_cast<double>(std::filesystem::file_size(file)) / static_cast<double>(count));
    const auto by_holder = [&](std::int64_t n) {
        return LicenseFilter{.holder = Invented::holder_code(n / licenses_a_holder)};
    };
    time_asking(file, "by holder code", count, false, by_holder);
    time_asking(file, "by holder code, nothing cached", count, true, by_holder);
    time_asking(file, "by number", count, false,
                [](std::int64_t n) { return LicenseFilter{.number = Invented(n).number}; });
    time_asking(file, "by request", count, false,
                [](std::int64_t n) { return LicenseFilter{.request = Invented(n).request}; });
    time_asking(file, "revoked, the first 100", count, false,
                [](std::int64_t) { return LicenseFilter{.state = LicenseState::revoked, .limit = 100}; });
    time_asking(file, "of a type and an hour", count, false, [](std::int64_t n) {
        const auto from = Timestamp::from_unix(day_one + n * 3).value();
        return LicenseFilter{.type = LicenseTypeCode::parse("11100000000013338W011").value(),
                             .from = from,
                             .until = Timestamp::from_unix(from.unix_seconds() + 3599).value()};
    });
    const auto without = microseconds_an_insert(file, count, false);
    const auto with = microseconds_an_insert(file, count, true);
    std::printf(
        "an insert (both events) takes %.1f us of the processor, without holdings, numbers and types_by_day %.1f us: "
        "%.2f x\n",
        with, without, with / without);
    if (!program.empty()) time_program(program, office, count);
    if (!keep) remove();
    return 0;
}
