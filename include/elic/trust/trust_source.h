#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "elic/trust/delegation.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// What an operator writes (docs/format/trust.md, source form), read from JSON; files named in it are relative to
/// `base`.
struct TrustSource {
    TrustListContent content;
    std::vector<Certificate> certificates;  ///< of bodies, roots, intermediates
    std::vector<std::pair<PackEntry, Bytes>> pack_files;
    std::vector<std::pair<std::string, Bytes>> objects =
        {};  ///< delegations, status lists, revocation lists, ...: name, file
};

/// `now` fills in issued_at, and not_before and next_update (one year) where the source leaves them out.
/// Errors: malformed_trust with the JSON path; not_found.
Result<TrustSource> read_trust_source(BytesView json, const std::filesystem::path& base, Timestamp now);

/// The source of one delegation ("elic delegation source 1"): parent, number, times and one body as in a trust source.
/// Errors: as above.
Result<Delegation> read_delegation_source(BytesView json, const std::filesystem::path& base, Timestamp now);

/// Signs the source's list and makes the next version of the folder: the list takes the place of the one it follows
/// (same root), everything else in the folder stays. Only a certificate that may sign trust lists will do: one with
/// that purpose, or a root of the list itself. Warnings are put into `warnings`. Errors: bad_argument (with the mend),
/// signer_failed, io, those of import.
Status write_trust_folder(const TrustSource& source, Signer& signer, const Certificate& signer_certificate,
                          const std::filesystem::path& folder, std::vector<std::string>& warnings);

}  // namespace elic
