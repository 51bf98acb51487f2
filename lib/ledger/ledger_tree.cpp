#include <algorithm>
#include <bit>

#include "ledger/ledger_impl.h"

namespace elic {

namespace {

constexpr int tile_height = 8;  // 256 leaves

/// The complete subtrees that make up a range which begins where a complete one as large as it may begin.
std::vector<std::pair<std::uint64_t, int>> parts_of(std::uint64_t begin, std::uint64_t end) {
    std::vector<std::pair<std::uint64_t, int>> parts;
    while (begin < end) {
        const int height = std::bit_width(end - begin) - 1;
        parts.emplace_back(begin, height);
        begin += std::uint64_t{1} << height;
    }
    return parts;
}

}  // namespace

Result<Digest> Ledger::Impl::subtree(std::uint64_t begin, int height) const {
    const auto level = height / tile_height;
    const auto count = std::uint64_t{1} << (height % tile_height);
    const auto first = begin >> (level * tile_height);
    auto rows = sqlite::Statement::prepare(
        database.get(),
        level == 0 ? "SELECT leaf FROM events WHERE number > ? AND number <= ? ORDER BY number"
                   : "SELECT hash FROM tiles WHERE position >= ? AND position < ? AND level = ? ORDER BY position");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(static_cast<std::int64_t>(first)).bind(static_cast<std::int64_t>(first + count));
    if (level > 0) rows->bind(std::int64_t{level});
    return root_of_rows(*rows, static_cast<std::int64_t>(count));
}

Result<Digest> Ledger::Impl::range_root(std::uint64_t begin, std::uint64_t end) const {
    if (begin == end) return merkle::empty_root();
    std::vector<Digest> roots;
    for (const auto& [first, height] : parts_of(begin, end)) {
        auto root = subtree(first, height);
        if (!root) return root;
        roots.push_back(*root);
    }
    return merkle::fold(roots);
}

merkle::RangeRoot Ledger::Impl::ranges() const {
    return [this](std::uint64_t begin, std::uint64_t end) { return range_root(begin, end); };
}

Result<merkle::TreeHead> Ledger::head() const {
    // One transaction: the size and what it covers are read from one state.
    auto reading = sqlite::Reading::begin(impl_->database.get());
    if (!reading) return tl::unexpected(reading.error());
    auto size = impl_->number_of("SELECT coalesce(max(number), 0) FROM events", {});
    if (!size) return tl::unexpected(size.error());
    return head_at(static_cast<std::uint64_t>(*size));
}

Result<merkle::TreeHead> Ledger::head_at(std::uint64_t size) const {
    auto root = impl_->range_root(0, size);
    if (!root) return tl::unexpected(root.error());
    return merkle::TreeHead{.size = size, .root = *root};
}

Result<std::vector<Digest>> Ledger::inclusion_path(std::int64_t number, std::uint64_t size) const {
    if (number < 1) return fail(Errc::bad_argument, "events are numbered from 1");
    return merkle::inclusion_path(static_cast<std::uint64_t>(number) - 1, size, impl_->ranges());
}

Result<std::vector<Digest>> Ledger::consistency_path(std::uint64_t first, std::uint64_t second) const {
    return merkle::consistency_path(first, second, impl_->ranges());
}

Status Ledger::leaves(std::uint64_t size, const std::function<Status(BytesView)>& take) const {
    auto rows =
        sqlite::Statement::prepare(impl_->database.get(), "SELECT leaf FROM events WHERE number <= ? ORDER BY number");
    if (!rows) return tl::unexpected(rows.error());
    rows->bind(static_cast<std::int64_t>(size));
    for (;;) {
        auto row = rows->step();
        if (!row) return tl::unexpected(row.error());
        if (!*row) return {};
        const auto leaf = rows->digest(0);
        if (!leaf) return fail(Errc::ledger_unusable, "ledger: a stored hash is damaged: run `elic ledger audit`");
        if (auto taken = take(*leaf); !taken) return taken;
    }
}

const LedgerIdentity& Ledger::identity() const noexcept { return impl_->identity; }

}  // namespace elic
