#include <algorithm>
#include <bit>
#include <string>

#include "elic/ledger/merkle.h"

namespace elic::merkle {

namespace {

/// Where a tree over `count` leaves is cut: the largest power of two below it.
std::uint64_t half_of(std::uint64_t count) { return std::bit_floor(count - 1); }

/// Two positions walked up together.
struct Climb {
    std::uint64_t node;  ///< what is proven, at this level
    std::uint64_t last;  ///< the last node of this level

    bool is_right() const { return (node & 1) != 0 || node == last; }
    void up() {
        node >>= 1;
        last >>= 1;
    }
    /// Past the levels at which the node stands alone on the right edge.
    void skip_single() {
        while ((node & 1) == 0 && node != 0) up();
    }
};

}  // namespace

Result<std::vector<Digest>> inclusion_path(std::uint64_t index, std::uint64_t size, const RangeRoot& ranges) {
    if (index >= size) return fail(Errc::bad_argument, "there is no such leaf in a tree of that size");
    std::vector<Digest> path;
    std::uint64_t begin = 0, end = size;
    while (end - begin > 1) {
        const auto middle = begin + half_of(end - begin);
        const bool left = index < middle;
        auto beside = left ? ranges(middle, end) : ranges(begin, middle);
        if (!beside) return tl::unexpected(beside.error());
        path.push_back(*beside);
        (left ? end : begin) = middle;
    }
    std::reverse(path.begin(), path.end());
    return path;
}

Result<std::vector<Digest>> consistency_path(std::uint64_t first, std::uint64_t second, const RangeRoot& ranges) {
    if (first > second) return fail(Errc::bad_argument, "a larger tree is no beginning of a smaller one");
    std::vector<Digest> path;
    if (first == 0 || first == second) return path;
    std::uint64_t begin = 0, end = second;
    while (end != first) {
        const auto middle = begin + half_of(end - begin);
        const bool left = first <= middle;
        auto beside = left ? ranges(middle, end) : ranges(begin, middle);
        if (!beside) return tl::unexpected(beside.error());
        path.push_back(*beside);
        (left ? end : begin) = middle;
    }
    if (begin != 0) {  // the smaller tree is not one node of the larger: its last complete subtree begins the path
        auto own = ranges(begin, end);
        if (!own) return tl::unexpected(own.error());
        path.push_back(*own);
    }
    std::reverse(path.begin(), path.end());
    return path;
}

std::optional<Digest> root_by_path(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> path) {
    if (index >= size) return {};
    Climb climb{.node = index, .last = size - 1};
    auto root = leaf;
    for (const auto& beside : path) {
        if (climb.last == 0) return {};
        if (climb.is_right()) {
            root = node_hash(beside, root);
            climb.skip_single();
        } else {
            root = node_hash(root, beside);
        }
        climb.up();
    }
    return climb.last == 0 ? std::optional(root) : std::nullopt;
}

bool goes_on_from(const TreeHead& first, const TreeHead& second, std::span<const Digest> path) {
    if (first.size > second.size) return false;
    if (first.size == second.size) return path.empty() && first.root == second.root;
    if (first.size == 0) return path.empty() && first.root == empty_root();
    Climb climb{.node = first.size - 1, .last = second.size - 1};
    while ((climb.node & 1) != 0) climb.up();
    const bool whole = climb.node == 0;  // the smaller tree is a node of the larger: the path need not name it
    if (!whole && path.empty()) return false;
    auto old_root = whole ? first.root : path[0];
    auto new_root = old_root;
    for (const auto& beside : path.subspan(whole ? 0 : 1)) {
        if (climb.last == 0) return false;
        if (climb.is_right()) {
            old_root = node_hash(beside, old_root);
            new_root = node_hash(beside, new_root);
            climb.skip_single();
        } else {
            new_root = node_hash(new_root, beside);
        }
        climb.up();
    }
    return climb.last == 0 && old_root == first.root && new_root == second.root;
}

}  // namespace elic::merkle
