#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/private_key.h"

namespace elic {

/// A certificate request (PKCS#10, PEM) for the key; `subject` is "CN=...,O=...,C=CN" (comma-separated, backslash
/// escapes). Errors: bad_argument (subject), crypto_failure.
Result<Bytes> make_certificate_request(const PrivateKey& key, std::string_view subject);

/// What a certificate may be used for.
enum class CertificatePurpose {
    issuing,     ///< codes, documents: keyUsage digitalSignature + nonRepudiation
    trust_list,  ///< as issuing, plus the trust-list extended key usage
    ca,          ///< a CA below this one, a province's: keyUsage keyCertSign + cRLSign; signs no codes and no lists
};

/// A certification authority for pilots and tests: its subject says TEST, and so does every subject it
/// certifies through its issuer name. Not for earnest use.
struct PilotCa {
    PrivateKey key;
    Certificate certificate;
};

/// A new key and a self-signed root "CN=elic TEST pilot root ..., O=elic TEST, C=CN", valid `years` from `now`.
Result<PilotCa> make_pilot_ca(Timestamp now, int years = 20);

/// Certifies a request (its own signature is checked). Valid from `from` for `years`. `path_length`, for a CA only: how
/// many CAs may stand below it in a chain; none: as many as above allows.
/// Errors: malformed_certificate (request), bad_argument, crypto_failure.
Result<Certificate> certify(const PilotCa& ca, BytesView request_pem, CertificatePurpose purpose, Timestamp from,
                            int years = 5, std::optional<int> path_length = {});

/// Why a certificate is revoked (RFC 5280, 5.3.1); the numbers are those of the standard.
enum class RevocationReason {
    unspecified = 0,
    key_compromise = 1,
    ca_compromise = 2,
    affiliation_changed = 3,
    superseded = 4,
    cessation_of_operation = 5,
    certificate_hold = 6,
    privilege_withdrawn = 9,
};

/// An entry of a revocation list that is to be made.
struct RevokedCertificate {
    Bytes serial;  ///< as serial_certified_by gives it
    Timestamp at;
    RevocationReason reason = RevocationReason::unspecified;
    std::optional<Timestamp> invalid_since = {};
};

/// The serial number of a certificate of this CA: big-endian, no leading zeros. Errors: bad_argument (the certificate
/// is another's).
Result<Bytes> serial_certified_by(const PilotCa& ca, const Certificate& certificate);

/// What a revocation list says beside its entries.
struct RevocationListPlan {
    std::int64_t number = 1;  ///< cRLNumber: one higher than the last
    Timestamp this_update;
    Timestamp next_update;
    std::vector<RevokedCertificate> revoked = {};
};

/// A revocation list of version 2, DER; read back and verified before it is returned. Errors: bad_argument (times,
/// number), crypto_failure.
Result<Bytes> make_revocation_list(const PilotCa& ca, const RevocationListPlan& plan);

}  // namespace elic
