#include "elic/face/draw_face.h"

#include <algorithm>
#include <hb.h>

#include "base/text.h"
#include "face/code_place.h"
#include "face/face_builder.h"
#include "face/face_values.h"
#include "face/ornaments.h"
#include "face/portrait.h"
#include "face/text_flow.h"
#include "picture/png_writer.h"

namespace elic {

namespace {

// A page for what did not fit.
constexpr Micrometres margin = 25000, head_size = 6000, rest_label = 4000, rest_size = 3500;
constexpr Colour grey{.red = 0x60, .green = 0x60, .blue = 0x60};
constexpr Colour pale{.red = 0xF8, .green = 0xDC, .blue = 0xDC};

Micrometres dots(std::int64_t count) {
    return static_cast<Micrometres>((count * micrometres_per_inch * 2 + dots_per_inch) / (2 * dots_per_inch));
}

/// What of a field is still to be printed.
struct Rest {
    std::string label, shows;
    std::vector<ShapedCharacter> text;
    TextLook look;
};

class FacePainter {
public:
    FacePainter(const Layout& layout, const FaceContent& content, Fonts& fonts)
        : layout_(layout), content_(content), fonts_(fonts.impl()), builder_(fonts_, drawing_) {}

    Result<Drawing> paint() {
        drawing_.version = drawing_version();
        drawing_.pages.push_back({.width = layout_.width, .height = layout_.height, .ground = {}, .items = {}});
        drawing_.seal = layout_.seal;
        for (const auto& step : {&FacePainter::paint_ground, &FacePainter::paint_texts, &FacePainter::paint_fields,
                                 &FacePainter::paint_portrait, &FacePainter::paint_code, &FacePainter::paint_rests}) {
            if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
        }
        if (auto done = builder_.finish(); !done) return tl::unexpected(done.error());
        return std::move(drawing_);
    }

private:
    FaceBuilder::Items& items() { return drawing_.pages.front().items; }
    FaceBuilder::Items& ground() { return drawing_.pages.front().ground; }

    Status paint_ground() {
        for (const auto& ornament : layout_.ornaments) draw_ornament(builder_, ground(), ornament);
        if (!content_.test) return {};
        const TextLook look{.box = {0, layout_.height * 2 / 5, layout_.width, layout_.height / 5},
                            .typeface = Typeface::hei,
                            .size = 24000,
                            .least = 10000,
                            .align = Align::centre,
                            .colour = pale};
        return put_text("测试样本 TEST", look, ground());  // under everything that is read
    }

    Status put_text(const std::string& text, const TextLook& look, FaceBuilder::Items& into) {
        auto shaped = fonts_.shape(text, look.typeface);
        if (!shaped) return tl::unexpected(shaped.error());
        const auto flow = flow_text(fonts_, *shaped, look);
        if (flow.taken < shaped->size())
            return fail(Errc::malformed_layout, "texts: '" + text + "' does not fit its box");
        place_text(builder_, into, *shaped, flow, look, "");
        return {};
    }

    Status paint_texts() {
        for (const auto& text : layout_.texts) {
            if (!text.with.empty() && text_of_field(content_.license, text.with).empty()) continue;
            auto done = put_text(text.text, text.look, text.with.empty() ? ground() : items());
            if (!done) return done;
        }
        return {};
    }

    Status paint_fields() {
        for (const auto& field : layout_.fields) {
            auto value = value_shown(field, content_.pack, content_.license);
            if (!value) return tl::unexpected(value.error());
            auto shaped = fonts_.shape(*value, field.look.typeface);
            if (!shaped) return fail_in(field.shows, shaped.error());
            if (auto done = paint_value(field, *shaped); !done) return done;
        }
        return {};
    }

    Status paint_value(const LayoutField& field, const std::vector<ShapedCharacter>& shaped) {
        auto look = field.look;
        auto flow = flow_text(fonts_, shaped, look);
        if (flow.taken == shaped.size()) {
            place_text(builder_, items(), shaped, flow, look, field.shows);
            return {};
        }
        // The last line says where it goes on.
        look.vertical = VerticalAlign::top;
        const auto line = leading_of(look.least);
        auto upper = look;
        upper.box.height -= line;
        flow = flow_text(fonts_, shaped, upper);
        place_text(builder_, items(), shaped, flow, upper, field.shows);
        rests_.push_back({.label = field.shows,
                          .shows = field.shows,
                          .text = {shaped.begin() + static_cast<std::ptrdiff_t>(flow.taken), shaped.end()},
                          .look = look});
        auto last = look;
        last.size = last.least;
        last.box.y += last.box.height - line;
        last.box.height = line;
        last.align = Align::right;
        last.colour = grey;
        return put_text("（下接续页）", last, items());
    }

