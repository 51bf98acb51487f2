#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// An X.509 certificate (数字证书) with an SM2 key, signed with SM3-with-SM2. Cheap to copy (shared).
class Certificate {
public:
    /// DER, or PEM with one certificate. At most 16 KiB. Errors: malformed_certificate, limit_exceeded.
    static Result<Certificate> parse(BytesView der_or_pem);

    const Bytes& der() const noexcept;
    Bytes pem() const;
    /// SM3 over the DER: the fingerprint that pins, lists and `kid` (its first 8 bytes) use.
    const Digest& fingerprint() const noexcept;
    /// RFC 4514-like one line, UTF-8: "CN=..., O=..., C=CN".
    const std::string& subject() const noexcept;
    const std::string& issuer() const noexcept;
    const std::string& common_name() const noexcept;
    const PublicKey& public_key() const noexcept;
    Timestamp not_before() const noexcept;
    Timestamp not_after() const noexcept;
    bool is_ca() const noexcept;        ///< basicConstraints CA:TRUE
    bool self_issued() const noexcept;  ///< subject == issuer
    /// keyUsage digitalSignature or nonRepudiation, or no keyUsage at all (the signing one of a dual pair: GB/T 20518).
    bool may_sign() const noexcept;
    /// extendedKeyUsage holds the trust list purpose (docs/format/trust.md).
    bool may_sign_trust_lists() const noexcept;
    /// extendedKeyUsage holds timeStamping (RFC 3161, 2.3).
    bool may_stamp_times() const noexcept;
    /// The subject or the issuer contains the word TEST: never to be relied on in earnest.
    bool is_test() const noexcept;
    bool valid_at(Timestamp at) const noexcept { return not_before() <= at && at <= not_after(); }

    friend bool operator==(const Certificate& a, const Certificate& b) { return a.fingerprint() == b.fingerprint(); }

    struct Impl;  ///< defined inside crypto/
    explicit Certificate(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
    const Impl& impl() const noexcept { return *impl_; }

private:
    std::shared_ptr<const Impl> impl_;
};

/// Checks that `leaf` chains to one of `roots` at the instant `at`: signatures (SM2 with the default user
/// id), names, validity, CA flags, path length, key usage (RFC 5280; X509_V_FLAG_X509_STRICT). A leaf that is itself
/// one of the roots is accepted when valid at `at`. Returns the root reached. Errors: chain_broken with OpenSSL's
/// reason.
Result<Certificate> verify_chain(const Certificate& leaf, std::span<const Certificate> intermediates,
                                 std::span<const Certificate> roots, Timestamp at);

}  // namespace elic
