#pragma once

#include "container/xml.h"

namespace elic {

/// Looks at an XML text before it is parsed, with constant memory: size, depth and number of nodes within the limits,
/// UTF-8 all through and not said to be anything else, no DOCTYPE, no entity but the five, no attribute twice, nothing
/// but comments and processing instructions outside the root. Returns the text without a BOM.
/// Errors: malformed_xml with the offset, limit_exceeded.
Result<BytesView> scan_xml(BytesView bytes, const XmlLimits& limits);

}  // namespace elic
