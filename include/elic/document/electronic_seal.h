#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"
#include "elic/document/embedded_signature.h"

namespace elic {

/// The structures there are: 1 = GM/T 0031-2014, 4 = GB/T 38540-2020, 5 = GM/T 0031-2025.
enum class SealVersion { v1 = 1, v4 = 4, v5 = 5 };

/// How a seal names those who may use it (certListType).
enum class SignerListKind {
    certificates = 1,
    digests = 2,
};

/// SES_ESPictrueInfo (sic).
struct SealPicture {
    std::string format;  ///< "PNG", "png", "ofd", ... as written
    Bytes bytes;
    std::int64_t width_mm = 0, height_mm = 0;
};

/// ExtData.
struct SealExtension {
    std::string oid;
    bool critical = false;
    Bytes value;
};

/// Digest of a certificate that may use the seal (certListType 2). The standard leaves the text to the maker.
struct SignerDigest {
    std::string algorithm;  ///< "SM3", ...
    Bytes value;
};

/// An electronic seal (SESeal), taken apart and not yet believed.
struct ElectronicSeal {
    SealVersion version = SealVersion::v4;
    std::int64_t header_version = 4;
    std::string maker_id;  ///< header Vid
    std::string id;        ///< esID
    std::int64_t type = 0;
    std::string name;  ///< UTF-8, escaped for output: no control or bidirectional characters
    SignerListKind list_kind = SignerListKind::certificates;
    std::vector<EmbeddedCertificate> signers;  ///< certListType 1
    std::vector<SignerDigest> signer_digests;  ///< certListType 2
    Timestamp created_at = Timestamp::from_unix(0).value(), valid_from = created_at, valid_until = created_at;
    SealPicture picture;
    std::vector<SealExtension> extensions;

    EmbeddedCertificate maker;  ///< 制章人
    EmbeddedSignature signature;
    std::optional<Bytes> time_stamp;  ///< version 5
    std::vector<EncodingNote> notes;
    Bytes der;  ///< all of it, as received
};

/// Reads a seal file (.esl), or the seal inside a signature. At most 4 MiB. The version is told by the shape (two
/// members: 1) and else by the header. Errors: malformed_der, limit_exceeded, newer_format (a header version other than
/// 1, 4, 5).
Result<ElectronicSeal> read_electronic_seal(BytesView der);

/// Each check of a seal by itself (GB/T 38540, seal verification; ofd-seals): the caller folds them. The chain is the
/// caller's: it knows the roots.
struct SealChecks {
    SignatureCheck maker_signature;
    bool maker_may_sign;         ///< keyUsage digitalSignature or nonRepudiation
    bool maker_valid_when_made;  ///< the maker's certificate at created_at
    bool dates_in_order;         ///< valid_from <= valid_until
    bool in_force;               ///< valid_from <= at <= valid_until
    bool critical_extension;     ///< an extension that must be understood and is not
    bool all_hold() const noexcept;
};
SealChecks check_seal(const ElectronicSeal& seal, Timestamp at);

/// True when the seal's list of signers names this very certificate: binary comparison, or SM3 of all its bytes.
bool names_signer(const ElectronicSeal& seal, BytesView certificate_der);

/// What a seal of version 4 is made from.
struct SealPlan {
    std::string id;         ///< 1..64 letters, digits, '-', '_', '.'
    std::string maker_id;   ///< Vid: who makes seals here, ASCII, 1..64
    std::string name;       ///< 1..128 characters
    std::int64_t type = 1;  ///< 1 = of an organisation, 3 = of a person, by common practice
    SignerListKind list_kind = SignerListKind::certificates;
    std::vector<Certificate> signers;  ///< 1..64
    Timestamp created_at, valid_from, valid_until;
    SealPicture picture;  ///< at most 1 MiB, 1..200 mm
    Certificate maker;
};

/// Makes a seal, reads it back and checks it before it is returned. Errors: bad_argument (names the member),
/// signer_failed (also: the key is not the maker certificate's).
Result<Bytes> make_electronic_seal(const SealPlan& plan, Signer& maker);

}  // namespace elic
