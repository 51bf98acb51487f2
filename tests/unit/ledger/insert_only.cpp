#include <catch2/catch.hpp>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

constexpr const char* columns =
    "(leaf, number, kind, at, request, draft, content, type, issuer, serial, revision, counter, list, list_index, id)";

/// A ledger with one license (events 1 and 2) and one reservation (event 3).
struct Target {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "ledger.db";
    std::string before;

    Target() {
        REQUIRE(Ledger::create(file, 1));
        auto ledger = Ledger::open(file);
        REQUIRE(ledger);
        auto reserved = ledger->reserve(ask("a"));
        REQUIRE(reserved);
        REQUIRE(ledger->commit(reserved->reservation, "payload", "{}"));
        REQUIRE(ledger->reserve(ask("b")));
        before = everything();
    }
    std::string everything() const {
        return ask_sql(file,
                       "SELECT group_concat(number || kind || at || ifnull(request, '') || ifnull(content, '') || "
                       "ifnull(serial, '') || ifnull(payload, '') || id) FROM events");
    }
    void refuses(const std::string& sql) const {
        INFO(sql);
        CHECK_FALSE(run_sql(file, sql).empty());
        CHECK(everything() == before);
    }
};

}  // namespace

TEST_CASE("Plain SQL cannot change or remove an event") {
    const Target target;
    target.refuses("UPDATE events SET payload = 'forged' WHERE number = 2");
    target.refuses("UPDATE OR REPLACE events SET number = 1 WHERE number = 2");
    target.refuses("UPDATE OR IGNORE events SET request = 'z' WHERE number = 1");
    target.refuses("UPDATE events SET number = 9 WHERE number = 3");
    target.refuses("DELETE FROM events");
    target.refuses("DELETE FROM events WHERE number = 3");
}

TEST_CASE("Plain SQL cannot replace an event by inserting") {
    const Target target;
    const std::string row = std::string(columns) + " SELECT zeroblob(32), ";
    for (const std::string verb : {"INSERT INTO", "INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO"}) {
        const auto insert = verb + " events " + row;
        // the same number; the request; the identifier; the status entry of event 1
        target.refuses(
            insert +
            "1, kind, at, 'z', draft, content, type, issuer, 'Z', 1, 9, list, 9, 'z' FROM events WHERE number = 1");
        target.refuses(
            insert +
            "4, kind, at, 'a', draft, content, type, issuer, 'Z', 1, 9, list, 9, 'z' FROM events WHERE number = 1");
        target.refuses(
            insert +
            "4, kind, at, 'z', draft, content, type, issuer, serial, 1, 9, list, 9, 'z' FROM events WHERE number = 1");
        target.refuses(
            insert +
            "4, kind, at, 'z', draft, content, type, issuer, 'Z', 1, 9, list, 0, 'z' FROM events WHERE number = 1");
        // issued before: the same reservation, the same identifier
        target.refuses(verb +
                       " events (leaf, number, kind, at, reservation, payload, license, id) SELECT zeroblob(32), 4, "
                       "'issued', 0, 1, 'p', '{}', id "
                       "FROM events WHERE number = 1");
    }
    target.refuses(
        "INSERT INTO events (leaf, number, kind, at, reservation, payload, license, id) SELECT zeroblob(32), 4, "
        "'issued', 0, 1, 'p', '{}', "
        "id "
        "FROM events WHERE number = 1 ON CONFLICT DO UPDATE SET payload = 'p'");
}

TEST_CASE("Events are numbered without a gap") {
    const Target target;
    for (const std::string number : {"NULL", "0", "-1", "3", "5", "9223372036854775807"}) {
        target.refuses(
            "INSERT INTO events " + std::string(columns) + " SELECT zeroblob(32), " + number +
            ", kind, at, 'z', draft, content, type, issuer, 'Z', 1, 9, list, 9, 'z' FROM events WHERE number = 1");
    }
}

TEST_CASE("Only what was reserved is issued, under its identifier") {
    const Target target;
    const std::string insert =
        "INSERT INTO events (leaf, number, kind, at, reservation, payload, license, id) VALUES (zeroblob(32), 4, "
        "'issued', 0, ";
    target.refuses(insert + "9, 'p', '{}', 'z')");                                          // no such event
    target.refuses(insert + "2, 'p', '{}', (SELECT id FROM events WHERE number = 2))");     // not a reservation
    target.refuses(insert + "3, 'p', '{}', 'z')");                                          // another identifier
    target.refuses(insert + "3, NULL, '{}', (SELECT id FROM events WHERE number = 3))");    // no payload
    target.refuses(insert + "NULL, 'p', '{}', (SELECT id FROM events WHERE number = 3))");  // no reservation
    target.refuses("INSERT INTO events (leaf, number, kind, at, id) VALUES (zeroblob(32), 4, 'revoked', 0, 'z')");
    target.refuses(
        "INSERT INTO events (leaf, number, kind, at, reservation, payload, license, id, serial) SELECT zeroblob(32), "
        "4, 'issued', 0, 3, "
        "'p', "
        "'{}', id, serial FROM events WHERE number = 3");
    target.refuses(
        "INSERT INTO events (leaf, number, kind, at, request, id) VALUES (zeroblob(32), 4, 'reserved', 0, 'z', 'z')");
    // and the one right way is open, so that the refusals above are for their own reasons
    CHECK(run_sql(target.file, insert + "3, 'p', '{}', (SELECT id FROM events WHERE number = 3))").empty());
}

TEST_CASE("The office is never changed, removed or replaced") {
    const Target target;
    for (const std::string sql :
         {"UPDATE office SET number = 2", "DELETE FROM office", "INSERT INTO office VALUES (1, 1, 2, randomblob(16))",
          "INSERT OR REPLACE INTO office VALUES (1, 1, 2, randomblob(16))",
          "INSERT INTO office VALUES (2, 1, 2, randomblob(16))"}) {
        INFO(sql);
        CHECK_FALSE(run_sql(target.file, sql).empty());
        CHECK(ask_sql(target.file, "SELECT count(*) || ':' || max(number) FROM office") == "1:1");
    }
}
