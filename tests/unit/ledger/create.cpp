#include <catch2/catch.hpp>
#include <fstream>
#include <sys/stat.h>

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
                    "DROP TABLE office; CREATE TABLE office (one, format, number); INSERT INTO office VALUES (1, 1, 1)")
                .empty());
    }
    SECTION("an office number out of range") {
        REQUIRE(Ledger::create(file, 1));
        REQUIRE(
            run_sql(
                file,
                "DROP TABLE office; CREATE TABLE office (one, format, number); INSERT INTO office VALUES (1, 0, -4)")
                .empty());
    }
    CHECK(error_of_opening(file) == Errc::ledger_unusable);
}
