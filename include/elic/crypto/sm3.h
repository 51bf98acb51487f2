#pragma once

#include "elic/base/bytes.h"

namespace elic {

/// SM3 (GB/T 32905) of all bytes.
Digest sm3(BytesView bytes);

}  // namespace elic
