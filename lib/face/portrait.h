#pragma once

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/picture/picture.h"

namespace elic {

/// A portrait as it may stand on a face: PNG or JPEG, at most 64 KB and 4 million pixels. Errors: malformed_picture,
/// limit_exceeded.
Result<Picture> read_portrait(BytesView bytes);

}  // namespace elic
