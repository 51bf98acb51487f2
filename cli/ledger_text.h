#pragma once

#include <string>

#include "issue/ledger_json.h"

namespace elic::cli {

/// A license as one line of text: identifier, name, number, holders, issued on, valid until, request, state, each
/// behind a tab. `json` is that of entry_json with its `state`.
std::string entry_line(const Json& json);

}  // namespace elic::cli
