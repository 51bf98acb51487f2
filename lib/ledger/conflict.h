#pragma once

#include <string_view>

#include "elic/base/result.h"

namespace elic {

/// Nothing when both drafts (canonical JSON) say the same. Errors: request_conflict, naming the members that differ
/// ("face.企业名称, valid_until") and what to do.
Status check_same_content(std::string_view reserved, std::string_view given);

}  // namespace elic
