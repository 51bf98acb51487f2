#pragma once

#include <optional>
#include <string>
#include <vector>

#include "document/signature_parts.h"

namespace elic {

/// A signed attribute: its first value, whole.
struct CmsAttribute {
    std::string type;
    Bytes value;
};

/// ContentInfo { signedData, SignedData } of PKCS#7, RFC 5652 or GB/T 35275 with one signer: the shape that signatures
/// of type Sign and time stamps share.
struct CmsSignedData {
    std::string content_type;
    std::optional<Bytes> content;  ///< octets of the content, when it is there
    std::vector<EmbeddedCertificate> certificates;
    EmbeddedCertificate signer;  ///< the one that signerInfo names; empty when it is not among them
    bool has_attributes = false;
    std::vector<CmsAttribute> attributes;
    /// Over the attributes as received, their tag turned to SET; over the content when there are none (empty when that
    /// is absent too).
    EmbeddedSignature signature;
    EncodingNotes notes;

    /// The value of an attribute that stands there once; null otherwise.
    const Bytes* attribute(std::string_view type) const;
};

/// `what` names it in errors. Errors: malformed_der, limit_exceeded.
Result<CmsSignedData> read_cms(BytesView der, std::string_view what);

/// messageDigest's octets; none when it is absent or no octet string.
std::optional<Bytes> message_digest_of(const CmsSignedData& data);

}  // namespace elic