    Status paint_portrait() {
        if (!content_.portrait || layout_.portrait.empty()) return {};
        const auto& bytes = *content_.portrait;
        auto picture = read_portrait(bytes);
        if (!picture) return fail_in("portrait", picture.error());
        const bool png = bytes[0] == 0x89;
        const auto& room = layout_.portrait_box;
        const auto w = static_cast<std::int64_t>(picture->width), h = static_cast<std::int64_t>(picture->height);
        const auto width = std::min<std::int64_t>(room.width, room.height * w / h);
        const auto height = std::min<std::int64_t>(room.height, room.width * h / w);
        const Box box{.x = room.x + static_cast<Micrometres>((room.width - width) / 2),
                      .y = room.y + static_cast<Micrometres>((room.height - height) / 2),
                      .width = static_cast<Micrometres>(width),
                      .height = static_cast<Micrometres>(height)};
        const auto index = builder_.add_picture({.format = png ? DrawnPicture::Format::png : DrawnPicture::Format::jpeg,
                                                 .bytes = Bytes(bytes.begin(), bytes.end())});
        items().emplace_back(PlacedPicture{.picture = index, .box = box, .shows = layout_.portrait});
        return {};
    }

    Status paint_code() {
        const auto module = dots_of_module(layout_, content_.code.size);
        if (!module) return tl::unexpected(module.error());
        auto png = write_png(content_.code, static_cast<std::size_t>(*module), quiet_modules, dots_per_inch);
        if (!png) return tl::unexpected(png.error());
        const auto side = dots(*module * static_cast<std::int64_t>(content_.code.size + 2 * quiet_modules));
        const auto grid = [&](Micrometres at) {
            return dots((std::int64_t{at} * dots_per_inch + micrometres_per_inch - 1) / micrometres_per_inch);
        };
        const Box box{.x = grid(layout_.code.x + (layout_.code.width - code_shift - side) / 2),
                      .y = grid(layout_.code.y + (layout_.code.height - code_shift - side) / 2),
                      .width = side,
                      .height = side};
        const auto index = builder_.add_picture({.format = DrawnPicture::Format::png, .bytes = std::move(*png)});
        items().emplace_back(PlacedPicture{.picture = index, .box = box, .shows = "@code"});
        return {};
    }

    /// A plain page for what goes on.
    Micrometres begin_page() {
        drawing_.pages.push_back({.width = layout_.width, .height = layout_.height, .ground = {}, .items = {}});
        return margin;
    }

    Status paint_rests() {
        if (rests_.empty()) return {};
        auto y = begin_page();
        const auto width = layout_.width - 2 * margin;
        const auto head =
            (content_.pack.face_title.empty() ? content_.pack.name : content_.pack.face_title) + "（续页）";
        const auto put = [&](const std::string& text, Typeface typeface, Micrometres size) {
            const TextLook look{.box = {margin, y, width, size * 2},
                                .typeface = typeface,
                                .size = size,
                                .least = 1900,
                                .vertical = VerticalAlign::top};
            y += size * 2;
            return put_text(text, look, drawing_.pages.back().items);
        };
        if (auto done = put(head, Typeface::hei, head_size); !done) return done;
        if (auto done = put("编号：" + content_.license.number, Typeface::song, rest_label); !done) return done;
        for (const auto& rest : rests_) {
            if (y + rest_label * 4 > layout_.height - margin) y = begin_page();
            if (auto done = put(rest.label + "（续）", Typeface::hei, rest_label); !done) return done;
            std::span<const ShapedCharacter> left = rest.text;
            while (!left.empty()) {
                if (y + rest_size * 2 > layout_.height - margin) y = begin_page();
                const TextLook look{.box = {margin, y, width, layout_.height - margin - y},
                                    .typeface = rest.look.typeface,
                                    .size = rest_size,
                                    .least = rest_size,
                                    .vertical = VerticalAlign::top};
                const auto flow = flow_text(fonts_, left, look);
                place_text(builder_, drawing_.pages.back().items, left, flow, look, rest.shows);
                left = left.subspan(flow.taken);
                y += leading_of(rest_size) * static_cast<Micrometres>(flow.lines.size()) + rest_size;
            }
        }
        return {};
    }

    const Layout& layout_;
    const FaceContent& content_;
    Fonts::Impl& fonts_;
    Drawing drawing_;
    FaceBuilder builder_;
    std::vector<Rest> rests_;
};

}  // namespace

std::string drawing_version() { return std::string("elic drawing 3, harfbuzz ") + hb_version_string(); }

Result<Drawing> draw_face(const Layout& layout, const FaceContent& content, Fonts& fonts) {
    return FacePainter(layout, content, fonts).paint();
}

}  // namespace elic
