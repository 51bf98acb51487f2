#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "elic/trust/trust_import.h"
#include "elic/trust/trust_list.h"
#include "trust/folder_index.h"
#include "trust/folder_objects.h"
#include "trust/folder_versions.h"

namespace elic {

/// A body as something in the version vouches for it, with the certificates that came along.
struct ImportStanding {
    IssuingBody body;
    std::vector<Certificate> carried;
};

/// A version in the making: what the version before has, and what is put over it. Nothing is written until `publish`.
class ImportState {
public:
    /// Errors: io.
    static Result<ImportState> open(const std::filesystem::path& folder);

    bool has(const std::string& name) const;
    /// Errors: not_found, io, limit_exceeded.
    Result<Bytes> read(const std::string& name, std::size_t limit) const;
    /// Names that begin with `prefix`, ascending.
    std::vector<std::string> names(const std::string& prefix) const;
    void put(const std::string& name, Bytes bytes);
    void drop(const std::string& name);

    /// The lists that open, by name.
    std::map<std::string, TrustList>& lists() { return lists_; }
    const std::map<std::string, TrustList>& lists() const { return lists_; }
    /// True when some list does not open: then nobody knows what it names.
    bool has_damaged_list() const;
    void put_list(const std::string& name, TrustList list, Bytes bytes);
    void put_delegation(const std::string& name, const Delegation& delegation, Bytes bytes);

    /// Certificates that came with the import, besides those of the folder.
    void offer(const Certificate& certificate);
    std::optional<Certificate> certificate(const Digest& fingerprint) const;

    /// What vouches for a body: lists and delegations that read.
    std::vector<ImportStanding> standings(const Uscc& code) const;
    /// The parents that delegate to a body.
    std::vector<Uscc> parents(const Uscc& code) const;
    /// True when a delegation has a certificate with this hint.
    bool delegated(const KeyHint& hint) const;

    /// What would change, a line each; empty when nothing does.
    std::vector<std::string> changes() const;
    /// Writes the version. Errors: those of publish_version.
    Result<FolderVersion> publish();
    const std::optional<FolderVersion>& base() const { return base_; }

private:
    Status open_base();
    Status read_base_keys();

    std::filesystem::path folder_;
    std::optional<FolderVersion> base_;
    std::set<std::string> before_;        ///< files of the base
    std::set<std::string> kept_;          ///< those that stay
    std::map<std::string, Bytes> added_;  ///< what is put over them
    std::map<std::string, TrustList> lists_;
    std::map<Digest, Certificate> offered_;
    std::map<Uscc, std::set<Uscc>> parents_;
    std::map<DelegationKey, std::set<KeyHint>> keys_;
    std::set<KeyHint> hints_;
};

}  // namespace elic
