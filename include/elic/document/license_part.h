#pragma once

#include "elic/base/result.h"
#include "elic/license/metadata.h"

namespace elic {

/// The metadata of one license as an XML part (schemas/license.xsd): everything the face was drawn from, so that it can
/// be drawn again; a code carries less. One encoding: the same license gives the same bytes.
Bytes write_license_part(const Metadata& license);

/// Reads such a part. Strict: what write_license_part would write otherwise is refused. Errors: malformed_document,
/// limit_exceeded.
Result<Metadata> read_license_part(BytesView xml);

}  // namespace elic
