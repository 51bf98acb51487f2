#pragma once

#include <string>
#include <vector>

#include "elic/packs/type_pack.h"

namespace elic {

/// Refuses a field whose keys contradict each other (docs/format/type-pack.md, Fields). `before` are the earlier
/// fields, which it may derive from. Errors: malformed_pack with `place`.
Status check_field_rule(const FieldRule& rule, const std::string& place, const std::vector<FieldRule>& before);

}  // namespace elic
