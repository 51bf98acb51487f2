#include <catch2/catch.hpp>
#include <fstream>

#include "elic/ledger/ledger_audit.h"
#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

std::string id_of(const std::string& serial, int revision = 1) {
    return LicenseId::make(a_type(), an_issuer(), serial, revision)->text();
}

std::string reserved(int number, const std::string& request, const std::string& serial, int index, bool draft) {
    const auto at = std::to_string(a_time(number).unix_seconds());
    return std::string("INSERT INTO events (number, kind, at, request, ") + (draft ? "draft, " : "") +
           "content, type, issuer, serial, revision, counter, list, list_index, id) VALUES (" + std::to_string(number) +
           ", 'reserved', " + at + ", '" + request + "', " + (draft ? R"('{"d":1}', )" : "") +
           R"('{"number":"1"}', ')" + a_type().text() + "', '" + an_issuer().text() + "', '" + serial + "', 1, " +
           std::to_string(index + 1) + ", 7, " + std::to_string(index) + ", '" + id_of(serial) + "');";
}

std::string issued(int number, int reservation, const std::string& serial) {
    return "INSERT INTO events (number, kind, at, reservation, payload, license, id) VALUES (" +
           std::to_string(number) + ", 'issued', " + std::to_string(a_time(reservation).unix_seconds()) + ", " +
           std::to_string(reservation) + ", 'payload', '{}', '" + id_of(serial) + "');";
}

/// A ledger as the program of that shape left it: two licenses, a reservation, and of shape 2 a move and a publication.
std::filesystem::path old_ledger(const TemporaryFolder& folder, int shape) {
    const auto file = folder / "ledger.db";
    std::ifstream sql(std::string(ELIC_SOURCE_DIR) + "/testdata/ledger/shape-" + std::to_string(shape) + ".sql");
    const std::string tables((std::istreambuf_iterator<char>(sql)), {});
    REQUIRE_FALSE(tables.empty());
    auto rows = "INSERT INTO office VALUES (1, 0, 7);" + reserved(1, "a", "700000001", 0, shape > 0) +
                issued(2, 1, "700000001") + reserved(3, "b", "700000002", 1, shape > 0) + issued(4, 3, "700000002") +
                reserved(5, "c", "700000003", 2, shape > 0);
    if (shape == 2) {
        rows += "INSERT INTO events (number, kind, at, id, move, state, reason, effective) VALUES (6, 'moved', " +
                std::to_string(a_time(50).unix_seconds()) + ", '" + id_of("700000001") +
                "', 'suspend', 'suspended', 'r', " + std::to_string(a_time(50).unix_seconds()) + ");" +
                "INSERT INTO events (number, kind, at, list, form, publication, next_update, digest) VALUES (7, "
                "'published', " +
                std::to_string(a_time(60).unix_seconds()) + ", 7, 'list', 1, 1999999999, '" + std::string(64, 'a') +
                "');";
    }
    REQUIRE(run_sql(file, "PRAGMA journal_mode = WAL;" + tables + rows) == "");
    return file;
}

}  // namespace

