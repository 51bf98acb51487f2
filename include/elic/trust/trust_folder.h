#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/packs/type_packs.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// A folder that can be carried on a stick: `trust.elic` (the signed list), `certificates/<fingerprint>.cer` (DER),
/// `types/<code>/<version>.json`. Only the list is trusted; the rest is held against the digests in it.
class TrustFolder {
public:
    /// Errors: not_found (no such folder or no list in it), malformed_trust, newer_format, limit_exceeded, io.
    static Result<TrustFolder> open(const std::filesystem::path& folder);

    const TrustList& list() const noexcept { return list_; }

    /// Errors: not_found, malformed_certificate (also: the file is not the one the digest names).
    Result<Certificate> certificate(const Digest& fingerprint) const;

    /// The pack of an entry of the list. Errors: unknown_type (no file), malformed_pack (also: the file's digest is
    /// not the entry's).
    Result<std::shared_ptr<const TypePack>> pack(const PackEntry& entry) const;

private:
    TrustFolder(std::filesystem::path folder, TrustList list);
    std::filesystem::path folder_;
    TrustList list_;
    TypePacks packs_;
};

/// What an operator writes (docs/format/trust.md, source form), read from JSON; files named in it are relative to
/// `base`.
struct TrustSource {
    TrustListContent content;
    std::vector<Certificate> certificates;  ///< of bodies, roots, intermediates
    std::vector<std::pair<PackEntry, Bytes>> pack_files;
};

/// `now` fills in issued_at, and not_before and next_update (one year) where the source leaves them out.
/// Errors: malformed_trust with the JSON path; not_found.
Result<TrustSource> read_trust_source(BytesView json, const std::filesystem::path& base, Timestamp now);

/// Signs the source and writes the folder: certificates and packs first, the list last. Only a certificate that may
/// sign trust lists will do: one with that purpose, or a root of the list itself. Warnings are put into `warnings`.
/// Errors: bad_argument (with the mend), signer_failed, io.
Status write_trust_folder(const TrustSource& source, Signer& signer, const Certificate& signer_certificate,
                          const std::filesystem::path& folder, std::vector<std::string>& warnings);

}  // namespace elic
