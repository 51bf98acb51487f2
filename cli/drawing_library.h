#pragma once

#include <memory>

#include "elic/base/result.h"
#include "elic/face/draw_seal.h"
#include "elic/issue/document_press.h"
#include "elic/issue/redraw_document.h"

namespace elic::cli {

/// What draws. It lies in a library of its own, libelic_drawing.so, which is loaded when the first document or seal is
/// to be drawn: cairo and harfbuzz bring 23 more libraries with them, and a verdict on a code needs none of them.
struct DrawingLibrary {
    Result<std::shared_ptr<DocumentPress>> (*open_press)(DocumentPress::Plan plan);
    std::unique_ptr<Redrawer> (*make_redrawer)();
    /// With the fonts of this machine. Errors: those of Fonts::open and elic::draw_seal.
    Result<DrawnSeal> (*draw_seal)(const SealLook& look);
};

/// Errors: not_found (the library is not where this program was installed with it).
Result<const DrawingLibrary*> drawing_library();

}  // namespace elic::cli