TEST_CASE("A ledger of every earlier shape is migrated whole, and the old file is kept") {
    const int shape = GENERATE(0, 1, 2);
    CAPTURE(shape);
    TemporaryFolder folder;
    const auto file = old_ledger(folder, shape);
    CHECK_THAT(Ledger::open(file).error().context, Catch::Contains("elic ledger migrate"));
    auto migrated = Ledger::migrate(file);
    REQUIRE(migrated);
    CHECK(migrated->from == shape);
    CHECK(migrated->events == (shape == 2 ? 7U : 5U));
    CHECK(ask_sql(migrated->kept, "PRAGMA user_version") == std::to_string(shape));
    CHECK(ask_sql(migrated->kept, "SELECT count(*) FROM events") == (shape == 2 ? "7" : "5"));
    CHECK_FALSE(std::filesystem::exists(file.string() + ".migrating"));
    CHECK_FALSE(std::filesystem::exists(file.string() + ".migrating-head"));

    CHECK(audit_ledger(file, {})->faults.empty());
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    CHECK_FALSE(ledger->refusal());
    CHECK(ledger->office() == 7);
    CHECK(ledger->issued_count() == 2);
    CHECK(ledger->unfinished()->size() == 1);
    const auto first = LicenseId::parse(id_of("700000001")).value();
    CHECK(ledger->find(first)->payload == "payload");
    CHECK(ledger->moves_of(first)->size() == (shape == 2 ? 1U : 0U));
    CHECK(ledger->last_publication()->has_value() == (shape == 2));
    // The same request gives the same license, and the next serial is the next one.
    CHECK(ledger->reserve(ask("a"))->issued->reservation.id == first);
    CHECK(ledger->reserve(ask("d"))->reservation.id.serial() == "700000004");
    CHECK(Ledger::migrate(file).error().code == Errc::already_exists);
}

TEST_CASE("A migration that died is done again, and one of a damaged ledger changes nothing") {
    TemporaryFolder folder;
    const auto file = old_ledger(folder, 1);
    SECTION("died") {
        std::ofstream(file.string() + ".migrating") << "half";
        REQUIRE(Ledger::migrate(file));
        CHECK(audit_ledger(file, {})->head.size == 5);
    }
    SECTION("died between keeping the old file and putting the new one in its place") {
        std::filesystem::create_hard_link(file, file.string() + ".shape1");
        REQUIRE(Ledger::migrate(file));
    }
    SECTION("damaged") {
        REQUIRE(run_sql(file, "DROP TRIGGER events_are_never_removed; DELETE FROM events WHERE number = 3").empty());
        auto migrated = Ledger::migrate(file);
        REQUIRE_FALSE(migrated);
        CHECK(ask_sql(file, "PRAGMA user_version") == "1");
        CHECK(ask_sql(file, "SELECT count(*) FROM events") == "4");
        CHECK(ask_sql(file, "PRAGMA journal_mode") == "wal");  // the program of its time may go on
        for (const auto* suffix : {".migrating", ".migrating-wal", ".migrating-shm", ".migrating-head", ".shape1"}) {
            CHECK_FALSE(std::filesystem::exists(file.string() + suffix));
        }
        CHECK_FALSE(Ledger::migrate(file));
    }
    SECTION("its office is gone: before anything was made") {
        REQUIRE(run_sql(file, "DROP TRIGGER the_office_is_never_removed; DELETE FROM office").empty());
        REQUIRE_FALSE(Ledger::migrate(file));
        CHECK(ask_sql(file, "SELECT count(*) FROM events") == "5");
        CHECK(ask_sql(file, "PRAGMA journal_mode") == "wal");
    }
    SECTION("a license that is not JSON, mended, and migrated again") {
        const auto trigger = ask_sql(file, "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_changed'");
        const auto write = [&](const std::string& license) {
            REQUIRE(run_sql(file, "DROP TRIGGER events_are_never_changed; UPDATE events SET license = '" + license +
                                      "' WHERE number = 4;" + trigger)
                        .empty());
        };
        write("not JSON");
        auto migrated = Ledger::migrate(file);
        REQUIRE_FALSE(migrated);
        CHECK_THAT(migrated.error().context, Catch::Contains("event 4"));
        CHECK_FALSE(std::filesystem::exists(file.string() + ".migrating"));
        CHECK(ask_sql(file, "PRAGMA user_version") == "1");
        write("{}");
        REQUIRE(Ledger::migrate(file));
        CHECK(audit_ledger(file, {})->head.size == 5);
    }
}

TEST_CASE("What is no ledger is not migrated") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    CHECK(Ledger::migrate(file).error().code == Errc::ledger_unusable);
    REQUIRE(run_sql(file, "CREATE TABLE t (a)").empty());
    CHECK(Ledger::migrate(file).error().code == Errc::ledger_unusable);
}
