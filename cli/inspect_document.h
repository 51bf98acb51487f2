#pragma once

#include "codec/json.h"
#include "elic/base/bytes.h"

namespace elic::cli {

/// What an OFD file holds, nothing of it believed: parts, document, signatures and seals, coverage. `texts`: the codes
/// on its pages. A "fault" is there when it cannot be read.
Json inspect_document(BytesView ofd, std::vector<std::string>& texts);

}  // namespace elic::cli
