#pragma once

#include <cstddef>

#include "elic/base/bytes.h"
#include "elic/base/modules.h"
#include "elic/base/result.h"

namespace elic {

/// A PNG of 1 bit a pixel: every module is `dots` x `dots` pixels, with `quiet` light modules on each side, pHYs set
/// to `dots_per_inch`. The same input gives the same bytes (with one zlib). Errors: bad_argument when the picture would
/// be larger than 20,000 pixels a side.
Result<Bytes> write_png(const Modules& modules, std::size_t dots, std::size_t quiet, std::size_t dots_per_inch);

}  // namespace elic
