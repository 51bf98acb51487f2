#pragma once

#include "elic/picture/picture.h"

namespace elic {

/// Every pixel 0 or 255, by the greys around it: the mean of 40 x 40 pixels, in steps of 8, so that shadows and
/// folds do not matter. A picture with a side below 40 pixels gets one threshold.
Picture black_white_by_surroundings(const Picture& picture);

/// Every pixel 0 or 255, by one threshold: the one that parts the greys into the two most different classes
/// (Otsu 1979).
Picture black_white_by_histogram(const Picture& picture);

}  // namespace elic
