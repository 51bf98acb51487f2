#pragma once

#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// What an X.509 certificate says of itself, whatever its algorithms: for telling people why one is not fit. Nothing of
/// it is a reason to trust. Texts are escaped for output.
struct CertificateFacts {
    std::string subject, issuer;
    std::string serial;               ///< hexadecimal
    std::string key_algorithm;        ///< "SM2", "id-ecPublicKey", "rsaEncryption"
    std::string signature_algorithm;  ///< "SM2-with-SM3", "sha1WithRSAEncryption"
    bool sm2_key = false;
    bool sm2_signature = false;
    bool self_signed = false;  ///< names agree and the signature holds under its own key
    bool ca = false;
    bool has_key_usage = false;
    bool signs_certificates = false;         ///< keyUsage keyCertSign, or no keyUsage
    std::vector<std::string> organisations;  ///< O, in order
    std::vector<std::string> attributes;     ///< values of the subject, all of them, in order
};

/// DER, or the first certificate of a PEM text. Errors: malformed_certificate, limit_exceeded.
Result<CertificateFacts> read_certificate_facts(BytesView der_or_pem);

}  // namespace elic
