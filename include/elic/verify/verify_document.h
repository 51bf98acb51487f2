#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/part.h"
#include "elic/verify/verify_payload.h"

namespace elic {

/// What the caller saw, since the verifier has no eyes: the texts of the codes in the document's pictures, and the
/// document's parts made again from its metadata and the layout that it names (write_document). Missing = "not run".
struct FaceReading {
    std::vector<std::string> scanned_texts;
    std::optional<std::vector<Part>> redrawn = {};
    std::string not_redrawn = {};  ///< why `redrawn` is not there: "font ukai has another digest here"
    std::string not_scanned = {};  ///< why the pictures could not be looked at: then no code is "absent"
    bool other_layout = false;     ///< the version of the layout that it names has another digest here
};

/// Checks an OFD file: package, signatures, seal, coverage, and that metadata, text and signed code agree. With a code
/// of ours its report is that of verify_payload, with the document's findings added; without one everything that a code
/// would have said is "not run". Total over its input: any bytes give a Report.
Report verify_document(BytesView ofd, const FaceReading& face, const VerifyContext& context);

}  // namespace elic
