#pragma once

#include <vector>

#include "codec/json.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// The `fields` member of a pack: at least one, every name and number once. Errors: malformed_pack with the path,
/// limit_exceeded.
Result<std::vector<FieldRule>> read_field_rules(const Json& json);

}  // namespace elic
