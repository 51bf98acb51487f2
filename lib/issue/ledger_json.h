#pragma once

#include "codec/json.h"
#include "elic/ledger/ledger.h"

namespace elic {

/// A license of the ledger as one JSON object: identifier, request, status entry, signing time, predecessor, payload,
/// and the license itself (docs/format/license-json.md). Errors: ledger_unusable when what is stored is damaged.
Result<Json> entry_json(const LedgerEntry& entry);

}  // namespace elic
