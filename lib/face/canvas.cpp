#include "face/canvas.h"

#include <cairo-ft.h>
#include <cstring>
#include <ft2build.h>
#include FT_FREETYPE_H

#include "elic/picture/colour_picture.h"

namespace elic {

namespace {

/// One FreeType for the whole program: fonts of cairo may outlive the function that opened them.
FT_Library free_type() {
    static FT_Library library = [] {
        FT_Library made = nullptr;
        return FT_Init_FreeType(&made) == 0 ? made : nullptr;
    }();
    return library;
}

const cairo_user_data_key_t face_key{};

void set_colour(cairo_t* cairo, const Colour& colour) {
    cairo_set_source_rgb(cairo, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0);
}

}  // namespace

Result<CairoFontFace> open_cairo_font(BytesView font) {
    FT_Face face = nullptr;
    if (free_type() == nullptr ||
        FT_New_Memory_Face(free_type(), font.data(), static_cast<FT_Long>(font.size()), 0, &face) != 0)
        return fail(Errc::bad_argument, "a font of the drawing cannot be opened");
    CairoFontFace opened(cairo_ft_font_face_create_for_ft_face(face, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP));
    const auto done = [](void* thing) { FT_Done_Face(static_cast<FT_Face>(thing)); };
    if (cairo_font_face_set_user_data(opened.get(), &face_key, face, done) != CAIRO_STATUS_SUCCESS) {
        FT_Done_Face(face);
        return fail(Errc::bad_argument, "a font of the drawing cannot be kept");
    }
    return opened;
}

Result<CairoSurface> open_cairo_picture(const DrawnPicture& picture) {
    auto pixels = read_colour_picture(picture.bytes, {.bytes = 1u << 20, .pixels = 8'000'000, .side = 8000});
    if (!pixels) return tl::unexpected(pixels.error());
    const auto width = static_cast<int>(pixels->width), height = static_cast<int>(pixels->height);
    CairoSurface surface(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width, height));
    if (cairo_surface_status(surface.get()) != CAIRO_STATUS_SUCCESS)
        return fail(Errc::malformed_picture, "no memory for a picture of the drawing");
    cairo_surface_flush(surface.get());
    auto* data = cairo_image_surface_get_data(surface.get());
    const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
    for (std::size_t y = 0; y < pixels->height; ++y) {
        for (std::size_t x = 0; x < pixels->width; ++x) {
            const auto* from = pixels->pixels.data() + (y * pixels->width + x) * 4;
            const std::uint32_t alpha = from[3];
            const auto part = [&](std::uint32_t value) { return (value * alpha + 127) / 255; };  // premultiplied
            const std::uint32_t pixel = alpha << 24 | part(from[0]) << 16 | part(from[1]) << 8 | part(from[2]);
            std::memcpy(data + y * stride + x * 4, &pixel, sizeof pixel);
        }
    }
    cairo_surface_mark_dirty(surface.get());
    if (picture.format == DrawnPicture::Format::jpeg) {
        // The drawing outlives the surface, so that nothing needs to be copied or freed.
        cairo_surface_set_mime_data(surface.get(), CAIRO_MIME_TYPE_JPEG, picture.bytes.data(), picture.bytes.size(),
                                    nullptr, nullptr);
    }
    return surface;
}

Result<Canvas> Canvas::open(const Drawing& drawing) {
    Canvas canvas(drawing);
    for (const auto& font : drawing.fonts) {
        auto opened = open_cairo_font(font.subset);
        if (!opened) return tl::unexpected(opened.error());
        canvas.fonts_.push_back(std::move(*opened));
    }
    for (const auto& picture : drawing.pictures) {
        auto opened = open_cairo_picture(picture);
        if (!opened) return tl::unexpected(opened.error());
        canvas.pictures_.push_back(std::move(*opened));
    }
    return canvas;
}

