#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/sm2.h"

namespace elic {

/// A certificate that lies in a seal or signature. What is signed names its bytes, so they are kept as they came; it
/// proves nothing by being there.
struct EmbeddedCertificate {
    Bytes der;
    std::optional<Certificate> certificate;  ///< none: unreadable, or no SM2 certificate
    std::string fault;                       ///< why there is none
};

/// What a signature inside a document turned out to be. All but `holds` are reasons not to believe it; the third and
/// fourth name a maker's known mistake, for a word of explanation only.
enum class SignatureCheck {
    holds,
    wrong,
    holds_with_empty_user_id,  ///< made with OpenSSL's default, not 1234567812345678
    holds_without_z,           ///< SM3(message) signed instead of SM3(Z || message)
    unreadable_certificate,
    unreadable_signature,   ///< neither DER of two numbers in 1..n-1 nor 64 octets r || s
    unsupported_algorithm,  ///< not SM2 with SM3
};

/// "holds", "wrong", "holds_with_empty_user_id", ...
std::string_view name_of(SignatureCheck check) noexcept;

/// How received bytes depart from what the standards ask for, in ways that real products do and that change nothing of
/// what is signed: told as notes, never a reason to refuse.
enum class EncodingNote {
    raw_signature,              ///< r || s instead of SEQUENCE {r, s}
    explicit_default,           ///< critical FALSE written out
    null_parameters,            ///< algorithm with NULL parameters
    misspelt_algorithm,         ///< 1.2.156.10197.501, an arc missing
    untagged_extensions,        ///< TBS_Sign's extDatas without [0]
    untagged_time_stamp,        ///< SES_Signature's timeStamp without [0]
    time_as_octet_string,       ///< version 1: timeInfo as OCTET STRING
    pkcs7_content_type,         ///< PKCS#7's object identifiers instead of those of GB/T 35275
    unsorted_attributes,        ///< signed attributes not in DER's order
    digest_named_as_signature,  ///< the SM2-with-SM3 identifier where SM3's belongs
    digest_as_base64,           ///< content is the base64 text of the digest
    certificate_as_name,        ///< version 1: a certificate's name (IA5String) in the list of signers
};

/// "raw_signature", ...
std::string_view name_of(EncodingNote note) noexcept;

/// One sentence in English.
std::string_view text_of(EncodingNote note) noexcept;

/// A signature as it lies in a seal, signature or token: what is needed to check it once, over the received bytes.
struct EmbeddedSignature {
    Bytes message;          ///< what it is over
    std::string algorithm;  ///< object identifier
    Bytes octets;
};

/// SM2 with SM3 and the default user id. Never fails.
SignatureCheck check_signature(const EmbeddedSignature& signature, const EmbeddedCertificate& signer);

}  // namespace elic
