#pragma once

#include <string>

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
};

/// A certification authority for pilots and tests: its subject says TEST, and so does every subject it
/// certifies through its issuer name. Not for earnest use.
struct PilotCa {
    PrivateKey key;
    Certificate certificate;
};

/// A new key and a self-signed root "CN=elic TEST pilot root ..., O=elic TEST, C=CN", valid `years` from `now`.
Result<PilotCa> make_pilot_ca(Timestamp now, int years = 20);

/// Certifies a request (its own signature is checked). Valid from `from` for `years`.
/// Errors: malformed_certificate (request), crypto_failure.
Result<Certificate> certify(const PilotCa& ca, BytesView request_pem, CertificatePurpose purpose, Timestamp from,
                            int years = 5);

}  // namespace elic
