#pragma once

#include <vector>

#include "codec/json.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// The number member of a pack (null: any text). `fields` are the pack's, for parts that name one. Errors:
/// malformed_pack.
Result<NumberRule> read_number_rule(const Json* json, const std::vector<FieldRule>& fields);

}  // namespace elic
