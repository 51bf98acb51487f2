#pragma once

#include <optional>

#include "elic/crypto/revocation_list.h"
#include "verify/anchors.h"

namespace elic {

/// What the folder's revocation lists say of a certificate.
struct RevocationFacts {
    std::optional<Revocation> revocation;
    std::string unusable;  ///< why a list that should answer cannot be relied on; empty: it can, or there is none
};

/// Looks at the newest list of the certificate's authority that the authority signed. No list is no fault: the trust
/// list is what withdraws certificates, revocation lists add to it.
RevocationFacts revocation_of(const VerifyContext& context, const Anchors& anchors, const Certificate& certificate);

}  // namespace elic
