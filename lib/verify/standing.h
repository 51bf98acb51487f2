#pragma once

#include <memory>
#include <vector>

#include "verify/signing_key.h"

namespace elic {

/// A body, those above it, and the list at the top: what has to hold for the body to be what it says. The list and
/// every delegation are to be checked (check_standing) before anything rests on them.
struct Standing {
    std::vector<KnownBody> path;  ///< path[0] the body, path[n] who delegated to path[n-1]; the last is named by a list
    std::vector<SigningKey> keys;  ///< keys[n] of path[n+1] signed the delegation to path[n]
    const TrustList* list = nullptr;
    Anchors anchors;

    const IssuingBody& body() const { return path.front().body; }
};

/// Where a body stands, or why it stands nowhere.
struct Standings {
    std::vector<Standing> found;  ///< at least one when `fault` is empty
    std::optional<KeyFault> fault;
};

/// Climbs from a body to a list, through every parent whose key signed the delegation. At most 8 delegations, at most
/// 16 ways. Signatures and times are not looked at yet.
Standings standings_of(const VerifyContext& context, const KnownBody& body);

/// The standing of path[level] of another one.
Standing standing_from(const Standing& standing, std::size_t level);

/// The list, then each delegation from the top down: its signer, its time, the machine's memory. Records the trust (and
/// test) and delegation findings. True: the body is what it says.
bool check_standing(const VerifyContext& context, const Standing& standing, Report& report);

/// Whether the standing of a body may issue the type on that day, there: the body's grants, every parent's right to
/// pass them on, and what the pinned roots are relied on for. `root`: that the body's certificate chains to. Records
/// the authority finding. `area` empty: none is known.
void check_authority(const VerifyContext& context, const Standing& standing, const LicenseTypeCode& type,
                     const std::string& area, Timestamp signed_at, const Digest& root, Report& report);

}  // namespace elic
