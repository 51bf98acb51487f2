#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "elic/trust/trust_folder.h"
#include "trust/folder_index.h"

namespace elic {

/// An opened version. What is read later is kept under `reading`.
struct TrustFolder::Impl {
    Impl(std::filesystem::path version_path, std::string version_name)
        : path(std::move(version_path)),
          version(std::move(version_name)),
          packs(TypePacks::in_folder(path / "types")) {}

    std::filesystem::path path;
    std::string version;
    std::vector<TrustList> lists = {};
    std::vector<Error> damaged = {};
    TypePacks packs;

    mutable std::mutex reading = {};
    mutable bool index_opened = false;
    mutable std::optional<FolderIndex> index = {};
    mutable std::optional<std::vector<IndexedKey>> scanned = {};  ///< all delegations read: once the index fails
    mutable std::optional<std::vector<RevocationList>> revocations = {};
    mutable std::map<std::string, Error> passed = {};  ///< by file
    /// Read last; a check asks for one certificate more than once.
    mutable std::map<Digest, Certificate> certificates = {};

    /// Both need `reading` held.
    Result<std::vector<DelegationKey>> find_by_key(const KeyHint& hint, bool listed) const;
    Result<std::vector<DelegationKey>> find_by_body(const Uscc& child, bool listed) const;
    /// Reads a delegation; none when it does not read or is not there (told in `passed`).
    std::optional<SignedDelegation> delegation(const DelegationKey& key) const;

private:
    const std::optional<FolderIndex>& open_index() const;
    Result<bool> index_is_short() const;
    Status scan() const;
};

}  // namespace elic
