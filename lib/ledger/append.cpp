#include <algorithm>
#include <bit>

#include "elic/crypto/sm3.h"
#include "elic/ledger/merkle.h"
#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr std::int64_t tile_leaves = 256;

/// Prepared when first needed, then used again.
Result<sqlite::Statement*> kept(std::optional<sqlite::Statement>& place, sqlite3* database, const std::string& sql) {
    if (!place) {
        auto made = sqlite::Statement::prepare(database, sql);
        if (!made) return tl::unexpected(made.error());
        place.emplace(std::move(*made));
    }
    place->again();
    return &*place;
}

}  // namespace

Result<Digest> root_of_rows(sqlite::Statement& rows, std::int64_t count) {
    merkle::Frontier frontier;
    for (;;) {
        auto row = rows.step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) break;
        auto hash = rows.digest(0);
        if (!hash) return fail(Errc::ledger_unusable, "ledger: a stored hash is damaged: run `elic ledger audit`");
        frontier.add(*hash);
    }
    rows.again();
    if (frontier.size() != static_cast<std::uint64_t>(count)) {
        return fail(Errc::ledger_unusable, "ledger: rows of the tree are missing: run `elic ledger audit`");
    }
    return frontier.root();
}

Result<std::int64_t> Ledger::Impl::append(EventRow& row) {
    auto last = kept(writing.last, database.get(), "SELECT max(number) FROM events");
    if (!last) return tl::unexpected(last.error());
    auto found = (*last)->step();
    if (!found) return tl::unexpected(found.error());
    const auto number = (*last)->integer(0) + 1;  // of an empty table NULL, which reads as 0
    (*last)->again();
    row.set(Column::number, number);
    row.write_leaf_input(writing.leaf_input);
    const auto leaf = sm3(writing.leaf_input);
    if (!writing.insert) {
        std::string marks;
        for (std::size_t i = 0; i <= event_columns; ++i) marks += i == 0 ? "?" : ", ?";
        auto made = sqlite::Statement::prepare(
            database.get(), "INSERT INTO events (" + event_column_list() + ", leaf) VALUES (" + marks + ")");
        if (!made) return tl::unexpected(made.error());
        writing.insert.emplace(std::move(*made));
    }
    writing.insert->again();
    row.bind(*writing.insert);
    auto done = writing.insert->bind_blob(leaf).step();
    writing.insert->again();  // lets go of the texts, which the caller may drop
    if (!done) return tl::unexpected(done.error());
    if (auto tiled = append_tiles(number); !tiled) return tl::unexpected(tiled.error());
    return number;
}

Status Ledger::Impl::append_tiles(std::int64_t size) {
    auto below = size;  // complete subtrees of the level below
    for (std::int64_t level = 1; below % tile_leaves == 0; ++level) {
        const auto first = below - tile_leaves;
        auto rows = level == 1 ? kept(writing.leaves, database.get(),
                                      "SELECT leaf FROM events WHERE number > ? ORDER BY number")
                               : kept(writing.tiles, database.get(),
                                      "SELECT hash FROM tiles WHERE position >= ? AND level = ? ORDER BY position");
        if (!rows) return tl::unexpected(rows.error());
        (*rows)->bind(first);
        if (level > 1) (*rows)->bind(level - 1);
        auto hash = root_of_rows(**rows, tile_leaves);
        if (!hash) return tl::unexpected(hash.error());
        below /= tile_leaves;
        auto insert = kept(writing.tile, database.get(), "INSERT INTO tiles (level, position, hash) VALUES (?, ?, ?)");
        if (!insert) return tl::unexpected(insert.error());
        auto done = (*insert)->bind(level).bind(below - 1).bind_blob(*hash).step();
        (*insert)->again();
        if (!done) return tl::unexpected(done.error());
    }
    return {};
}

}  // namespace elic
