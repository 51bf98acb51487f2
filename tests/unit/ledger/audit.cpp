#include <atomic>
#include <catch2/catch.hpp>
#include <fstream>
#include <thread>

#include "base/hex.h"
#include "elic/ledger/ledger_audit.h"
#include "ledger/event_row.h"
#include "ledger/fixture.h"
#include "ledger/life_cycle.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

constexpr int licenses = 300;

/// A ledger of 600 events and more, and what was kept outside it: a checkpoint half way, one at the end with its
/// leaves.
struct Target {
    TemporaryFolder folder;
    std::filesystem::path file = folder / "ledger.db";
    std::filesystem::path leaves = folder / "leaves";
    Checkpoint half{.origin = {.issuer = an_issuer(), .office = 1}, .at = a_time(1)};
    Checkpoint whole{.origin = {.issuer = an_issuer(), .office = 1}, .at = a_time(2)};

    Target() {
        REQUIRE(Ledger::create(file, 1));
        auto ledger = Ledger::open(file);
        REQUIRE(ledger);
        half.origin.identity = whole.origin.identity = ledger->identity();
        for (int i = 0; i < licenses; ++i) {
            auto reserved = ledger->reserve(ask("r" + std::to_string(i)));
            REQUIRE(reserved);
            REQUIRE(ledger->commit(reserved->reservation, "payload " + std::to_string(i), "{}"));
            if (i == licenses / 2) half.head = ledger->head().value();
        }
        whole.head = ledger->head().value();
        std::ofstream stream(leaves, std::ios::binary);
        REQUIRE(ledger->leaves(whole.head.size, [&](BytesView leaf) -> Status {
            stream << as_text(leaf);
            return {};
        }));
    }

    /// As somebody would who holds the file and knows SQL: the triggers away, and back again as they were.
    void tamper(const std::string& sql) const {
        const auto triggers = ask_sql(file, "SELECT group_concat(sql, ';') FROM sqlite_schema WHERE type = 'trigger'");
        const auto drops =
            ask_sql(file,
                    "SELECT group_concat('DROP TRIGGER ' || name, ';') || ';' FROM sqlite_schema WHERE type = "
                    "'trigger'");
        CHECK(run_sql(file, drops + sql + ";" + triggers + ";") == "");
    }

