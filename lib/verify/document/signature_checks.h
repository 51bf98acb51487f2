#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/document/ofd_signatures.h"
#include "verify/document/document_anchors.h"
#include "verify/document/document_findings.h"

namespace elic {

/// Who signed a document, as far as it holds: for comparing with the issuing authority.
struct DocumentSigner {
    Certificate certificate;
    std::string seal_name;  ///< "" of a signature without seal
    bool anchored = false;
};

/// What the signatures of a document say together.
struct SignatureAnswer {
    std::vector<DocumentSigner> signers;
    std::optional<Certificate> test_root = {};  ///< a TEST root vouches for one of them
};

/// Checks every signature by itself: its list of digests, the signed value, the seal, certificates and time stamp.
SignatureAnswer check_signatures(const VerifyContext& context, const OfdPackage& package,
                                 const OfdSignatures& signatures, DocumentFindings& findings);

}  // namespace elic
