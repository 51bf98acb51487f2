#pragma once

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/picture/picture.h"

namespace elic {

inline constexpr std::size_t max_portrait_bytes = 64u << 10;

/// A portrait as it may stand on a face: PNG or JPEG, at most 64 KB and 4 million pixels. Errors: malformed_picture,
/// limit_exceeded.
Result<Picture> read_portrait(BytesView bytes);

}  // namespace elic
