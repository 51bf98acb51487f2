#pragma once

#include <optional>
#include <vector>

#include "elic/trust/delegation.h"
#include "elic/trust/rollover.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// A delegation with the envelope that its parent signed. The signature has not been checked.
struct SignedDelegation {
    Delegation delegation;
    SignedObject object;
};

/// A roll-over with the envelope that the old key signed. The new key's signature holds, the old one's has not been
/// checked.
struct SignedRollover {
    Rollover rollover;
    SignedObject object;
};

/// A body and what vouches for it: a trust list that names it, or a parent's delegation. Whether that holds is judged
/// in verify/.
struct KnownBody {
    IssuingBody body;
    const TrustList* list = nullptr;  ///< of the folder; null when a delegation vouches
    std::optional<SignedDelegation> delegation = {};
};

}  // namespace elic
