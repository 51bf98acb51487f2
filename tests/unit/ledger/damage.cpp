#include <catch2/catch.hpp>
#include <fstream>
#include <random>

#include "ledger/fixture.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

void make_ledger(const std::filesystem::path& file, int licenses) {
    REQUIRE(Ledger::create(file, 1));
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    for (int i = 0; i < licenses; ++i) {
        auto reserved = ledger->reserve(ask("r" + std::to_string(i)));
        REQUIRE(reserved);
        REQUIRE(ledger->commit(reserved->reservation, "payload " + std::to_string(i), R"({"number":"1"})"));
    }
}

/// Changes what triggers protect, as a damaged disk would.
void spoil(const std::filesystem::path& file, const std::string& change) {
    REQUIRE(run_sql(file, "DROP TRIGGER events_are_never_changed; PRAGMA ignore_check_constraints = ON; " + change)
                .empty());
}

std::string read_all(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("A damaged value in the ledger is an error that says so") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    make_ledger(file, 1);

    SECTION("an identifier") { spoil(file, "UPDATE events SET id = 'no identifier'"); }
    SECTION("a time") { spoil(file, "UPDATE events SET at = 9223372036854775807"); }
    SECTION("a status entry") { spoil(file, "UPDATE events SET list_index = -5 WHERE kind = 'reserved'"); }
    SECTION("a status list") { spoil(file, "UPDATE events SET list = -5 WHERE kind = 'reserved'"); }
    SECTION("a predecessor") { spoil(file, "UPDATE events SET previous = 'x' WHERE kind = 'reserved'"); }

    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    auto listed = ledger->list(0, 10);
    REQUIRE_FALSE(listed);
    CHECK(listed.error().code == Errc::ledger_unusable);
}

TEST_CASE("A damaged draft in the ledger is an error, not another license") {
    TemporaryFolder folder;
    make_ledger(folder / "ledger.db", 1);
    spoil(folder / "ledger.db", "UPDATE events SET content = '{' WHERE kind = 'reserved'");
    auto ledger = Ledger::open(folder / "ledger.db");
    REQUIRE(ledger);
    auto again = ledger->reserve(ask("r0"));
    REQUIRE_FALSE(again);
    CHECK(again.error().code == Errc::ledger_unusable);
}

TEST_CASE("Damaged bytes anywhere in the file never crash a reader, and no license is invented") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    make_ledger(file, 40);
    const auto sound = read_all(file);
    REQUIRE(sound.size() > 10000);
    std::mt19937 random(20261123);
    int errors = 0;
    for (int round = 0; round < 300; ++round) {
        auto spoilt = sound;
        for (int i = 0; i < 8; ++i) spoilt[random() % spoilt.size()] = static_cast<char>(random());
        if (round % 10 == 0) spoilt.resize(random() % spoilt.size());
        std::ofstream(file, std::ios::binary | std::ios::trunc) << spoilt;
        auto ledger = Ledger::open(file);
        if (!ledger) {
            ++errors;
            continue;
        }
        auto listed = ledger->list(0, 1000);
        if (listed) CHECK(listed->size() <= 40);
        auto reserved = ledger->reserve(ask("new"));
        if (!listed || !reserved) ++errors;
    }
    CHECK(errors > 30);
}
