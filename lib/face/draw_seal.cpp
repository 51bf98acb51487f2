#include "elic/face/draw_seal.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "face/canvas.h"
#include "face/font_file.h"
#include "face/outline.h"
#include "picture/mask_png.h"

namespace elic {

namespace {

constexpr double dots_per_mm = 10;  // a seal stands in a document twice: 254 dpi and 11 KB, not 300 and 17
constexpr std::size_t most_characters = 40, most_below = 16;
constexpr Colour seal_red{.red = 0xDC, .green = 0x14, .blue = 0x14};

/// The sizes of one form, in mm.
struct SealShape {
    double width, height;
    double edge;             ///< of the ring
    double letter;           ///< of the name
    double arc;              ///< largest angle that the name takes, radians
    double star;             ///< radius; 0 = none
    double text, text_down;  ///< size of the text, and how far below the middle it stands
};

SealShape shape_of(SealLook::Form form) {
    switch (form) {
        case SealLook::Form::round:
            return {42, 42, 1.2, 5.6, 1.42 * std::numbers::pi, 7, 4, 12.6};
        case SealLook::Form::oval:
            return {45, 30, 1.0, 4.2, 1.5 * std::numbers::pi, 0, 4.4, 0};
        case SealLook::Form::square:
            break;
    }
    return {30, 30, 1.4, 0, 0, 0, 0, 0};
}

class SealPainter {
public:
    SealPainter(const SealLook& look, Fonts::Impl& fonts) : look_(look), fonts_(fonts), shape_(shape_of(look.form)) {}

    Result<DrawnSeal> paint() {
        surface_.reset(cairo_image_surface_create(CAIRO_FORMAT_A8, static_cast<int>(shape_.width * dots_per_mm),
                                                  static_cast<int>(shape_.height * dots_per_mm)));
        cairo_.reset(cairo_create(surface_.get()));
        auto* cairo = cairo_.get();
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        cairo_set_font_options(cairo, options);
        cairo_font_options_destroy(options);
        cairo_scale(cairo, dots_per_mm, dots_per_mm);
        cairo_translate(cairo, shape_.width / 2, shape_.height / 2);
        cairo_set_source_rgb(cairo, 0, 0, 0);  // only how much it covers counts
        auto done = look_.form == SealLook::Form::square ? paint_square() : paint_round();
        if (!done) return tl::unexpected(done.error());
        if (look_.test) {
            if (auto marked = paint_line("TEST", 3, shape_.height / 2 - 4.2); !marked)
                return tl::unexpected(marked.error());
        }
        if (cairo_status(cairo) != CAIRO_STATUS_SUCCESS) return fail(Errc::bad_argument, "the seal cannot be drawn");
        auto png = write_mask_png(read_mask(), seal_red);
        if (!png) return tl::unexpected(png.error());
        return DrawnSeal{.png = std::move(*png),
                         .width_mm = static_cast<int>(shape_.width),
                         .height_mm = static_cast<int>(shape_.height)};
    }

private:
    Mask read_mask() const {
        cairo_surface_flush(surface_.get());
        const auto width = static_cast<std::size_t>(cairo_image_surface_get_width(surface_.get()));
        const auto height = static_cast<std::size_t>(cairo_image_surface_get_height(surface_.get()));
        const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface_.get()));
        const auto* data = cairo_image_surface_get_data(surface_.get());
        Mask mask{.width = width, .height = height, .cover = {}};
        for (std::size_t y = 0; y < height; ++y)
            mask.cover.insert(mask.cover.end(), data + y * stride, data + y * stride + width);
        return mask;
    }

    /// Fonts are cut to the text first, so that cairo opens a small one; glyph numbers are those of the subset.
    struct Letters {
        std::vector<ShapedCharacter> text;
        std::map<std::size_t, CairoFontFace> faces;
        std::map<std::size_t, FontSubset> subsets;
    };

    Result<Letters> prepare(const std::string& text, Typeface typeface) {
        auto shaped = fonts_.shape(text, typeface);
        if (!shaped) return tl::unexpected(shaped.error());
        Letters letters{.text = std::move(*shaped), .faces = {}, .subsets = {}};
        std::map<std::size_t, std::map<char32_t, std::uint32_t>> used;
        for (const auto& c : letters.text) used[c.font][c.character] = c.glyph;
        for (const auto& [font, characters] : used) {
            auto subset = fonts_.files[font]->cut(characters);
            if (!subset) return tl::unexpected(subset.error());
            auto& kept = letters.subsets[font] = std::move(*subset);
            auto face = open_cairo_font(kept.bytes);
            if (!face) return tl::unexpected(face.error());
            letters.faces[font] = std::move(*face);
        }
        return letters;
    }

    /// One character with its middle at the origin, `size` high and `wide` times as wide as it is by itself.
    void put(const Letters& letters, const ShapedCharacter& c, double size, double wide) {
        auto* cairo = cairo_.get();
        cairo_set_font_face(cairo, letters.faces.at(c.font).get());
        cairo_set_font_size(cairo, size);
        const double advance = fonts_.advance(c, 1000) / 1000.0 * size;
        cairo_glyph_t glyph{
            .index = letters.subsets.at(c.font).glyphs.at(c.glyph), .x = -advance / 2, .y = size * 0.38};
        cairo_save(cairo);
        cairo_scale(cairo, wide, 1);
        cairo_glyph_path(cairo, &glyph, 1);
        cairo_restore(cairo);
        cairo_fill_preserve(cairo);
        cairo_set_line_width(cairo, size * 0.02);  // a little bolder, as engraved
        cairo_stroke(cairo);
    }

