#pragma once

#include "codec/json.h"
#include "elic/issue/license_draft.h"

namespace elic {

/// As read_license_draft, of a JSON value that was read or made.
DraftReading read_draft(const Json& json);

}  // namespace elic
