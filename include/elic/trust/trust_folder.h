#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/revocation_list.h"
#include "elic/packs/type_packs.h"
#include "elic/trust/genuine_list.h"
#include "elic/trust/known_body.h"
#include "elic/trust/status_list.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// A list of genuine issues with its envelope; the signature has not been checked.
struct SignedGenuineList {
    GenuineList list;
    SignedObject object;
};

/// A file of a status list, with its envelope. The signature has not been checked.
struct PublishedFile {
    SignedObject object;
    Timestamp as_of;
};

/// The newest state of one status list: its last full list and the deltas after it, in order. Signatures have not been
/// checked; that each delta goes on from the file before it has been.
struct PublishedStatus {
    StatusListContent list;            ///< with all deltas applied
    std::vector<PublishedFile> files;  ///< the full list, then each delta
};

/// A folder that can be carried on a stick and shared by many windows (docs/format/trust.md, 1): versions beside each
/// other and a small pointer to the current one. Only what is signed is trusted, and only under a pinned root; every
/// other file is held against a digest. Opened once, it stays at its version, whatever is imported meanwhile.
/// Everything but the lists themselves is read when it is asked for. May be used by several threads.
class TrustFolder {
public:
    /// Errors: not_found (no such folder or no list in it), malformed_trust, newer_format, limit_exceeded, io: of the
    /// first list, when none can be opened.
    static Result<TrustFolder> open(const std::filesystem::path& folder);

    /// The lists that open, by the name of their files. At least one.
    const std::vector<TrustList>& lists() const noexcept;
    /// Why others do not.
    const std::vector<Error>& damaged() const noexcept;
    /// "000007": the version opened.
    const std::string& version() const noexcept;

    /// Files that were asked for, did not read and were passed over: so far, each once.
    std::vector<Error> passed_over() const;

    /// Bodies that have a certificate with this hint: named by lists, then by delegations. A file that does not read is
    /// passed over. Errors: malformed_trust (a list), io.
    Result<std::vector<KnownBody>> bodies_with_key(const KeyHint& hint) const;
    /// Every standing of a body: none, one, or several. Errors: as above.
    Result<std::vector<KnownBody>> bodies(const Uscc& code) const;
    /// All that the folder knows, lists first, then by parent and code: for show, diff and tests. Errors: as above.
    Result<std::vector<KnownBody>> all_bodies() const;
    /// Every roll-over that reads, by the new certificate's hint. Errors: io.
    Result<std::vector<SignedRollover>> rollovers() const;
    /// The roll-over to a certificate with this hint. A damaged one is none. Errors: io.
    Result<std::optional<SignedRollover>> rollover(const KeyHint& new_hint) const;

    /// By fingerprint: a file of the folder. Errors: not_found, malformed_certificate (also: the file is not the one
    /// the digest names).
    Result<Certificate> certificate(const Digest& fingerprint) const;
    /// A certificate of a body: carried by its delegation, or a file of the folder. Errors: as certificate.
    Result<Certificate> certificate_of(const KnownBody& body, const Digest& fingerprint) const;

    /// The pack of an entry of a list. Errors: unknown_type (no file), malformed_pack (also: the file's digest is not
    /// the entry's).
    Result<std::shared_ptr<const TypePack>> pack(const PackEntry& entry) const;

    /// Every status list that there is, by issuer and number. Errors: io.
    Result<std::vector<std::pair<Uscc, std::uint64_t>>> status_lists() const;
    /// The newest full list and its deltas. Errors: not_found (none), malformed_trust (also: a delta that does not
    /// fit), newer_format, limit_exceeded, io.
    Result<PublishedStatus> status(const Uscc& issuer, std::uint64_t list) const;

    /// The bodies that have lists of genuine issues. Errors: io.
    Result<std::vector<Uscc>> genuine_issuers() const;
    /// Lists of genuine issues of a body, by file name; damaged ones are passed over. Errors: io.
    Result<std::vector<SignedGenuineList>> genuine_lists(const Uscc& issuer) const;

    /// Revocation lists that name this authority (Certificate::subject), read once; damaged ones are passed over.
    /// Errors: io.
    Result<std::vector<RevocationList>> revocation_lists(const std::string& authority) const;
    /// All that read. Errors: io.
    Result<std::vector<RevocationList>> all_revocation_lists() const;

    struct Impl;
    explicit TrustFolder(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

private:
    std::shared_ptr<const Impl> impl_;
};

}  // namespace elic
