#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "elic/base/bytes.h"

// The hash tree over the events of a ledger: the shape of RFC 9162, 2.1, with SM3 in the place of SHA-256. Pure
// functions. docs/format/ledger.md, "The tree".
namespace elic::merkle {

/// SM3(0x00 || entry): RFC 9162, 2.1.1.
Digest leaf_hash(BytesView entry);

/// SM3(0x01 || left || right).
Digest node_hash(const Digest& left, const Digest& right);

/// The root over no leaf: SM3 of nothing.
Digest empty_root();

/// The root over these leaf hashes.
Digest root_of(std::span<const Digest> leaves);

/// The root over 1, 2, 4 ... subtrees of ascending size (the complete ones of which a tree of some size consists, in
/// the order of the leaves: the largest first). At least one.
Digest fold(std::span<const Digest> subtrees);

/// Takes leaf after leaf and keeps only the roots of the complete subtrees: memory does not grow with the tree.
class Frontier {
public:
    void add(const Digest& leaf);
    std::uint64_t size() const noexcept { return size_; }
    Digest root() const;

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> complete_;  ///< the largest first; as many as size_ has bits set
};

}  // namespace elic::merkle
