#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/document/electronic_seal.h"

namespace elic {

/// A signature made with an electronic seal (SES_Signature, the SignedValue.dat of a signature of type Seal), taken
/// apart and not yet believed.
struct SealSignature {
    SealVersion version = SealVersion::v4;  ///< TBS_Sign's own; 4 or 5 where it says so, else 1 by the shape
    std::int64_t stated_version = 4;
    ElectronicSeal seal;
    std::optional<Timestamp> signed_at;  ///< none: version 1 leaves the form open, and this one was not understood
    Bytes time_info;                     ///< as received
    Bytes data_hash;
    std::string property;  ///< propertyInfo: the package path of the signed Signature.xml
    std::vector<SealExtension> extensions;
    EmbeddedCertificate sealer;  ///< 签章人
    EmbeddedSignature signature;
    std::optional<Bytes> time_stamp;  ///< over signature.octets: time_stamp.h
    std::vector<EncodingNote> notes;  ///< of the signature; the seal has its own
    Bytes der;
};

/// At most 4 MiB. Errors: malformed_der, limit_exceeded, newer_format.
Result<SealSignature> read_seal_signature(BytesView der);

/// What a signature stands over.
struct SignedDescription {
    BytesView signature_xml;                  ///< its exact bytes
    std::string path;                         ///< in the package, with or without leading '/'
    std::optional<BytesView> seal_file = {};  ///< Seal.esl, when the description names one
};

/// Each check of a seal signature by itself. `seal` holds what check_seal says at the signing time (or at `otherwise`
/// when the signature names no time). Chains, revocation and time stamps are the caller's.
struct SealSignatureChecks {
    SignatureCheck signature;
    bool data_hash;       ///< = SM3 of Signature.xml
    bool property;        ///< = its path
    bool seal_file;       ///< Seal.esl = the seal inside, byte for byte; true when there is none
    bool versions_agree;  ///< signature, seal
    bool sealer_in_list;
    bool sealer_may_sign;
    bool sealer_valid;  ///< at the signing time
    bool time_known;
    bool critical_extension;  ///< one that is not understood
    SealChecks seal;
    bool all_hold() const noexcept;
};
SealSignatureChecks check_seal_signature(const SealSignature& signature, const SignedDescription& over,
                                         Timestamp otherwise);

/// What a seal signature of version 4 is made from.
struct SealSignaturePlan {
    BytesView seal;  ///< the .esl file, put in as it is
    Certificate sealer;
    Timestamp at;
    Digest data_hash;      ///< SM3 of Signature.xml
    std::string property;  ///< "/Doc_0/Signs/Sign_0/Signature.xml"
};

/// Signs, reads back and checks. Errors: bad_argument (the seal is not of version 4, does not name the sealer, is not
/// in force at `at`, its maker's signature does not hold; the sealer's certificate is not valid or may not sign),
/// malformed_der (seal), signer_failed.
Result<Bytes> make_seal_signature(const SealSignaturePlan& plan, Signer& sealer);

}  // namespace elic