    Status paint_round() {
        auto* cairo = cairo_.get();
        const double rx = shape_.width / 2 - shape_.edge / 2 - 0.1, ry = shape_.height / 2 - shape_.edge / 2 - 0.1;
        cairo_save(cairo);
        cairo_scale(cairo, rx, ry);
        cairo_arc(cairo, 0, 0, 1, 0, 2 * std::numbers::pi);
        cairo_restore(cairo);
        cairo_set_line_width(cairo, shape_.edge);
        cairo_stroke(cairo);
        if (shape_.star > 0) {
            const auto star = std::move(Outline().star({0, 0}, shape_.star * 1000, 5, 0)).shape();
            for (const auto& step : star.steps) {
                if (step.kind == PathStep::Kind::move) cairo_move_to(cairo, step.to[0].x / 1e3, step.to[0].y / 1e3);
                if (step.kind == PathStep::Kind::line) cairo_line_to(cairo, step.to[0].x / 1e3, step.to[0].y / 1e3);
                if (step.kind == PathStep::Kind::close) cairo_close_path(cairo);
            }
            cairo_fill(cairo);
        }
        if (auto named = paint_arc(rx, ry); !named) return named;
        return look_.text.empty() ? Status() : paint_line(look_.text, shape_.text, shape_.text_down);
    }

    /// The name along the ring, evenly, its middle at the top; narrower letters when there are many.
    Status paint_arc(double rx, double ry) {
        auto letters = prepare(look_.name, Typeface::song);
        if (!letters) return tl::unexpected(letters.error());
        const auto count = static_cast<double>(letters->text.size());
        const double size = shape_.letter;
        const double in_x = rx - shape_.edge / 2 - 0.9 - size / 2, in_y = ry - shape_.edge / 2 - 0.9 - size / 2;
        const double radius = (in_x + in_y) / 2;
        const double step = std::min(size * 1.18 / radius, shape_.arc / count);
        const double wide = std::min(1.0, step * radius / (size * 1.04));
        auto* cairo = cairo_.get();
        for (std::size_t i = 0; i < letters->text.size(); ++i) {
            const double angle = (static_cast<double>(i) - (count - 1) / 2) * step;
            const double x = in_x * std::sin(angle), y = -in_y * std::cos(angle);
            cairo_save(cairo);
            cairo_translate(cairo, x, y);
            cairo_rotate(cairo, std::atan2(x / (in_x * in_x), -y / (in_y * in_y)));  // along the normal of the ring
            put(*letters, letters->text[i], size, wide);
            cairo_restore(cairo);
        }
        return {};
    }

    Status paint_line(const std::string& text, double size, double down) {
        auto letters = prepare(text, Typeface::song);
        if (!letters) return tl::unexpected(letters.error());
        double width = 0;
        for (const auto& c : letters->text) width += fonts_.advance(c, 1000) / 1000.0 * size;
        const double room = 2 * shape_.width / 2 * std::sqrt(std::max(0.1, 1 - std::pow(2 * down / shape_.height, 2))) -
                            2 * shape_.edge - 3;
        const double wide = std::min(1.0, room / width);
        double x = -width * wide / 2;
        for (const auto& c : letters->text) {
            const double advance = fonts_.advance(c, 1000) / 1000.0 * size * wide;
            cairo_save(cairo_.get());
            cairo_translate(cairo_.get(), x + advance / 2, down);
            put(*letters, c, size, wide);
            cairo_restore(cairo_.get());
            x += advance;
        }
        return {};
    }

    Status paint_square() {
        auto letters = prepare(look_.name, Typeface::song);
        if (!letters) return tl::unexpected(letters.error());
        auto* cairo = cairo_.get();
        const double half = shape_.width / 2 - shape_.edge / 2 - 0.1;
        cairo_rectangle(cairo, -half, -half, 2 * half, 2 * half);
        cairo_set_line_width(cairo, shape_.edge);
        cairo_stroke(cairo);
        const auto count = letters->text.size();
        const auto columns = static_cast<std::size_t>(std::ceil(std::sqrt(static_cast<double>(count))));
        const auto rows = (count + columns - 1) / columns;
        const double inner = 2 * half - shape_.edge - 2;
        const double height = inner / static_cast<double>(rows), width = inner / static_cast<double>(columns);
        for (std::size_t i = 0; i < count; ++i) {
            cairo_save(cairo);
            cairo_translate(cairo, -inner / 2 + width * (static_cast<double>(i % columns) + 0.5),
                            -inner / 2 + height * (static_cast<double>(i / columns) + 0.5));
            put(*letters, letters->text[i], height * 0.92, std::min(1.2, width / height));
            cairo_restore(cairo);
        }
        return {};
    }

    const SealLook& look_;
    Fonts::Impl& fonts_;
    SealShape shape_;
    CairoSurface surface_;
    Cairo cairo_;
};

}  // namespace

Result<DrawnSeal> draw_seal(const SealLook& look, Fonts& fonts) {
    const auto length = [](const std::string& text) {
        return static_cast<std::size_t>(std::count_if(
            text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
    };
    if (look.name.empty() || length(look.name) > most_characters)
        return fail(Errc::bad_argument, "a seal's name has 1 to " + std::to_string(most_characters) + " characters");
    if (length(look.text) > most_below)
        return fail(Errc::bad_argument, "a seal's text has at most " + std::to_string(most_below) + " characters");
    return SealPainter(look, fonts.impl()).paint();
}

}  // namespace elic
