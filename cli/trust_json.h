#pragma once

#include "codec/json.h"
#include "elic/trust/trust_folder.h"

namespace elic::cli {

/// Everything a trust folder says, as `elic trust show` prints it (docs/format/trust-folder.md). Errors: those of
/// TrustFolder.
Result<Json> trust_folder_json(const TrustFolder& folder);

/// The names of the kinds that a certificate may sign: ["payload", ...].
Json kinds_json(std::uint32_t kinds);

/// "issue", "delegate" or "issue, delegate".
std::string rights_text(std::uint8_t rights);

/// How many entries of a status list are in each state at its as-of time, valid ones left out.
std::map<std::string, std::uint64_t> states_of(const StatusListContent& list);

}  // namespace elic::cli
