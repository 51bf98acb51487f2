#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"

namespace elic {

/// What an import changed, a line each: "added status/…", "replaced delegations/…", "unchanged …". Paths are of the
/// folder.
struct ImportReport {
    std::vector<std::string> lines;
    bool changed = false;
    std::string version;  ///< the folder's version after it
};

/// Files to take in, each with a name for messages: bundles, trust lists, delegations, roll-overs, status lists and
/// deltas, lists of genuine issues, revocation lists, certificates, type packs: what each is is read off its bytes.
using ImportFiles = std::vector<std::pair<std::string, Bytes>>;

/// Takes files into a trust folder (made when there is none): checks everything first (form, one encoding, signature by
/// a certificate that the folder or the files have, number not behind the one there, delta fits its list, packs and
/// certificates named by a list or delegation), writes a new version, and points to it last. When anything is refused,
/// nothing is changed. Errors: malformed_trust, newer_format, limit_exceeded, not_found (the signer's certificate), io:
/// with the file's name and the mend. Whether roots are pinned is the verifier's business.
Result<ImportReport> import_into_trust_folder(const ImportFiles& files, const std::filesystem::path& folder);

/// Everything in the folder's current version as one file (docs/format/trust.md, bundle), the same bytes each time.
/// `signer` and `certificate` may be null: then nobody vouches for its being complete. Errors: those of
/// TrustFolder::open, signer_failed, io.
Result<Bytes> export_trust_folder(const std::filesystem::path& folder, Signer* signer, const Certificate* certificate);

}  // namespace elic
