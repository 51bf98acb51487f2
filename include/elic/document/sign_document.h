#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/base/part.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"

namespace elic {

/// Whether others may add their signatures later (联合发文).
enum class FurtherSignatures {
    closed,  ///< Signatures.xml is signed too: whatever is added later breaks this signature
    allowed,
};

/// What a document is sealed with.
struct SealingPlan {
    Bytes seal;  ///< .esl, version 4
    Certificate sealer;
    Timestamp at;
    std::string page_id;  ///< ID of the page that shows the seal, in Document.xml
    Box boundary;         ///< where on it; the seal's picture fills it
    FurtherSignatures further = FurtherSignatures::closed;
};

/// Adds a seal signature to an OFD package that has none yet or is open to another one: DocBody/Signatures in OFD.xml
/// (before it is digested), Signatures.xml, Signature.xml, Seal.esl, SignedValue.dat, beside the first document. Every
/// part is covered but the three that cannot be. The parts come back in their order, the new ones last. Not the same
/// bytes twice: an SM2 signature is random.
/// Errors: malformed_document (no OFD.xml or more than one DocBody), bad_argument (seal and sealer: as
/// make_seal_signature; closed to further signatures; no such page), signer_failed.
Result<std::vector<Part>> sign_document(std::vector<Part> parts, const SealingPlan& plan, Signer& sealer);

}  // namespace elic
