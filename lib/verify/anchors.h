#pragma once

#include <optional>
#include <vector>

#include "elic/verify/verify_payload.h"

namespace elic {

/// What certificates chain to: the roots of a list that this machine relies on, and the certificates between. A file
/// that is missing can explain a broken chain, and is nobody's forgery.
struct Anchors {
    std::vector<Certificate> roots;  ///< pinned ones only
    std::vector<Certificate> intermediates;
    std::optional<Digest> missing_root;
    std::optional<Digest> missing_intermediate;
};

Anchors anchors_of(const VerifyContext& context, const TrustList& list);

/// What the signer of a list chains to: through the certificates that the list carries, to a pinned root of the list or
/// to a pinned one that it carries. `anchors`: those of the list.
Anchors anchors_of_signer(const VerifyContext& context, const TrustList& list, const Anchors& anchors);

/// A certificate by its fingerprint: out of the list itself, which carries its signer's path, or out of the folder.
std::optional<Certificate> find_certificate(const TrustFolder& trust, const TrustList& list, const Digest& fingerprint);

/// True when a pin is not known to be a TEST root: its certificate is not at hand, or does not say TEST.
bool some_pin_is_real(const VerifyContext& context, const TrustList& list);

}  // namespace elic
