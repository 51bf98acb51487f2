#pragma once

#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/face/fonts.h"

namespace elic {

/// What a seal says and how it looks.
struct SealLook {
    enum class Form {
        round,   ///< 42 mm: the name on the arc, a star in the middle
        oval,    ///< 45 x 30 mm: the name on the arc, the text below across the middle
        square,  ///< 30 mm: the name in rows, for persons and small offices
    };
    Form form = Form::round;
    std::string name;       ///< of the body: "示例省政务服务局"
    std::string text = {};  ///< below the star: "行政审批专用章"; may be empty
    bool test = false;      ///< the word TEST stands in it
};

struct DrawnSeal {
    Bytes png;  ///< red on nothing (alpha), at most 30 KB
    int width_mm = 0, height_mm = 0;
};

/// Errors: bad_argument (no name, or longer than fits on the arc), unprintable.
Result<DrawnSeal> draw_seal(const SealLook& look, Fonts& fonts);

}  // namespace elic
