#include "elic/face/render.h"

#include <cairo-pdf.h>
#include <cmath>

#include "face/canvas.h"

namespace elic {

namespace {

constexpr double inch = 25400;
constexpr double points_per_inch = 72;
constexpr int most_dots = 1200;

/// The drawing with the picture of the seal in its place.
Drawing with_seal(const Drawing& drawing, const RenderLook& look) {
    Drawing sealed = drawing;
    if (!look.seal || !drawing.seal || sealed.pages.empty()) return sealed;
    sealed.pictures.push_back(
        {.format = DrawnPicture::Format::png, .bytes = Bytes(look.seal->begin(), look.seal->end())});
    sealed.pages.front().items.emplace_back(
        PlacedPicture{.picture = sealed.pictures.size() - 1, .box = *drawing.seal, .shows = {}});
    return sealed;
}

void set_plain_fonts(cairo_t* cairo) {
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cairo, options);
    cairo_font_options_destroy(options);
}

}  // namespace

Result<Bytes> render_png(const Drawing& drawing, std::size_t page, const RenderLook& look) {
    if (page >= drawing.pages.size() || look.dots_per_inch < 1 || look.dots_per_inch > most_dots)
        return fail(Errc::bad_argument, "no such page, or a resolution out of 1..1200");
    const Drawing sealed = with_seal(drawing, look);
    auto canvas = Canvas::open(sealed);
    if (!canvas) return tl::unexpected(canvas.error());
    const double scale = look.dots_per_inch / inch;
    const auto& shown = sealed.pages[page];
    const CairoSurface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                                          static_cast<int>(std::lround(shown.width * scale)),
                                                          static_cast<int>(std::lround(shown.height * scale))));
    const Cairo cairo(cairo_create(surface.get()));
    set_plain_fonts(cairo.get());
    cairo_set_source_rgb(cairo.get(), 1, 1, 1);
    cairo_paint(cairo.get());
    cairo_scale(cairo.get(), scale, scale);
    canvas->paint(cairo.get(), shown);
    Bytes png;
    const auto status = cairo_status(cairo.get());
    if (status != CAIRO_STATUS_SUCCESS ||
        cairo_surface_write_to_png_stream(surface.get(), append_bytes, &png) != CAIRO_STATUS_SUCCESS)
        return fail(Errc::bad_argument, std::string("the page cannot be drawn: ") + cairo_status_to_string(status));
    return png;
}

Result<Bytes> render_pdf(const Drawing& drawing, const RenderLook& look) {
    const Drawing sealed = with_seal(drawing, look);
    auto canvas = Canvas::open(sealed);
    if (!canvas) return tl::unexpected(canvas.error());
    const double scale = points_per_inch / inch;
    Bytes pdf;
    {
        const CairoSurface surface(cairo_pdf_surface_create_for_stream(append_bytes, &pdf, 100, 100));
        // Else the file would say when it was made. The date is that of the format.
        cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
        const Cairo cairo(cairo_create(surface.get()));
        set_plain_fonts(cairo.get());
        for (const auto& page : sealed.pages) {
            cairo_pdf_surface_set_size(surface.get(), page.width * scale, page.height * scale);
            cairo_save(cairo.get());
            cairo_scale(cairo.get(), scale, scale);
            canvas->paint(cairo.get(), page);
            cairo_restore(cairo.get());
            cairo_show_page(cairo.get());
        }
        cairo_surface_finish(surface.get());
        if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS)
            return fail(Errc::bad_argument, "the document cannot be drawn");
    }
    return pdf;
}

}  // namespace elic
