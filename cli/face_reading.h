#pragma once

#include "elic/document/ofd_document.h"
#include "elic/issue/redraw_document.h"
#include "elic/verify/verify_document.h"

namespace elic::cli {

/// Reads the codes in the pictures of a document's pages, ours before others. At most 64 pictures of at most 4 MiB each
/// are looked at. Errors: those of picture_library.
Result<std::vector<std::string>> scan_document(const OfdPackage& package, const OfdDocument& document);

/// What verify_document is to be told of an OFD file: its codes, and the document drawn again. An unreadable one gives
/// nothing: the verifier says why. `trust` may be null. `redrawer` is made when the first document needs it.
FaceReading read_face(BytesView ofd, const TrustFolder* trust, std::unique_ptr<Redrawer>& redrawer);

}  // namespace elic::cli
