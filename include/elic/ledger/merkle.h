#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

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

/// The same of 1, 2, 4, 8 ... leaves, level by level: faster where many can be hashed at once.
Digest root_of_complete(std::span<const Digest> leaves);

/// The root over 1, 2, 4 ... subtrees of ascending size (the complete ones of which a tree of some size consists, in
/// the order of the leaves: the largest first). At least one.
Digest fold(std::span<const Digest> subtrees);

/// Takes leaf after leaf and keeps only the roots of the complete subtrees: memory does not grow with the tree.
class Frontier {
public:
    void add(const Digest& leaf);
    std::uint64_t size() const noexcept { return size_; }
    Digest root() const;
    /// The roots of the complete subtrees, the largest first: what `fold` takes.
    const std::vector<Digest>& complete() const noexcept { return complete_; }

private:
    std::uint64_t size_ = 0;
    std::vector<Digest> complete_;  ///< the largest first; as many as size_ has bits set
};

/// The root over the leaves from `begin` to before `end`, from wherever they are kept.
using RangeRoot = std::function<Result<Digest>(std::uint64_t begin, std::uint64_t end)>;

/// The path from leaf `index` (0 the first) to the root over `size` leaves, lowest first: RFC 9162, 2.1.3.1. Errors:
/// bad_argument (no such leaf), those of `ranges`.
Result<std::vector<Digest>> inclusion_path(std::uint64_t index, std::uint64_t size, const RangeRoot& ranges);

/// That the tree over `second` leaves goes on from the one over the `first` of them: RFC 9162, 2.1.4.1. Empty when they
/// are one, and from the empty tree. Errors: bad_argument (first > second), those of `ranges`.
Result<std::vector<Digest>> consistency_path(std::uint64_t first, std::uint64_t second, const RangeRoot& ranges);

/// The root that a leaf and its path come to (RFC 9162, 2.1.3.2); none when the path has not the length it must have.
std::optional<Digest> root_by_path(const Digest& leaf, std::uint64_t index, std::uint64_t size,
                                   std::span<const Digest> path);

/// A tree as a checkpoint tells it.
struct TreeHead {
    std::uint64_t size = 0;
    Digest root{};
    friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

/// True when `second` has every leaf of `first` in its place (RFC 9162, 2.1.4.2).
bool goes_on_from(const TreeHead& first, const TreeHead& second, std::span<const Digest> path);

}  // namespace elic::merkle
