#pragma once

#include <string>

#include "codec/json.h"
#include "elic/ledger/ledger_query.h"

namespace elic::cli {

/// A license of the ledger as one JSON object: identifier, request, status entry, signing time, predecessor, payload,
/// and the license itself (docs/format/license-json.md). Errors: ledger_unusable when what is stored is damaged.
Result<Json> entry_json(const LedgerEntry& entry);

/// The same as one line of text: identifier, name, number, holders, issued on, valid until, request, state, each
/// behind a tab. `json` is that of entry_json with its `state`.
std::string entry_line(const Json& json);

}  // namespace elic::cli