    /// Leaves and tiles made anew from what stands in the events: what somebody does who knows the format, too.
    void compute_anew() const {
        sqlite3* raw = nullptr;
        REQUIRE(sqlite3_open_v2(file.c_str(), &raw, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
        sqlite::Database database(raw);
        auto rows = sqlite::Statement::prepare(raw, "SELECT " + event_column_list() + " FROM events ORDER BY number");
        REQUIRE(rows);
        std::string sql;
        std::vector<Digest> tile;
        int position = 0;
        EventRow row;
        Bytes input;
        while (rows->step().value()) {
            row.read(*rows, 0);
            row.write_leaf_input(input);
            const auto leaf = merkle::leaf_hash(BytesView(input).subspan(1));
            sql += "UPDATE events SET leaf = x'" + to_hex(leaf) +
                   "' WHERE number = " + std::to_string(*row.integer(Column::number)) + ";";
            tile.push_back(leaf);
            if (tile.size() < 256) continue;
            sql += "INSERT INTO tiles VALUES (1, " + std::to_string(position++) + ", x'" +
                   to_hex(merkle::root_of(tile)) + "');";
            tile.clear();
        }
        rows->again();
        tamper("DELETE FROM tiles;" + sql);
    }

    AuditReport audit(std::vector<Checkpoint> against = {}, bool with_leaves = false) const {
        AuditPlan plan{.against = std::move(against)};
        if (with_leaves) plan.leaves = leaves;
        auto report = audit_ledger(file, plan);
        REQUIRE(report);
        return *report;
    }
    /// What the audit names first.
    std::string first(const AuditReport& report) const {
        if (report.faults.empty()) return "consistent";
        const auto& fault = report.faults.front();
        return fault.kind + " " + std::to_string(fault.first) + "-" + std::to_string(fault.last);
    }
};

const std::string renumber_after_350 =
    "UPDATE events SET number = -number WHERE number > 350;"
    "UPDATE events SET number = -number - 1 WHERE number < 0;"
    "UPDATE events SET reservation = reservation - 1 WHERE reservation > 350";

}  // namespace

TEST_CASE("An untouched ledger is consistent, and says with what it was compared") {
    const Target target;
    const auto alone = target.audit();
    CHECK(target.first(alone) == "consistent");
    CHECK(alone.head == target.whole.head);
    CHECK(alone.compared == 0);
    const auto compared = target.audit({target.half, target.whole}, true);
    CHECK(target.first(compared) == "consistent");
    CHECK(compared.compared == 2);
    CHECK(compared.compared_up_to == target.whole.head.size);
}

TEST_CASE("An edited field is found without anything outside, and named") {
    const Target target;
    target.tamper("UPDATE events SET payload = 'forged' WHERE number = 400");
    CHECK(target.first(target.audit()) == "edited 400-400");
    CHECK(target.first(target.audit({target.whole})) == "edited 400-400");
}

TEST_CASE("An edited field with its leaf made anew is found by the tile, by checkpoints, and named by the leaves") {
    const Target target;
    target.tamper("UPDATE events SET payload = 'forged' WHERE number = 400");
    target.compute_anew();
    CHECK(target.first(target.audit()) == "consistent");  // who rebuilds all is found only from outside
    CHECK(target.first(target.audit({target.whole})) == "checkpoint 1-600");
    CHECK(target.first(target.audit({target.half, target.whole})) == "checkpoint 303-600");
    CHECK(target.first(target.audit({target.half, target.whole}, true)) == "checkpoint 400-400");
}

TEST_CASE("A leaf that was made anew without its tile is found by the tile") {
    const Target target;
    target.tamper("UPDATE events SET payload = 'forged' WHERE number = 200");
    const auto tile = ask_sql(target.file, "SELECT hex(hash) FROM tiles WHERE level = 1 AND position = 0");
    target.compute_anew();
    target.tamper("UPDATE tiles SET hash = x'" + tile + "' WHERE level = 1 AND position = 0");
    CHECK(target.first(target.audit()) == "tree 1-256");
}

TEST_CASE("A removed last event is found from outside, one from the middle by the gap") {
    const Target target;
    SECTION("the last") {
        target.tamper("DELETE FROM events WHERE number = 600");
        CHECK(target.first(target.audit()) == "consistent");
        CHECK(target.first(target.audit({target.whole})) == "missing 600-600");
    }
    SECTION("from the middle") {
        target.tamper("DELETE FROM events WHERE number = 350");
        CHECK(target.first(target.audit()) == "missing 350-350");
    }
    SECTION("from the middle, with the rest renumbered") {
        target.tamper("DELETE FROM events WHERE number IN (350);" + renumber_after_350);
        CHECK_FALSE(target.audit().faults.empty());
        target.compute_anew();
        const auto report = target.audit({target.half, target.whole}, true);
        CHECK(report.faults.front().first <= 350);
        CHECK(report.faults.front().first > 0);
    }
    SECTION("all") {
        target.tamper("DELETE FROM events; DELETE FROM tiles");
        CHECK(target.first(target.audit({target.whole})) == "missing 1-600");
    }
}

TEST_CASE("Two swapped events are found") {
    const Target target;
    target.tamper(
        "UPDATE events SET number = -1 WHERE number = 402; UPDATE events SET number = 402 WHERE number = 404;"
        "UPDATE events SET number = 404 WHERE number = -1");
    CHECK(target.first(target.audit()) == "edited 402-402");
    target.compute_anew();
    CHECK(target.first(target.audit({target.half, target.whole})) == "law 402-402");  // issued before it was reserved
    CHECK(target.first(target.audit({target.half, target.whole}, true)) == "law 402-402");
}

TEST_CASE("An inserted event is found") {
    const Target target;
    const std::string forged =
        "INSERT INTO events (number, kind, at, leaf, id, form, list, publication, next_update, digest) VALUES (601, "
        "'published', 1999999999, zeroblob(32), NULL, 'list', 1, 1, 2099999999, '" +
        std::string(64, '0') + "')";
    target.tamper(forged);
    CHECK(target.first(target.audit()) == "edited 601-601");
    // Behind the last checkpoint it is what the next one will say: before it, it would be in that one's leaves.
    target.tamper(
        "UPDATE events SET number = number + 1000 WHERE number > 500;"
        "UPDATE events SET number = number - 999 WHERE number < 1601 AND number > 1000;"
        "UPDATE events SET number = 501 WHERE number = 1601;"
        "UPDATE events SET reservation = reservation + 1 WHERE reservation > 500");
    target.compute_anew();
    const auto report = target.audit({target.half, target.whole}, true);
    REQUIRE_FALSE(report.faults.empty());
    CHECK(report.faults.front().first == 501);
}

TEST_CASE("A fork is found: a copy that went on otherwise") {
    Target target;
    std::filesystem::copy_file(target.file, target.folder / "copy.db");
    auto ledger = Ledger::open(target.file);
    REQUIRE(ledger->reserve(ask("here")));
    auto later = target.whole;
    later.head = ledger->head().value();
    auto fork = Ledger::open(target.folder / "copy.db");
    REQUIRE(fork->adopt(target.whole));
    REQUIRE(fork->reserve(ask("there")));
    target.file = target.folder / "copy.db";
    CHECK(target.first(target.audit({target.whole})) == "consistent");
    CHECK(target.first(target.audit({target.whole, later})) == "checkpoint 601-601");
}

TEST_CASE("A ledger made anew is found, with the same identity too") {
    const Target target;
    const Target other;
    std::vector<Checkpoint> against{target.half, target.whole};
    CHECK(other.audit(against).faults.front().kind == "checkpoint");
    other.tamper("UPDATE office SET identity = x'" + to_hex(target.whole.origin.identity) + "';" +
                 "UPDATE events SET payload = payload || '!' WHERE kind = 'issued'");
    other.compute_anew();
    CHECK(other.first(other.audit()) == "consistent");
    CHECK(other.first(other.audit(against)) == "checkpoint 1-302");
    auto plan = AuditPlan{.against = against, .leaves = target.leaves};
    CHECK(other.first(audit_ledger(other.file, plan).value()) == "checkpoint 2-2");
}

TEST_CASE("Tables that are not as they were made are found") {
    const Target target;
    REQUIRE(run_sql(target.file, "DROP TRIGGER events_are_never_changed").empty());
    CHECK(target.first(target.audit()) == "schema 0-0");
    CHECK_THAT(target.audit().faults.front().text, Catch::Contains("events_are_never_changed"));
}

TEST_CASE("Leaves that belong to no checkpoint are refused, not compared") {
    const Target target;
    auto report = audit_ledger(target.file, {.against = {target.half}, .leaves = target.leaves});
    REQUIRE_FALSE(report);
    CHECK(report.error().code == Errc::malformed_value);
}

TEST_CASE("What breaks the laws is found, whatever its leaf says") {
    const Target target;
    SECTION("an issue at another time than was reserved") {
        target.tamper("UPDATE events SET at = at + 1 WHERE number = 400");
    }
    SECTION("an identifier that is not made of its parts") {
        target.tamper("UPDATE events SET serial = '9' WHERE number = 399");
    }
    SECTION("a status entry given away before") {
        target.tamper("UPDATE events SET list_index = 100000 WHERE number = 397");
    }
    target.compute_anew();
    const auto report = target.audit();
    REQUIRE_FALSE(report.faults.empty());
    CHECK(report.faults.front().kind == "law");
    CHECK((report.faults.front().first == 399 || report.faults.front().first == 400));
}

TEST_CASE("An audit goes by what stood there when it began, whoever issues meanwhile") {
    const TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    // It issues until it is told to stop, also when a check fails.
    struct Writer {
        std::atomic<bool> stop = false;
        std::uint64_t licenses = 0;
        std::thread thread;
        ~Writer() { join(); }
        void join() {
            stop = true;
            if (thread.joinable()) thread.join();
        }
    } writer;
    writer.thread = std::thread([&] {
        auto ledger = Ledger::open(file).value();
        for (; !writer.stop; ++writer.licenses) {
            const auto name = std::to_string(writer.licenses);
            auto reserved = ledger.reserve(ask("r" + name)).value();
            const auto license = R"({"number":"N-)" + name + R"(","holders":[{"code":"C"}]})";
            if (!ledger.commit(reserved.reservation, "payload", license)) std::abort();
        }
    });
    std::uint64_t seen = 0;
    for (int grown = 0; grown < 20;) {
        const auto report = audit_ledger(file, {});
        REQUIRE(report);
        CHECK(report->faults.empty());
        CHECK(report->head.size >= seen);
        if (report->head.size > seen) ++grown;  // something was issued since the audit before
        seen = report->head.size;
    }
    writer.join();
    CHECK(audit_ledger(file, {})->head.size == 2 * writer.licenses);
}

TEST_CASE("A tile over events that are not there is found") {
    const Target target;
    target.tamper("INSERT INTO tiles VALUES (1, 2, zeroblob(32))");
    const auto report = audit_ledger(target.file, {}).value();
    REQUIRE(report.faults.size() == 1);
    CHECK(report.faults[0].kind == "tree");
    CHECK(report.faults[0].first == 513);
    CHECK(report.faults[0].text == "a tile is there over events that are not, or not all of them");
}

TEST_CASE("A tile that is missing is told besides a fault of the tables") {
    const Target target;
    target.tamper("DELETE FROM tiles WHERE position = 1; DROP INDEX types_by_day");
    const auto report = audit_ledger(target.file, {}).value();
    REQUIRE(report.faults.size() == 2);
    CHECK(report.faults[0].text == "the tile is missing");
    CHECK(report.faults[0].first == 257);
    CHECK(report.faults[1].kind == "schema");
}
