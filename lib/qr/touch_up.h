#pragma once

#include <array>
#include <cstddef>

#include "elic/picture/picture.h"

namespace elic {

/// Copies of a picture in which a code may be read that could not be read in the picture itself.
Picture inverted(const Picture& picture);

/// Half the size, each pixel the mean of four; an odd last row or column is dropped.
Picture halved(const Picture& picture);

/// Each pixel as a square of `times` x `times`, with `margin` white pixels around: for codes of one or two pixels
/// a module and codes without a quiet zone.
Picture enlarged(const Picture& picture, std::size_t times, std::size_t margin);

/// Weighted mean over 3 x 3 pixels (1 2 1 each way): against noise and screens of dots.
Picture blurred(const Picture& picture);

/// What blurring twice takes away, added: against a lens out of focus.
Picture sharpened(const Picture& picture);

/// The grey values spread over 0..255, the darkest and lightest 2 % aside: against faint prints.
Picture stretched(const Picture& picture);

struct Corner {
    int x, y;
};

/// Paints a convex quadrilateral white, edges included; what lies outside the picture is left out.
void whiten(Picture& picture, const std::array<Corner, 4>& corners);

}  // namespace elic
