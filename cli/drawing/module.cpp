#include "drawing_library.h"

// The inside of libelic_drawing.so.

namespace elic::cli {

namespace {

Result<DrawnSeal> draw_with_fonts_here(const SealLook& look) {
    auto fonts = Fonts::open();
    if (!fonts) return tl::unexpected(fonts.error());
    return draw_seal(look, *fonts);
}

}  // namespace

}  // namespace elic::cli

/// Named with the version: a library of another one is not taken for this one's.
extern "C" [[gnu::visibility("default")]] const elic::cli::DrawingLibrary ELIC_DRAWING;
const elic::cli::DrawingLibrary ELIC_DRAWING = {.open_press = elic::DocumentPress::open,
                                                .make_redrawer = elic::Redrawer::make,
                                                .draw_seal = elic::cli::draw_with_fonts_here};
