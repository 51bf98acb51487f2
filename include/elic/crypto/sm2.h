#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// An SM2 signature (GB/T 32918.2) as raw r || s, 32 bytes each, big-endian.
using Sm2Signature = std::array<std::uint8_t, 64>;

/// The signer id that enters Z when none is agreed (GM/T 0009): 16 ASCII bytes.
inline constexpr std::string_view sm2_default_user_id = "1234567812345678";

/// An SM2 public key. Cheap to copy (shared), safe to use from several threads. Verifies with arithmetic of our own
/// (lib/crypto/sm2_verifier.h), several times as fast as OpenSSL 3.0; keys that sign are OpenSSL's.
class PublicKey {
public:
    /// DER SubjectPublicKeyInfo on curve SM2 (1.2.156.10197.1.301). Errors: malformed_key.
    static Result<PublicKey> from_spki(BytesView der);
    /// 65 bytes 04 || x || y, or 64 bytes x || y. Errors: malformed_key (not on the curve).
    static Result<PublicKey> from_point(BytesView point);

    /// 65 bytes: 04 || x || y.
    std::array<std::uint8_t, 65> point() const;
    /// DER SubjectPublicKeyInfo.
    Bytes spki() const;

    /// e = SM3(Z || message), Z from this key and `user_id` (GB/T 32918.2, 5.5): what a signer signs.
    Digest message_digest(BytesView message, std::string_view user_id = sm2_default_user_id) const;

    /// True when `signature` is this key's over `message`. False for anything else: never fails.
    bool verify(BytesView message, const Sm2Signature& signature,
                std::string_view user_id = sm2_default_user_id) const noexcept;
    /// As above, the message being its parts one after the other; default user id.
    bool verify_parts(std::initializer_list<BytesView> message, const Sm2Signature& signature) const noexcept;
    /// As above over e itself.
    bool verify_digest(const Digest& e, const Sm2Signature& signature) const noexcept;

    friend bool operator==(const PublicKey& a, const PublicKey& b) { return a.point() == b.point(); }

    struct Impl;  ///< defined inside crypto/
    explicit PublicKey(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }

private:
    std::shared_ptr<const Impl> impl_;
};

/// DER SEQUENCE { r INTEGER, s INTEGER } <-> raw. Errors: malformed_value (not minimal, out of range).
Result<Sm2Signature> signature_from_der(BytesView der);
Bytes signature_to_der(const Sm2Signature& signature);

}  // namespace elic
