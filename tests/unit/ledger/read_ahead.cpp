#include "ledger/read_ahead.h"

#include <catch2/catch.hpp>

#include "ledger/sqlite.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

constexpr std::int64_t rows = 3000;  // of half a page each: several blocks

sqlite::Database open(const std::filesystem::path& file, const char* vfs) {
    sqlite3* raw = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs) == SQLITE_OK);
    return sqlite::Database(raw);
}

/// Another table lies before `t`, so that nothing is read in order from the beginning of the file.
sqlite::Database filled(const std::filesystem::path& file, const std::string& journal) {
    auto database = open(file, nullptr);
    const auto set = "PRAGMA synchronous = OFF; PRAGMA journal_mode = " + journal;
    REQUIRE(sqlite::execute(database.get(), set.c_str(), "journal"));
    REQUIRE(sqlite::execute(database.get(),
                            "CREATE TABLE other (rest BLOB); INSERT INTO other VALUES (randomblob(1000000)); CREATE "
                            "TABLE t (n INTEGER PRIMARY KEY, word INTEGER, rest BLOB); WITH RECURSIVE s (n) AS "
                            "(SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 3000) INSERT INTO t SELECT n, 1, "
                            "randomblob(2000) FROM s",
                            "fill"));
    return database;
}

/// Reads rows in order: what `word` comes to.
std::int64_t sum(sqlite3* database, std::int64_t first, std::int64_t last) {
    auto read =
        sqlite::Statement::prepare(database, "SELECT word, rest FROM t WHERE n BETWEEN ? AND ? ORDER BY n").value();
    read.bind(first).bind(last);
    std::int64_t sum = 0;
    while (read.step().value()) {
        if (read.text_in_place(1).size() != 2000) return -1;
        sum += read.integer(0);
    }
    return sum;
}

/// All rows, and then some, so that what was read ahead last are rows that are read next.
std::int64_t sum(sqlite3* database) {
    const auto again = sum(database, 1001, 1020);
    const auto all = sum(database, 1, rows);
    return sum(database, 1001, 1020) == again ? all : -1;
}

}  // namespace

TEST_CASE("What is read ahead is what stands in the file, and is forgotten when others may have written") {
    for (const std::string journal : {"WAL", "DELETE"}) {
        CAPTURE(journal);
        const TemporaryFolder folder;
        auto writer = filled(folder / "file.db", journal);
        auto reader = open(folder / "file.db", sqlite::read_ahead_vfs().value());
        REQUIRE(sqlite::execute(reader.get(), "PRAGMA cache_size = 10; PRAGMA synchronous = OFF", "cache"));
        CHECK(sum(reader.get()) == rows);
        for (std::int64_t word = 2; word < 4; ++word) {
            const auto change = "UPDATE t SET word = " + std::to_string(word);
            REQUIRE(sqlite::execute(writer.get(), change.c_str(), "change"));
            CHECK(sum(reader.get()) == word * rows);
            REQUIRE(sqlite::execute(writer.get(), "PRAGMA wal_checkpoint(TRUNCATE)", "move the log into the file"));
            CHECK(sum(reader.get()) == word * rows);
        }
    }
}

TEST_CASE("Who reads ahead within a transaction sees one state, whatever is written meanwhile") {
    const TemporaryFolder folder;
    auto writer = filled(folder / "file.db", "WAL");
    auto reader = open(folder / "file.db", sqlite::read_ahead_vfs().value());
    REQUIRE(sqlite::execute(reader.get(), "PRAGMA cache_size = 10; BEGIN", "begin"));
    CHECK(sum(reader.get()) == rows);
    REQUIRE(sqlite::execute(writer.get(), "UPDATE t SET word = 2; PRAGMA wal_checkpoint(PASSIVE)", "change"));
    CHECK(sum(reader.get()) == rows);
    REQUIRE(sqlite::execute(reader.get(), "COMMIT", "commit"));
    CHECK(sum(reader.get()) == 2 * rows);
}

TEST_CASE("Who writes through a file that is read ahead reads what it wrote") {
    const TemporaryFolder folder;
    filled(folder / "file.db", "DELETE");
    auto both = open(folder / "file.db", sqlite::read_ahead_vfs().value());
    REQUIRE(sqlite::execute(both.get(), "PRAGMA cache_size = 10; PRAGMA synchronous = OFF", "cache"));
    CHECK(sum(both.get()) == rows);
    REQUIRE(sqlite::execute(both.get(), "UPDATE t SET word = 2", "change"));
    CHECK(sum(both.get()) == 2 * rows);
}
