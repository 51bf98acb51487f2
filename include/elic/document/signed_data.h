#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/signer.h"
#include "elic/document/embedded_signature.h"

namespace elic {

/// The SignedValue.dat of a signature of type Sign (GB/T 35275), taken apart and not yet believed.
struct SignedData {
    /// The forms that are met; each binds Signature.xml in its own way.
    enum class Form {
        digest,      ///< content = SM3 of Signature.xml, signed as it is
        attributes,  ///< no content; messageDigest = SM3 of Signature.xml, the attributes are signed
        bare,        ///< only SEQUENCE {r, s} over Signature.xml and no certificate: nobody can be named
    };
    Form form = Form::digest;
    Bytes data_hash;                        ///< content or messageDigest; empty for `bare`
    std::optional<Timestamp> signing_time;  ///< of the attributes: the signer's own word
    std::vector<EmbeddedCertificate> certificates;
    EmbeddedCertificate signer;   ///< the one that signerInfo names; `der` is empty when it is not there
    EmbeddedSignature signature;  ///< `message` is empty for `bare`: it is Signature.xml
    std::vector<EncodingNote> notes;
};

/// At most 4 MiB; exactly one signer. Errors: malformed_der, limit_exceeded.
Result<SignedData> read_signed_data(BytesView der);

/// Each check by itself; chains are the caller's.
struct SignedDataChecks {
    SignatureCheck signature;  ///< unreadable_certificate for `bare`
    bool data_hash;            ///< = SM3 of Signature.xml
    bool signer_may_sign;
    bool signer_valid;  ///< at signing_time, or at `otherwise`
    bool all_hold() const noexcept;
};
SignedDataChecks check_signed_data(const SignedData& data, BytesView signature_xml, Timestamp otherwise);

/// Form `digest` over the SM3 of a Signature.xml, read back before it is returned. Errors: signer_failed.
Result<Bytes> make_signed_data(const Digest& data_hash, const Certificate& certificate, Signer& signer);

}  // namespace elic
