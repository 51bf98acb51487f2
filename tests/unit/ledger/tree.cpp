#include <catch2/catch.hpp>

#include "base/hex.h"
#include "elic/ledger/merkle.h"
#include "ledger/fixture.h"
#include "ledger/life_cycle.h"
#include "unit/base/temporary_folder.h"

using namespace elic;

namespace {

/// The root as RFC 9162, 2.1.1 defines it: by halves, and by nothing that the ledger uses.
Digest by_halves(std::span<const Digest> leaves) {
    if (leaves.empty()) return merkle::empty_root();
    if (leaves.size() == 1) return leaves[0];
    std::size_t half = 1;
    while (half * 2 < leaves.size()) half *= 2;
    return merkle::node_hash(by_halves(leaves.first(half)), by_halves(leaves.subspan(half)));
}

std::vector<Digest> some_leaves(std::size_t count) {
    std::vector<Digest> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(merkle::leaf_hash(as_bytes(std::to_string(i))));
    return leaves;
}

}  // namespace

TEST_CASE("The root of a tree of any size is that of its halves") {
    const auto leaves = some_leaves(600);
    for (std::size_t size = 0; size <= leaves.size(); size += size < 70 ? 1 : 53) {
        const auto part = std::span(leaves).first(size);
        CHECK(merkle::root_of(part) == by_halves(part));
    }
}

TEST_CASE("Every event has a leaf, and every 256 events a tile in their own transaction") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    auto ledger = Ledger::open(file);
    REQUIRE(ledger);
    for (int i = 0; i < 255; ++i) REQUIRE(ledger->reserve(ask("r" + std::to_string(i))));
    CHECK(ask_sql(file, "SELECT count(*) FROM tiles") == "0");
    REQUIRE(ledger->reserve(ask("last")));
    CHECK(ask_sql(file, "SELECT count(*) || ':' || max(level) || ':' || max(position) FROM tiles") == "1:1:0");
    CHECK(ask_sql(file, "SELECT count(DISTINCT leaf) FROM events") == "256");
    std::vector<Digest> leaves;
    for (int i = 1; i <= 256; ++i) {
        const auto hex = ask_sql(file, "SELECT hex(leaf) FROM events WHERE number = " + std::to_string(i));
        const auto bytes = from_hex(hex);
        REQUIRE(bytes);
        std::copy(bytes->begin(), bytes->end(), leaves.emplace_back().begin());
    }
    std::string root = ask_sql(file, "SELECT lower(hex(hash)) FROM tiles");
    CHECK(root == to_hex(by_halves(leaves)));
}

TEST_CASE("Plain SQL cannot change, remove or replace a tile") {
    TemporaryFolder folder;
    const auto file = folder / "ledger.db";
    REQUIRE(Ledger::create(file, 1));
    REQUIRE(run_sql(file, "INSERT INTO tiles VALUES (1, 0, zeroblob(32))").empty());
    for (const std::string sql :
         {"UPDATE tiles SET hash = randomblob(32)", "DELETE FROM tiles",
          "INSERT OR REPLACE INTO tiles VALUES (1, 0, randomblob(32))", "INSERT INTO tiles VALUES (1, 2, zeroblob(32))",
          "INSERT INTO tiles VALUES (1, 1, zeroblob(31))", "INSERT INTO tiles VALUES (0, 0, zeroblob(32))"}) {
        INFO(sql);
        CHECK_FALSE(run_sql(file, sql).empty());
        CHECK(ask_sql(file, "SELECT hex(hash) FROM tiles") == std::string(64, '0'));
    }
}
