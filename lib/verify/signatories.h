#pragma once

#include <vector>

#include "elic/payload/payload.h"
#include "verify/standing.h"

namespace elic {

/// Whose key signed a code: where the body stands, and its key.
struct Signatory {
    Standing standing;
    SigningKey key;
};

/// Every body whose key made the signature, in every standing; or why there is none.
struct Signatories {
    std::vector<Signatory> found;
    std::optional<KeyFault> fault;  ///< there exactly when `found` is empty
    bool signature_holds = false;   ///< a key made it, whatever became of its standing
};

/// The hint of a code is a hint: every certificate that it fits is tried, listed ones and rolled-over ones.
Signatories find_signatories(const VerifyContext& context, const Payload& payload);

}  // namespace elic
