#include "ledger/audit_leaves.h"

#include <algorithm>
#include <fstream>

#include "elic/crypto/sm3.h"
#include "ledger/audit_events.h"

namespace elic::audit {

namespace {

constexpr std::size_t leaf_bytes = std::tuple_size_v<Digest>;

Digest leaf_at(const Bytes& bytes, std::size_t index) {
    Digest leaf{};
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(index * leaf_bytes), leaf_bytes, leaf.begin());
    return leaf;
}

Digest root_over(const Bytes& bytes) {
    merkle::Frontier frontier;
    for (std::size_t i = 0; i < bytes.size() / leaf_bytes; ++i) frontier.add(leaf_at(bytes, i));
    return frontier.root();
}

}  // namespace

Result<Bytes> LeavesFile::read_tile(std::uint64_t tile) const {
    const auto first = tile * tile_events;
    const auto count = std::min<std::uint64_t>(tile_events, size_ - first);
    std::ifstream stream(file_, std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(first * leaf_bytes));
    Bytes bytes(static_cast<std::size_t>(count) * leaf_bytes);
    stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!stream) return fail(Errc::io, file_.string() + ": the leaves cannot be read");
    return bytes;
}

Result<LeavesFile> LeavesFile::open(const std::filesystem::path& file, const std::vector<Checkpoint>& checkpoints) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return fail(Errc::not_found, file.string() + " cannot be read");
    LeavesFile leaves;
    leaves.file_ = file;
    merkle::Frontier frontier;
    Digest leaf{};
    while (stream.read(reinterpret_cast<char*>(leaf.data()), static_cast<std::streamsize>(leaf.size()))) {
        frontier.add(leaf);
    }
    if (stream.gcount() != 0) return fail(Errc::malformed_value, file.string() + ": a leaf has 32 bytes");
    leaves.size_ = frontier.size();
    const merkle::TreeHead head{.size = frontier.size(), .root = frontier.root()};
    const bool known = std::any_of(checkpoints.begin(), checkpoints.end(),
                                   [&](const Checkpoint& checkpoint) { return checkpoint.head == head; });
    if (known) return leaves;
    return fail(Errc::malformed_value, file.string() + ": these leaves (" + std::to_string(head.size) +
                                           ") are not those of a checkpoint that is given with --against");
}

Result<std::int64_t> LeavesFile::first_difference(const std::vector<Digest>& tiles, sqlite3* database,
                                                  std::int64_t last) const {
    const auto count = (size_ + tile_events - 1) / tile_events;
    for (std::uint64_t tile = 0; tile < count; ++tile) {
        auto bytes = read_tile(tile);
        if (!bytes) return tl::unexpected(bytes.error());
        const auto leaves = static_cast<std::int64_t>(bytes->size() / leaf_bytes);
        if (leaves == tile_events && tile < tiles.size() &&
            root_over(*bytes) == tiles[static_cast<std::size_t>(tile)]) {
            continue;
        }
        const auto before = static_cast<std::int64_t>(tile) * tile_events;
        auto rows =
            sqlite::Statement::prepare(database, "SELECT " + event_column_list() +
                                                     " FROM events WHERE number > ? AND number <= ? ORDER BY number");
        if (!rows) return tl::unexpected(rows.error());
        rows->bind(before).bind(before + leaves);
        EventRow row;
        Bytes input;
        for (std::int64_t i = 0; i < leaves; ++i) {
            auto more = rows->step();
            if (!more) return tl::unexpected(more.error());
            if (!*more) return std::min(before + i + 1, last + 1);
            row.read(*rows, 0);
            row.write_leaf_input(input);
            if (sm3(input) != leaf_at(*bytes, static_cast<std::size_t>(i))) return before + i + 1;
        }
    }
    return 0;
}

}  // namespace elic::audit
