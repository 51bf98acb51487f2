#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <sys/stat.h>
#include <thread>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

unsigned mode_of(const std::filesystem::path& file) {
    struct stat facts {};
    REQUIRE(::stat(file.c_str(), &facts) == 0);
    return facts.st_mode & 0777U;
}

Errc error_of_opening(const std::filesystem::path& file) {
    auto ledger = Ledger::open(file);
    REQUIRE_FALSE(ledger);
    return ledger.error().code;
}

}  // namespace

TEST_CASE("A new ledger is readable by its owner only, and so are the files beside it") {
    TemporaryFolder folder;
    REQUIRE(Ledger::create(folder / "ledger.db", 7));
    CHECK(mode_of(folder / "ledger.db") == 0600);
    auto ledger = Ledger::open(folder / "ledger.db");
    REQUIRE(ledger);
    CHECK(ledger->office() == 7);
    REQUIRE(ledger->reserve(ask("a")));
    CHECK(mode_of(folder / "ledger.db-wal") == 0600);
    CHECK(mode_of(folder / "ledger.db-shm") == 0600);
}

TEST_CASE("A ledger keeps a write-ahead log and the application's number") {
    TemporaryFolder folder;
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    CHECK(ask_sql(folder / "ledger.db", "PRAGMA journal_mode") == "wal");
    CHECK(ask_sql(folder / "ledger.db", "PRAGMA application_id") == "1701603683");  // 0x656C6963, "elic"
}

TEST_CASE("A ledger is never made over another file") {
    TemporaryFolder folder;
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    auto again = Ledger::create(folder / "ledger.db", 2);
    REQUIRE_FALSE(again);
    CHECK(again.error().code == Errc::already_exists);
    CHECK(Ledger::open(folder / "ledger.db")->office() == 1);
}

TEST_CASE("An office number is 1 to 999") {
    TemporaryFolder folder;
    for (int number : {-1, 0, 1000}) {
        auto made = Ledger::create(folder / "ledger.db", number);
        REQUIRE_FALSE(made);
        CHECK(made.error().code == Errc::bad_argument);
    }
    CHECK(folder.count() == 0);
    CHECK(Ledger::create(folder / "ledger.db", 999));
}

TEST_CASE("Opening a missing ledger fails and makes none") {
    TemporaryFolder folder;
    CHECK(error_of_opening(folder / "ledger.db") == Errc::ledger_unusable);
    CHECK(error_of_opening(folder.path()) == Errc::ledger_unusable);
    CHECK(folder.count() == 0);
}

TEST_CASE("A ledger of another shape is refused and told apart from a file that is none") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    REQUIRE(run_sql(file, "PRAGMA user_version = 0").empty());  // as before drafts were kept
    auto ledger = Ledger::open(file);
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().code == Errc::ledger_unusable);
    CHECK_THAT(ledger.error().context, Catch::Contains("shape 0") && Catch::Contains("elic ledger migrate"));
}

TEST_CASE("A ledger that keeps no write-ahead log is refused") {
    TemporaryFolder folder;
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    REQUIRE(run_sql(folder / "ledger.db", "PRAGMA journal_mode = DELETE").empty());
    CHECK(error_of_opening(folder / "ledger.db") == Errc::ledger_unusable);
}

TEST_CASE("On opening, what is in the log is in the file, also when a reader stands in the way for a while") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    auto working = Ledger::open(file);
    REQUIRE(working);
    REQUIRE(working->reserve(ask("a")));
    sqlite3* reader = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &reader, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM events", nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(working->reserve(ask("b")));
    std::thread leaving([reader] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        sqlite3_close_v2(reader);
    });
    auto opened = Ledger::open(file);
    leaving.join();
    REQUIRE(opened);
    std::filesystem::copy_file(file, folder / "file-alone.db");  // without the log, which `working` keeps
    CHECK(ask_sql(folder / "file-alone.db", "SELECT count(*) FROM events") == "2");
}

TEST_CASE("A file that is not a ledger of this version is refused") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";

    SECTION("an empty file") { std::ofstream(file).flush(); }
    SECTION("text") { std::ofstream(file) << std::string(5000, 'x'); }
    SECTION("another program's database") { REQUIRE(run_sql(file, "CREATE TABLE t (a)").empty()); }
    SECTION("our tables under another application's number") {
        REQUIRE(Ledger::create(file, 1));
        REQUIRE(run_sql(file, "PRAGMA application_id = 77").empty());
    }
    SECTION("another format") {
        REQUIRE(Ledger::create(file, 1));
        REQUIRE(
            run_sql(file,
                    "DROP TABLE office; CREATE TABLE office (one, format, number); INSERT INTO office VALUES (1, 2, 1)")
                .empty());
    }
    SECTION("an office number out of range") {
        REQUIRE(Ledger::create(file, 1));
        REQUIRE(
            run_sql(
                file,
                "DROP TABLE office; CREATE TABLE office (one, format, number); INSERT INTO office VALUES (1, 1, -4)")
                .empty());
    }
    CHECK(error_of_opening(file) == Errc::ledger_unusable);
}

TEST_CASE("A ledger of an earlier shape is refused with the mend, and left as it is") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    std::ifstream sql(std::string(ELIC_SOURCE_DIR) + "/testdata/ledger/shape-1.sql");
    const std::string tables((std::istreambuf_iterator<char>(sql)), {});
    REQUIRE(run_sql(file, "PRAGMA journal_mode = WAL;" + tables + "INSERT INTO office VALUES (1, 0, 1);").empty());
    auto ledger = Ledger::open(file);
    REQUIRE_FALSE(ledger);
    CHECK(ledger.error().code == Errc::ledger_unusable);
    CHECK_THAT(ledger.error().context, Catch::Contains("shape 1") && Catch::Contains("elic ledger migrate"));
    CHECK(ask_sql(file, "PRAGMA user_version") == "1");
}
