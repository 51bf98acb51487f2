#include "trust/import_state.h"

#include <algorithm>

#include "base/file.h"
#include "trust/folder_names.h"
#include "trust/trust_codec.h"

namespace elic {

Result<ImportState> ImportState::open(const std::filesystem::path& folder) {
    ImportState state;
    state.folder_ = folder;
    if (auto opened = state.open_base(); !opened) return tl::unexpected(opened.error());
    return state;
}

Status ImportState::open_base() {
    auto base = newest_version(folder_);
    if (!base) return tl::unexpected(base.error());
    base_ = *base;
    if (!base_) return {};
    auto files = files_of(*base_);
    if (!files) return tl::unexpected(files.error());
    before_ = std::move(*files);
    kept_ = before_;
    for (const auto& name : names("lists/")) {
        auto bytes = read(name, max_trust_bytes);
        auto list = bytes ? TrustList::open(std::move(*bytes)) : Result<TrustList>(tl::unexpected(bytes.error()));
        if (list && list_name(list->roots().front()) == name) lists_.emplace(name, std::move(*list));
    }
    return read_base_keys();
}

/// Which delegations there are, and their keys: out of the index, or out of each where the index has nothing of it.
Status ImportState::read_base_keys() {
    auto present = delegations_in(base_->path);
    if (!present) return tl::unexpected(present.error());
    const auto index = FolderIndex::open(base_->path);
    std::map<DelegationKey, std::set<KeyHint>> indexed;
    for (const auto& key : index ? index->keys() : std::vector<IndexedKey>()) {
        indexed[key.delegation].insert(key.hint);
    }
    for (const auto& pair : *present) {
        parents_[pair.child].insert(pair.parent);
        auto& hints = keys_[pair];
        if (const auto found = indexed.find(pair); found != indexed.end()) {
            hints = found->second;
        } else if (auto bytes = read(delegation_name(pair.parent, pair.child), max_delegation_file)) {
            const auto delegation = read_delegation_file(*bytes);
            for (const auto& certificate :
                 delegation ? delegation->delegation.body.certificates : std::vector<BodyCertificate>()) {
                hints.insert(key_hint(certificate.fingerprint));
            }
        }
        hints_.insert(hints.begin(), hints.end());
    }
    return {};
}

bool ImportState::has(const std::string& name) const { return added_.contains(name) || kept_.contains(name); }

Result<Bytes> ImportState::read(const std::string& name, std::size_t limit) const {
    if (const auto found = added_.find(name); found != added_.end()) return found->second;
    if (!kept_.contains(name)) return fail(Errc::not_found, name + ": no such file");
    return read_file(base_->path / name, limit);
}

std::vector<std::string> ImportState::names(const std::string& prefix) const {
    std::set<std::string> all;
    for (auto at = kept_.lower_bound(prefix); at != kept_.end() && at->starts_with(prefix); ++at) all.insert(*at);
    for (auto at = added_.lower_bound(prefix); at != added_.end() && at->first.starts_with(prefix); ++at) {
        all.insert(at->first);
    }
    return {all.begin(), all.end()};
}

void ImportState::put(const std::string& name, Bytes bytes) {
    kept_.erase(name);
    added_[name] = std::move(bytes);
}

void ImportState::drop(const std::string& name) {
    kept_.erase(name);
    added_.erase(name);
    lists_.erase(name);
}

bool ImportState::has_damaged_list() const { return names("lists/").size() != lists_.size(); }

void ImportState::put_list(const std::string& name, TrustList list, Bytes bytes) {
    offer(list.signer());
    for (const auto& certificate : list.signer_intermediates()) offer(certificate);
    lists_.erase(name);
    lists_.emplace(name, std::move(list));
    put(name, std::move(bytes));
}

void ImportState::put_delegation(const std::string& name, const Delegation& delegation, Bytes bytes) {
    parents_[delegation.body.code].insert(delegation.parent);
    auto& hints = keys_[{.parent = delegation.parent, .child = delegation.body.code}];
    hints.clear();
    for (const auto& certificate : delegation.body.certificates) hints.insert(key_hint(certificate.fingerprint));
    hints_.insert(hints.begin(), hints.end());
    put(name, std::move(bytes));
}

void ImportState::offer(const Certificate& certificate) { offered_.emplace(certificate.fingerprint(), certificate); }

std::optional<Certificate> ImportState::certificate(const Digest& fingerprint) const {
    if (const auto found = offered_.find(fingerprint); found != offered_.end()) return found->second;
    for (const auto& [name, list] : lists_) {
        if (list.signer().fingerprint() == fingerprint) return list.signer();
        for (const auto& certificate : list.signer_intermediates()) {
            if (certificate.fingerprint() == fingerprint) return certificate;
        }
    }
    const auto bytes = read(certificate_name(fingerprint), max_certificate_file);
    auto certificate = bytes ? Certificate::parse(*bytes) : Result<Certificate>(tl::unexpected(bytes.error()));
    if (!certificate || certificate->fingerprint() != fingerprint) return {};
    return *certificate;
}

std::vector<ImportStanding> ImportState::standings(const Uscc& code) const {
    std::vector<ImportStanding> found;
    for (const auto& [name, list] : lists_) {
        if (auto body = list.body(code)) found.push_back({.body = std::move(*body), .carried = {}});
    }
    for (const auto& parent : parents(code)) {
        const auto bytes = read(delegation_name(parent, code), max_delegation_file);
        auto read = bytes ? read_delegation_file(*bytes) : Result<SignedDelegation>(tl::unexpected(bytes.error()));
        if (read) found.push_back({.body = read->delegation.body, .carried = read->delegation.certificates});
    }
    return found;
}

std::vector<Uscc> ImportState::parents(const Uscc& code) const {
    const auto found = parents_.find(code);
    if (found == parents_.end()) return {};
    return {found->second.begin(), found->second.end()};
}

bool ImportState::delegated(const KeyHint& hint) const { return hints_.contains(hint); }

std::vector<std::string> ImportState::changes() const {
    std::vector<std::string> lines;
    for (const auto& [name, bytes] : added_) lines.push_back((before_.contains(name) ? "replaced " : "added ") + name);
    for (const auto& name : before_) {
        if (!has(name)) lines.push_back("removed " + name);
    }
    return lines;
}

Result<FolderVersion> ImportState::publish() {
    NextVersion next{.base = base_, .kept = kept_, .written = added_};
    std::vector<IndexedKey> keys;
    std::vector<DelegationKey> pairs;
    for (const auto& [pair, hints] : keys_) {
        pairs.push_back(pair);
        // A body without a certificate has a line too: an index that has a line of every delegation misses none.
        if (hints.empty()) keys.push_back({.hint = {}, .delegation = pair});
        for (const auto& hint : hints) keys.push_back({.hint = hint, .delegation = pair});
    }
    next.written[key_index_name] = write_key_index(std::move(keys));
    next.written[body_index_name] = write_body_index(pairs);
    return publish_version(folder_, next);
}

}  // namespace elic
