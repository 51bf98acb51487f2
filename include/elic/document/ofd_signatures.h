#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/document/ofd_document.h"
#include "elic/document/ofd_package.h"

namespace elic {

/// What came of one Reference of a Signature.xml.
enum class ReferenceState {
    matches,  ///< the part is there and has the digest
    altered,  ///< the part is there and has another digest
    missing,  ///< no such part
    unknown,  ///< the digest is of a method that is not SM3, or is no digest at all
};

struct OfdReference {
    std::string file_ref;  ///< as it stands
    std::string part;      ///< path in the package; "" when missing
    ReferenceState state = ReferenceState::unknown;
};

struct OfdStamp {
    std::string page_ref;
    OfdBox boundary;
    bool clipped = false;  ///< a part of the picture only (骑缝)
};

/// One Signature.xml (GB/T 33190, 18): what it names, with the digests compared. Its own signature has not been
/// checked.
struct OfdSignature {
    enum class Type { seal, sign };
    std::string id;
    Type type = Type::seal;
    std::string fault;                        ///< why it cannot be read; then nothing below holds
    std::string part;                         ///< path of Signature.xml
    Digest digest{};                          ///< SM3 of its bytes: what the signed value must hold
    std::string provider, method, date_time;  ///< as they stand; nothing rests on them
    std::vector<OfdReference> references;
    std::vector<OfdStamp> stamps;
    std::string seal_part;          ///< path of Seal.esl; "" when it names none
    std::string signed_value_part;  ///< path of SignedValue.dat; "" when it is not there
    std::vector<std::string> warnings;
};

/// All signatures of a document.
struct OfdSignatures {
    std::vector<std::string> lists;  ///< paths of Signatures.xml
    std::vector<OfdSignature> signatures;
    std::string fault;  ///< why a Signatures.xml cannot be read, or is named and not there
    /// Parts that signatures name besides what they cover: Signature.xml, SignedValue.dat, Seal.esl.
    std::set<std::string> own;
};

/// Reads the signatures and compares every digest. A document without signatures has none: no error. Total.
OfdSignatures read_ofd_signatures(const OfdPackage& package, const OfdDocument& document);

/// Which parts some signatures protect together.
struct OfdCoverage {
    std::set<std::string> covered;
    std::vector<std::string> shown_uncovered;  ///< parts that decide what is seen and could have been changed
    std::vector<std::string> uncovered;        ///< other parts that something names
    std::vector<std::string> smuggled;         ///< parts that nothing names and no signature covers (GM/T 0099)
    std::vector<std::string> idle;             ///< covered, but nothing names them
    bool open = false;                         ///< further signatures may be added: no signature covers Signatures.xml
};

/// `counted`: positions of the signatures that hold. Their own Signature.xml is covered by what they sign, and
/// Signatures.xml and signed values need not be.
OfdCoverage coverage_of(const OfdPackage& package, const OfdDocument& document, const OfdSignatures& signatures,
                        std::span<const std::size_t> counted);

}  // namespace elic
