#pragma once

#include <optional>

#include "elic/base/drawing.h"
#include "elic/base/result.h"

namespace elic {

/// How a drawing becomes a picture.
struct RenderLook {
    int dots_per_inch = 300;
    std::optional<BytesView> seal = {};  ///< picture of the seal (PNG), put where the drawing has room for it
};

/// One page as PNG; the same drawing gives the same bytes (with one cairo). Errors: bad_argument, malformed_picture.
Result<Bytes> render_png(const Drawing& drawing, std::size_t page = 0, const RenderLook& look = {});

/// All pages as PDF, texts searchable. Names no time and no machine. Errors: malformed_picture.
Result<Bytes> render_pdf(const Drawing& drawing, const RenderLook& look = {});

}  // namespace elic
