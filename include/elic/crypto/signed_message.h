#pragma once

#include <array>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// What a signature is for. Each kind has its own domain string inside what is signed, so that a signature of one
/// kind is never one of another; a certificate's trust entry names the kinds it may sign. Append only.
enum class SignatureKind {
    payload = 0,
    trust_list = 1,
    delegation = 2,
    status_list = 3,
    status_delta = 4,
    genuine_list = 5,
    checkpoint = 6,
    bundle = 7,
    rollover = 8
};
inline constexpr int signature_kinds = 9;

/// "payload", "trust-list", "delegation", "status-list", "status-delta", "genuine-list", "checkpoint", "bundle",
/// "rollover".
std::string_view name_of(SignatureKind kind) noexcept;

/// The domain string, ASCII: "elic payload 1", "elic trust-list 1", ...
std::string_view domain_of(SignatureKind kind) noexcept;

/// First 8 bytes of the certificate's SM3 fingerprint: a hint which key signed.
using KeyHint = std::array<std::uint8_t, 8>;
KeyHint key_hint(const Digest& certificate_fingerprint) noexcept;

/// RFC 9052 Sig_structure: CBOR ["Signature1", protected, external_aad, content] with protected = bstr of
/// {1: -65537, 4: hint} and external_aad = the domain string. These bytes are signed (SM2, default user id).
Bytes signing_input(SignatureKind kind, const KeyHint& hint, BytesView content);

/// True when `signature` is this key's over signing_input(kind, hint, content), which is not put together for it: a
/// list has megabytes.
bool verify_signed(const PublicKey& key, SignatureKind kind, const KeyHint& hint, BytesView content,
                   const Sm2Signature& signature);

/// The COSE_Sign1 (untagged array of 4) that any COSE library reads: [protected, {}, content, signature].
Bytes to_cose_sign1(const KeyHint& hint, BytesView content, BytesView signature);

}  // namespace elic
