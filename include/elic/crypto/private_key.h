#pragma once

#include <memory>
#include <optional>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/crypto/signer.h"

namespace elic {

/// An SM2 private key held by OpenSSL: zeroed when destroyed, never printed, written only as PKCS#8.
class PrivateKey final : public Signer {
public:
    /// Errors: crypto_failure.
    static Result<PrivateKey> generate();

    /// PEM PKCS#8, plain or encrypted (PBES2). `passphrase` empty = none given.
    /// Errors: malformed_key (also: an EC key of another curve), wrong_passphrase (also: needed and not given).
    static Result<PrivateKey> from_pem(BytesView pem, BytesView passphrase);

    /// True when the PEM text is an encrypted key: a passphrase will be needed.
    static bool is_encrypted(BytesView pem) noexcept;

    /// The private scalar, 32 bytes big-endian: for tests with published keys. Errors: malformed_key.
    static Result<PrivateKey> from_scalar(BytesView scalar);

    /// Encrypted PEM PKCS#8: PBES2, AES-256-CBC, PBKDF2 with HMAC-SHA-256, 600,000 rounds. The passphrase must not be
    /// empty.
    Result<Bytes> to_encrypted_pem(BytesView passphrase) const;
    /// Plain PEM PKCS#8.
    Result<Bytes> to_plain_pem() const;

    const PublicKey& public_key() const override { return public_; }
    Result<Sm2Signature> sign_digest(const Digest& e) override;

    struct Impl;  ///< defined inside crypto/
    PrivateKey(std::shared_ptr<const Impl> impl, PublicKey key) : impl_(std::move(impl)), public_(std::move(key)) {}
    const Impl& impl() const noexcept { return *impl_; }

private:
    std::shared_ptr<const Impl> impl_;
    PublicKey public_;
};

}  // namespace elic
