#pragma once

#include "verify/standing.h"

namespace elic {

/// True when a list of genuine issues names this envelope, made before the signer's key was compromised, and signed by
/// another key: of the body or of one above it, that may make such lists and is good.
bool is_genuine(const VerifyContext& context, const Standing& standing, const SigningKey& compromised,
                const Digest& envelope);

}  // namespace elic
