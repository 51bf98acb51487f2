#pragma once

#include "payload/claims.h"

namespace elic {

/// What a reader accepts at most.
inline constexpr cbor::Limits claims_limits{.depth = 3, .entries = 64, .bytes = max_claims_bytes};

/// The base claims (keys 1 to 12, and the text keys) as they must be encoded. What reads and does not encode again to
/// the same is refused. Errors: draft_refused.
Result<cbor::Map> write_base_claims(const Claims& claims);

}  // namespace elic
