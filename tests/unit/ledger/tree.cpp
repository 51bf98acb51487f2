#include <bit>
#include <catch2/catch.hpp>

#include "base/file.h"
#include "base/hex.h"
#include "codec/json.h"
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
        if (std::has_single_bit(size)) CHECK(merkle::root_of_complete(part) == by_halves(part));
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

TEST_CASE("Trees, inclusion and consistency are those of the public cases, with SM3 in the place of SHA-256") {
    const auto bytes = read_file(std::string(ELIC_SOURCE_DIR) + "/testdata/vectors/tree/public.json", 1 << 20);
    REQUIRE(bytes);
    const auto json = read_json(as_text(*bytes));
    REQUIRE(json);
    std::vector<Digest> leaves;
    for (const auto& entry : json->at("entries")) {
        leaves.push_back(merkle::leaf_hash(*from_hex(entry.get<std::string>())));
    }
    REQUIRE(leaves.size() == 8);
    const auto ranges = [&](std::uint64_t begin, std::uint64_t end) -> Result<Digest> {
        return merkle::root_of(std::span(leaves).subspan(begin, end - begin));
    };
    const auto hex = [](const std::vector<Digest>& path) {
        std::vector<std::string> list;
        for (const auto& hash : path) list.push_back(to_hex(hash));
        return list;
    };
    const auto& roots = json->at("roots");
    REQUIRE(roots.size() == 9);
    merkle::Frontier frontier;
    for (std::size_t size = 0; size <= 8; ++size) {
        CHECK(to_hex(ranges(0, size).value()) == roots[size]);
        CHECK(to_hex(size == 0 ? merkle::empty_root() : frontier.root()) == roots[size]);
        if (size < 8) frontier.add(leaves[size]);
    }
    CHECK(json->at("inclusion").size() == 36);
    for (const auto& proof : json->at("inclusion")) {
        const auto path = merkle::inclusion_path(proof.at("index"), proof.at("size"), ranges).value();
        CHECK(hex(path) == proof.at("path").get<std::vector<std::string>>());
    }
    CHECK(json->at("consistency").size() == 36);
    for (const auto& proof : json->at("consistency")) {
        const auto path = merkle::consistency_path(proof.at("first"), proof.at("second"), ranges).value();
        CHECK(hex(path) == proof.at("path").get<std::vector<std::string>>());
    }
}

TEST_CASE("Every leaf is proven in every tree, and nothing else by its path") {
    const auto leaves = some_leaves(70);
    for (std::uint64_t size : {1, 2, 3, 7, 8, 13, 64, 65, 70}) {
        const auto part = std::span(leaves).first(size);
        const auto ranges = [&](std::uint64_t begin, std::uint64_t end) -> Result<Digest> {
            return by_halves(part.subspan(begin, end - begin));
        };
        const auto root = by_halves(part);
        for (std::uint64_t index = 0; index < size; ++index) {
            auto path = merkle::inclusion_path(index, size, ranges).value();
            CHECK(merkle::root_by_path(leaves[index], index, size, path) == root);
            CHECK(merkle::root_by_path(leaves[index], index, size + size, path) != root);
            if (size > 1) CHECK(merkle::root_by_path(leaves[index], index ^ 1, size, path) != root);
            CHECK_FALSE(merkle::root_by_path(leaves[index], size, size, path));
            if (!path.empty()) {
                auto changed = path;
                changed[index % path.size()][3] ^= 0x10;
                CHECK(merkle::root_by_path(leaves[index], index, size, changed) != root);
                path.pop_back();
                CHECK_FALSE(merkle::root_by_path(leaves[index], index, size, path));
            }
            path.push_back(root);
            path.push_back(root);
            CHECK_FALSE(merkle::root_by_path(leaves[index], index, size, path) == root);
        }
        CHECK_FALSE(merkle::inclusion_path(size, size, ranges));
    }
}

TEST_CASE("Every tree goes on from every smaller one, and from no other") {
    const auto leaves = some_leaves(40);
    const auto ranges = [&](std::uint64_t begin, std::uint64_t end) -> Result<Digest> {
        return by_halves(std::span(leaves).subspan(begin, end - begin));
    };
    const auto head = [&](std::uint64_t size) {
        return merkle::TreeHead{.size = size, .root = by_halves(std::span(leaves).first(size))};
    };
    for (std::uint64_t second = 0; second <= leaves.size(); ++second) {
        for (std::uint64_t first = 0; first <= second; ++first) {
            auto path = merkle::consistency_path(first, second, ranges).value();
            CHECK(merkle::goes_on_from(head(first), head(second), path));
            auto other = head(first);
            other.root[0] ^= 1;
            CHECK_FALSE(merkle::goes_on_from(other, head(second), path));
            if (first > 0 && first < second) {
                other = head(second);
                other.root[31] ^= 1;
                CHECK_FALSE(merkle::goes_on_from(head(first), other, path));
                auto longer = path;
                longer.push_back(head(first).root);
                CHECK_FALSE(merkle::goes_on_from(head(first), head(second), longer));
                for (auto& node : path) {
                    node[7] ^= 4;
                    CHECK_FALSE(merkle::goes_on_from(head(first), head(second), path));
                    node[7] ^= 4;
                }
                path.pop_back();
                CHECK_FALSE(merkle::goes_on_from(head(first), head(second), path));
            }
        }
        CHECK_FALSE(merkle::consistency_path(second + 1, second, ranges));
        CHECK_FALSE(merkle::goes_on_from({.size = second + 1, .root = {}}, head(second), {}));
    }
}

TEST_CASE("A ledger's heads and paths, read out of its tiles, are those of its leaves") {
    TemporaryFolder folder;
    REQUIRE(Ledger::create(folder / "ledger.db", 1));
    auto ledger = Ledger::open(folder / "ledger.db");
    REQUIRE(ledger);
    CHECK(ledger->head()->root == merkle::empty_root());
    for (int i = 0; i < 700; ++i) REQUIRE(ledger->reserve(ask("r" + std::to_string(i))));
    std::vector<Digest> leaves;
    REQUIRE(ledger->leaves(700, [&](BytesView leaf) -> Status {
        std::copy(leaf.begin(), leaf.end(), leaves.emplace_back().begin());
        return {};
    }));
    REQUIRE(leaves.size() == 700);
    CHECK(ledger->head().value() == merkle::TreeHead{.size = 700, .root = by_halves(leaves)});
    for (std::uint64_t size : {1, 255, 256, 257, 511, 512, 640, 699}) {
        const auto root = by_halves(std::span(leaves).first(size));
        CHECK(ledger->head_at(size)->root == root);
        auto path = ledger->inclusion_path(static_cast<std::int64_t>(size / 2 + 1), size).value();
        CHECK(merkle::root_by_path(leaves[size / 2], size / 2, size, path) == root);
        CHECK(merkle::goes_on_from({.size = size, .root = root}, ledger->head().value(),
                                   ledger->consistency_path(size, 700).value()));
    }
    CHECK(ledger->head_at(701).error().code == Errc::ledger_unusable);
}
