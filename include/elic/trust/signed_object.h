#pragma once

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signed_message.h"
#include "elic/crypto/signer.h"

namespace elic {

/// The envelope of everything that is signed besides codes and trust lists (docs/format/trust.md): deterministic CBOR
/// `[domain string, signer's fingerprint (32 bytes), content, signature (64 bytes)]`. Nothing in `content` has been
/// looked at: the signature comes first.
struct SignedObject {
    SignatureKind kind = SignatureKind::delegation;
    Digest signer{};  ///< SM3 fingerprint of the signer's certificate
    Bytes content;
    Sm2Signature signature{};

    /// True when the key signed this content as this kind.
    bool holds(const PublicKey& key) const noexcept;
};

/// Signs content as `kind` with the key of `certificate`, verifies back, and encodes the envelope. Errors: bad_argument
/// (key and certificate do not match), signer_failed.
Result<Bytes> sign_object(SignatureKind kind, Bytes content, Signer& signer, const Certificate& certificate);

/// Reads an envelope of any kind but payload and trust list; the signature is not checked yet. `limit`: largest file.
/// Errors: malformed_trust, newer_format (the domain string with another number), limit_exceeded.
Result<SignedObject> read_signed_object(BytesView file, std::size_t limit);

}  // namespace elic
