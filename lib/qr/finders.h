#pragma once

#include <cstddef>

#include "elic/picture/picture.h"

namespace elic {

/// How many places of a black and white picture (0 and 255) look like a finder pattern of a QR code: black, white,
/// black, white, black as 1 : 1 : 3 : 1 : 1 across, down and along both diagonals, with a white ring around the
/// middle. Counts generously, and not further than `most`.
std::size_t count_finders(const Picture& picture, std::size_t most);

}  // namespace elic
