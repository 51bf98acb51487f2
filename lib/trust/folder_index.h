#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/signed_message.h"
#include "elic/license/uscc.h"

namespace elic {

/// Which delegation: (parent, body).
struct DelegationKey {
    Uscc parent, child;
    friend auto operator<=>(const DelegationKey&, const DelegationKey&) = default;
};

/// A certificate of the body of a delegation, by hint.
struct IndexedKey {
    KeyHint hint{};
    DelegationKey delegation;
    friend auto operator<=>(const IndexedKey&, const IndexedKey&) = default;
};

/// Where to look for bodies that delegations vouch for: two files of text records of one size, sorted. Nothing in them
/// is trusted: what they name is read and must fit.
class FolderIndex {
public:
    /// None when a file is missing, too large or not sorted records: then the delegations are to be read.
    static std::optional<FolderIndex> open(const std::filesystem::path& version);

    std::vector<DelegationKey> with_key(const KeyHint& hint) const;
    std::vector<DelegationKey> of_body(const Uscc& child) const;
    std::size_t delegations() const noexcept;
    std::vector<IndexedKey> keys() const;

private:
    FolderIndex(Bytes keys, Bytes bodies) : keys_(std::move(keys)), bodies_(std::move(bodies)) {}
    Bytes keys_, bodies_;
};

/// The two files, in order: by key ("<16 hexadecimal> <parent> <child>\n") and by body ("<child> <parent>\n").
Bytes write_key_index(std::vector<IndexedKey> keys);
Bytes write_body_index(const std::vector<DelegationKey>& delegations);

/// Every delegation that there is, by the names of the files. Errors: io.
Result<std::vector<DelegationKey>> delegations_in(const std::filesystem::path& version);

}  // namespace elic
