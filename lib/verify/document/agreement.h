#pragma once

#include "elic/document/ofd_document.h"
#include "elic/license/metadata.h"
#include "verify/document/document_findings.h"
#include "verify/document/signature_checks.h"

namespace elic {

/// Whether a text of a document says what the signed code says: of the metadata item or face field that goes by `name`
/// (initials, English or Chinese of GB/T 36903; label or key). None: the code has no such item, or only hidden.
std::optional<bool> says_the_same(const Metadata& license, std::string_view name, std::string_view text);

/// CustomDatas against the signed code, and the payload named there against the one that was scanned.
void check_metadata(const OfdDocument& document, const Metadata& license, std::string_view scanned,
                    DocumentFindings& findings);

/// The text layer, by the data index, against the signed code.
void check_text_layer(const OfdDocument& document, const Metadata& license, DocumentFindings& findings);

/// The signers against the issuing authority: by its certificates in the trust folder, or by name or code in the
/// signer's certificate or seal, of a signer that a pinned root vouches for.
void check_seal_issuer(const VerifyContext& context, const Metadata& license, const SignatureAnswer& signatures,
                       DocumentFindings& findings);

}  // namespace elic
