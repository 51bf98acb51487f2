#pragma once

#include <string_view>

#include "elic/base/result.h"
#include "elic/ledger/succession.h"

namespace elic {

/// Nothing when both drafts (canonical JSON) say the same. Errors: request_conflict, naming the members that differ
/// ("face.企业名称, valid_until") and what to do.
Status check_same_content(std::string_view reserved, std::string_view given);

/// The same of how a license follows another. Errors: request_conflict.
Status check_same_succession(const std::optional<Succession>& reserved, const std::optional<Succession>& given);

}  // namespace elic
