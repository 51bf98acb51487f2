#pragma once

#include <cairo.h>
#include <memory>
#include <vector>

#include "elic/base/drawing.h"
#include "elic/base/result.h"

namespace elic {

struct SurfaceDestroy {
    void operator()(cairo_surface_t* surface) const noexcept { cairo_surface_destroy(surface); }
};
struct CairoDestroy {
    void operator()(cairo_t* cairo) const noexcept { cairo_destroy(cairo); }
};
struct FontFaceDestroy {
    void operator()(cairo_font_face_t* face) const noexcept { cairo_font_face_destroy(face); }
};
using CairoSurface = std::unique_ptr<cairo_surface_t, SurfaceDestroy>;
using Cairo = std::unique_ptr<cairo_t, CairoDestroy>;
using CairoFontFace = std::unique_ptr<cairo_font_face_t, FontFaceDestroy>;

/// A TrueType font in memory as a font of cairo; the bytes must outlive it. Errors: bad_argument.
Result<CairoFontFace> open_cairo_font(BytesView font);

/// A picture as a surface of cairo; JPEG keeps its bytes for PDF. Errors: malformed_picture.
Result<CairoSurface> open_cairo_picture(const DrawnPicture& picture);

/// Draws pages of a drawing on surfaces whose unit is a micrometre times `scale`.
class Canvas {
public:
    /// `drawing` must outlive it. Errors: bad_argument (a font), malformed_picture.
    static Result<Canvas> open(const Drawing& drawing);

    void paint(cairo_t* cairo, const DrawnPage& page) const;

private:
    explicit Canvas(const Drawing& drawing) : drawing_(&drawing) {}
    void paint_run(cairo_t* cairo, const GlyphRun& run) const;
    void paint_shape(cairo_t* cairo, const PlacedShape& placed) const;
    void paint_picture(cairo_t* cairo, const PlacedPicture& placed) const;

    const Drawing* drawing_;
    std::vector<CairoFontFace> fonts_;
    std::vector<CairoSurface> pictures_;
};

/// The bytes that cairo writes.
cairo_status_t append_bytes(void* bytes, const unsigned char* data, unsigned length) noexcept;

}  // namespace elic
