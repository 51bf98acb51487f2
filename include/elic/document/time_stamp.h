#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/document/embedded_signature.h"

namespace elic {

/// A time stamp (RFC 3161, GB/T 20520) taken apart and not yet believed.
struct TimeStamp {
    Timestamp at = Timestamp::from_unix(0).value();  ///< genTime, fractions cut off
    std::string imprint_algorithm;
    Bytes imprint;
    std::string policy;
    std::vector<EmbeddedCertificate> certificates;
    EmbeddedCertificate authority;  ///< the one of them that signed; empty when it is not among them
    EmbeddedSignature signature;    ///< over the signed attributes as received, tag SET
    bool attributes_fit = false;    ///< messageDigest is the digest of the token's content, contentType its type
    bool names_authority = true;    ///< signingCertificateV2 names the signer's certificate, or is absent
    bool in_response = false;       ///< it came inside a TimeStampResp
    std::vector<EncodingNote> notes;
};

/// A TimeStampToken (ContentInfo) or a TimeStampResp that grants one. At most 64 KiB. Errors: malformed_der,
/// limit_exceeded, bad_argument never.
Result<TimeStamp> read_time_stamp(BytesView der);

/// Each check by itself. The chain to a pinned root is the caller's.
struct TimeStampChecks {
    SignatureCheck signature;
    bool imprint;  ///< SM3 of the stamped octets
    bool attributes_fit;
    bool authority_named;
    bool may_stamp;        ///< extendedKeyUsage timeStamping
    bool authority_valid;  ///< its certificate at the time stamped
    bool all_hold() const noexcept;
};
TimeStampChecks check_time_stamp(const TimeStamp& stamp, BytesView stamped_octets);

}  // namespace elic
