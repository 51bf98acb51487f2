#include "elic/ledger/merkle.h"

#include <algorithm>
#include <bit>

#include "elic/base/assert.h"
#include "elic/crypto/sm3.h"

namespace elic::merkle {

namespace {

constexpr std::uint8_t leaf_mark = 0x00;
constexpr std::uint8_t node_mark = 0x01;

}  // namespace

Digest leaf_hash(BytesView entry) {
    Bytes marked;
    marked.reserve(entry.size() + 1);
    marked.push_back(leaf_mark);
    marked.insert(marked.end(), entry.begin(), entry.end());
    return sm3(marked);
}

Digest node_hash(const Digest& left, const Digest& right) {
    std::array<std::uint8_t, 1 + 2 * std::tuple_size_v<Digest>> marked;
    marked[0] = node_mark;
    std::copy(left.begin(), left.end(), marked.begin() + 1);
    std::copy(right.begin(), right.end(), marked.begin() + 1 + left.size());
    return sm3(marked);
}

Digest empty_root() { return sm3({}); }

Digest root_of(std::span<const Digest> leaves) {
    Frontier frontier;
    for (const auto& leaf : leaves) frontier.add(leaf);
    return frontier.root();
}

Digest root_of_complete(std::span<const Digest> leaves) {
    ELIC_ASSERT(std::has_single_bit(leaves.size()));
    std::vector<Digest> level(leaves.begin(), leaves.end());
    constexpr std::size_t size = std::tuple_size_v<Digest>;
    while (level.size() > 1) {
        const auto count = level.size() / 2;
        Bytes marked(count * (1 + 2 * size));
        std::vector<BytesView> nodes;
        for (std::size_t i = 0; i < count; ++i) {
            auto at = marked.begin() + static_cast<std::ptrdiff_t>(i * (1 + 2 * size));
            *at++ = node_mark;
            at = std::copy(level[2 * i].begin(), level[2 * i].end(), at);
            std::copy(level[2 * i + 1].begin(), level[2 * i + 1].end(), at);
            nodes.push_back(BytesView(marked).subspan(i * (1 + 2 * size), 1 + 2 * size));
        }
        level.resize(count);
        sm3_many(nodes, level);
    }
    return level.front();
}

Digest fold(std::span<const Digest> subtrees) {
    ELIC_ASSERT(!subtrees.empty());
    auto root = subtrees.back();
    for (auto i = subtrees.size() - 1; i > 0; --i) root = node_hash(subtrees[i - 1], root);
    return root;
}

void Frontier::add(const Digest& leaf) {
    auto node = leaf;
    // Each one at the end of the size's bits is a complete subtree that this leaf joins to one twice as large.
    for (int joined = std::countr_one(size_); joined > 0; --joined) {
        node = node_hash(complete_.back(), node);
        complete_.pop_back();
    }
    complete_.push_back(node);
    ++size_;
}

Digest Frontier::root() const { return complete_.empty() ? empty_root() : fold(complete_); }

}  // namespace elic::merkle