void Canvas::paint(cairo_t* cairo, const DrawnPage& page) const {
    for (const auto* items : {&page.ground, &page.items}) {
        for (const auto& item : *items) {
            if (const auto* run = std::get_if<GlyphRun>(&item)) paint_run(cairo, *run);
            if (const auto* shape = std::get_if<PlacedShape>(&item)) paint_shape(cairo, *shape);
            if (const auto* picture = std::get_if<PlacedPicture>(&item)) paint_picture(cairo, *picture);
        }
    }
}

void Canvas::paint_run(cairo_t* cairo, const GlyphRun& run) const {
    cairo_set_font_face(cairo, fonts_[run.font].get());
    cairo_set_font_size(cairo, run.size);
    set_colour(cairo, run.colour);
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    double x = run.baseline.x;
    std::size_t offset = 0;
    for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
        glyphs.push_back({.index = run.glyphs[i], .x = x, .y = static_cast<double>(run.baseline.y)});
        x += run.advances[i];
        std::size_t end = offset + 1;
        while (end < run.text.size() && (static_cast<unsigned char>(run.text[end]) & 0xc0u) == 0x80u) ++end;
        clusters.push_back({.num_bytes = static_cast<int>(end - offset), .num_glyphs = 1});
        offset = end;
    }
    cairo_show_text_glyphs(cairo, run.text.data(), static_cast<int>(run.text.size()), glyphs.data(),
                           static_cast<int>(glyphs.size()), clusters.data(), static_cast<int>(clusters.size()),
                           cairo_text_cluster_flags_t{});
}

void Canvas::paint_shape(cairo_t* cairo, const PlacedShape& placed) const {
    const auto& shape = drawing_->shapes[placed.shape];
    cairo_new_path(cairo);
    const auto x = [&](const Point& p) { return static_cast<double>(p.x + placed.at.x); };
    const auto y = [&](const Point& p) { return static_cast<double>(p.y + placed.at.y); };
    for (const auto& step : shape.steps) {
        switch (step.kind) {
            case PathStep::Kind::move:
                cairo_move_to(cairo, x(step.to[0]), y(step.to[0]));
                break;
            case PathStep::Kind::line:
                cairo_line_to(cairo, x(step.to[0]), y(step.to[0]));
                break;
            case PathStep::Kind::curve:
                cairo_curve_to(cairo, x(step.to[0]), y(step.to[0]), x(step.to[1]), y(step.to[1]), x(step.to[2]),
                               y(step.to[2]));
                break;
            case PathStep::Kind::close:
                cairo_close_path(cairo);
                break;
        }
    }
    cairo_set_fill_rule(cairo, shape.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    if (shape.fill) {
        set_colour(cairo, *shape.fill);
        shape.stroke ? cairo_fill_preserve(cairo) : cairo_fill(cairo);
    }
    if (shape.stroke) {
        set_colour(cairo, *shape.stroke);
        cairo_set_line_width(cairo, shape.line_width);
        cairo_stroke(cairo);
    }
}

void Canvas::paint_picture(cairo_t* cairo, const PlacedPicture& placed) const {
    auto* surface = pictures_[placed.picture].get();
    cairo_save(cairo);
    cairo_translate(cairo, placed.box.x, placed.box.y);
    cairo_scale(cairo, static_cast<double>(placed.box.width) / cairo_image_surface_get_width(surface),
                static_cast<double>(placed.box.height) / cairo_image_surface_get_height(surface));
    cairo_set_source_surface(cairo, surface, 0, 0);
    // A code keeps sharp edges; its dots fall on those of the picture.
    cairo_pattern_set_filter(cairo_get_source(cairo),
                             placed.shows == "@code" ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BEST);
    cairo_paint(cairo);
    cairo_restore(cairo);
}

cairo_status_t append_bytes(void* bytes, const unsigned char* data, unsigned length) noexcept {
    auto& into = *static_cast<Bytes*>(bytes);
    into.insert(into.end(), data, data + length);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace elic
