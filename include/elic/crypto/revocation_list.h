#pragma once

#include <memory>
#include <optional>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"

namespace elic {

/// What a certificate revocation list says of one certificate.
struct Revocation {
    Timestamp at;                              ///< revocationDate
    bool key_compromised = false;              ///< reasonCode keyCompromise or cACompromise
    std::optional<Timestamp> invalidity = {};  ///< invalidityDate: the key may have been in other hands since
};

/// A certificate revocation list (GB/T 20518, RFC 5280), SM3-with-SM2. Its signature is checked by hand over the signed
/// bytes: OpenSSL has no hook for the user id. Cheap to copy.
class RevocationList {
public:
    /// DER or PEM. At most 16 MiB. Refused: critical extensions that are not understood, delta and indirect lists,
    /// lists for a part of an issuer's certificates (issuingDistributionPoint): there, not being named would mean
    /// nothing. Errors: malformed_certificate, limit_exceeded.
    static Result<RevocationList> parse(BytesView der_or_pem);

    const std::string& issuer() const noexcept;  ///< as Certificate::subject
    Timestamp this_update() const noexcept;
    std::optional<Timestamp> next_update() const noexcept;

    /// True when `authority` issued it: names agree, it is a CA that may sign lists (keyUsage cRLSign, or none), and
    /// the signature holds.
    bool issued_by(const Certificate& authority) const noexcept;

    /// None when it does not name the certificate. Only for certificates whose issuer() is this list's.
    std::optional<Revocation> find(const Certificate& certificate) const;

    struct Impl;  ///< defined inside crypto/
    explicit RevocationList(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}

private:
    std::shared_ptr<const Impl> impl_;
};

}  // namespace elic
