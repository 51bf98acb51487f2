#pragma once

#include <filesystem>
#include <memory>

#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"
#include "elic/issue/document_press.h"

namespace elic {

/// What an office seals with.
struct SealerPlan {
    Bytes seal;                  ///< .esl
    Certificate sealer;          ///< 签章人
    Signer* signer = nullptr;    ///< must outlive the sealer; null: only what was sealed before is sealed again
    std::filesystem::path kept;  ///< folder of the office where each document's signature is kept
    const Clock& clock;
};

/// Seals documents and keeps, for each license, when that was and the signature (docs/format/ofd.md): an SM2 signature
/// is random, and a reprint must be the same bytes. What was sealed once is put together again without the key; a
/// document that would come out otherwise (another font, another version of the drawing) is refused.
/// Errors of `seal`: signer_failed (the document is not the one that was sealed), not_found (never sealed, no key), io,
/// those of sign_document. Errors of open: those of read_electronic_seal; bad_argument (its picture is no PNG).
Result<std::shared_ptr<DocumentSealer>> open_kept_sealer(const SealerPlan& plan);

}  // namespace elic
