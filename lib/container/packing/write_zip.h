#pragma once

#include <span>

#include "elic/base/part.h"

namespace elic {

/// A ZIP file of these parts in this order, each deflated or, where that is no larger, stored. Deterministic: the
/// time of every entry is 1980-01-01 (the same bytes with one libdeflate). Paths are UTF-8 and must be ones that
/// read_zip takes (ELIC_ASSERT).
Bytes write_zip(std::span<const Part> parts);

}  // namespace elic
