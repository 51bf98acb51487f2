#pragma once

#include "codec/json.h"
#include "elic/license/metadata.h"

namespace elic {

/// A license as JSON (docs/format/license-json.md): what reports, the ledger and `issue --json` print.
Json license_json(const Metadata& license);

}  // namespace elic
