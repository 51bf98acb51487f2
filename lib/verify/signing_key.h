#pragma once

#include <memory>
#include <optional>
#include <string>

#include "verify/anchors.h"

namespace elic {

/// A certificate by which a body signs: listed for it, or reached by a roll-over from one that is.
struct SigningKey {
    BodyCertificate listed;  ///< of a rolled-over one: from the roll-over's day, for what the old one may sign
    Certificate certificate;
    std::optional<SignedRollover> rollover = {};     ///< that brought it
    std::shared_ptr<const SigningKey> old_key = {};  ///< that vouches for it; there exactly when `rollover` is
};

/// What keeps a signature from counting, in the words of the certificate check.
struct KeyFault {
    FindingCode code;
    std::string detail;
};

/// The key of a body with this fingerprint. Fault: certificate_missing, internal_failure. Neither: it has none such.
struct FoundKey {
    std::optional<SigningKey> key;
    std::optional<KeyFault> fault;
};
FoundKey find_key(const TrustFolder& trust, const KnownBody& body, const Digest& fingerprint);

/// Whether a signature of this kind, made by this key at that instant, counts: kind and listed time, key usage,
/// validity and chain to a pinned root of the list at that instant, revocation, roll-over. That the key was compromised
/// is not looked at: it is the caller's, who may know of genuine issues. `root`: the root reached.
std::optional<KeyFault> key_fault(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                  const SigningKey& key, SignatureKind kind, Timestamp signed_at,
                                  std::optional<Certificate>& root);

/// Was the certificate, or an authority above it up to a root, revoked when it signed? `whenever_lost`: one whose key
/// was lost counts for nothing, whatever time is claimed. Fault: certificate_revoked, certificate_crl (a list that
/// should answer cannot be relied on).
std::optional<KeyFault> revocation_fault(const VerifyContext& context, const Anchors& anchors,
                                         const Certificate& certificate, Timestamp signed_at, bool whenever_lost);

/// Since when the key may have been in other hands: said by who vouches for the body, or by a revocation list.
std::optional<std::string> compromise_of(const VerifyContext& context, const Anchors& anchors, const SigningKey& key);

/// As key_fault, and a compromised key counts for nothing: for everything but codes.
std::optional<KeyFault> strict_key_fault(const VerifyContext& context, const TrustList& list, const Anchors& anchors,
                                         const SigningKey& key, SignatureKind kind, Timestamp signed_at);

}  // namespace elic
