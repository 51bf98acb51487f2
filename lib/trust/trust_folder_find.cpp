#include <algorithm>

#include "base/file.h"
#include "trust/folder_names.h"
#include "trust/folder_objects.h"
#include "trust/trust_folder_impl.h"

// How a delegation is found: by the index where it helps, else by reading all of them once.

namespace elic {

const std::optional<FolderIndex>& TrustFolder::Impl::open_index() const {
    if (!index_opened) index = FolderIndex::open(path);
    index_opened = true;
    return index;
}

/// True when there are delegations that the index does not have: looked at only when nothing else was found.
Result<bool> TrustFolder::Impl::index_is_short() const {
    auto present = delegations_in(path);
    if (!present) return tl::unexpected(present.error());
    if (present->size() != index->delegations()) return true;
    std::set<DelegationKey> keyed;
    for (const auto& key : index->keys()) keyed.insert(key.delegation);
    return std::any_of(present->begin(), present->end(), [&](const auto& pair) { return !keyed.contains(pair); });
}

Status TrustFolder::Impl::scan() const {
    if (scanned) return {};
    auto present = delegations_in(path);
    if (!present) return tl::unexpected(present.error());
    std::vector<IndexedKey> keys;
    for (const auto& pair : *present) {
        const auto read = delegation(pair);
        if (!read) continue;
        for (const auto& certificate : read->delegation.body.certificates) {
            keys.push_back({.hint = key_hint(certificate.fingerprint), .delegation = pair});
        }
    }
    scanned = std::move(keys);
    return {};
}

std::optional<SignedDelegation> TrustFolder::Impl::delegation(const DelegationKey& key) const {
    const auto name = delegation_name(key.parent, key.child);
    auto bytes = read_file(path / name, max_delegation_file);
    auto read = bytes ? read_delegation_file(*bytes) : Result<SignedDelegation>(tl::unexpected(bytes.error()));
    if (read && !(read->delegation.parent == key.parent && read->delegation.body.code == key.child)) {
        read = Result<SignedDelegation>(fail(Errc::malformed_trust, "is not the delegation that its name says"));
    }
    if (read) return std::move(*read);
    passed.emplace(name, Error{read.error().code, name + ": " + read.error().context});
    return {};
}

Result<std::vector<DelegationKey>> TrustFolder::Impl::find_by_key(const KeyHint& hint, bool listed) const {
    if (!scanned && open_index()) {
        auto found = index->with_key(hint);
        const bool stands = std::all_of(found.begin(), found.end(), [&](const DelegationKey& pair) {
            return file_exists(path / delegation_name(pair.parent, pair.child));
        });
        if (stands && (!found.empty() || listed)) return found;
        auto is_short = stands ? index_is_short() : Result<bool>(true);
        if (!is_short) return tl::unexpected(is_short.error());
        if (!*is_short) return found;
    }
    if (auto all = scan(); !all) return tl::unexpected(all.error());
    std::vector<DelegationKey> found;
    for (const auto& key : *scanned) {
        if (key.hint == hint) found.push_back(key.delegation);
    }
    return found;
}

Result<std::vector<DelegationKey>> TrustFolder::Impl::find_by_body(const Uscc& child, bool listed) const {
    if (open_index()) {
        auto found = index->of_body(child);
        if (!found.empty() || listed) return found;
    }
    // The names of the files say whose they are.
    auto present = delegations_in(path);
    if (!present) return present;
    std::vector<DelegationKey> found;
    for (const auto& pair : *present) {
        if (pair.child == child) found.push_back(pair);
    }
    return found;
}

}  // namespace elic
