#include "elic/face/draw_face.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "elic/face/draw_seal.h"
#include "elic/face/face_faults.h"
#include "elic/face/render.h"
#include "elic/picture/colour_picture.h"
#include "face/font_file.h"
#include "unit/face/sample_face.h"

using namespace elic;

namespace {

struct Drawn {
    std::shared_ptr<const TypePack> pack;
    std::shared_ptr<const Layout> layout;
    Metadata license;
};

Drawn sample(const std::string& code = "11100000000013338W011") {
    const auto type = LicenseTypeCode::parse(code).value();
    auto pack = TypePacks::builtin().load_newest(type).value();
    auto license = sample_license(*pack);
    return {pack, Layouts::builtin().load_newest(type).value(), std::move(license)};
}

Result<Drawing> draw(const Drawn& drawn, Fonts& fonts, const Modules& code = sample_modules()) {
    return draw_face(*drawn.layout, {.pack = *drawn.pack, .license = drawn.license, .code = code}, fonts);
}

void set_field(Metadata& license, const std::string& label, const std::string& text) {
    for (auto& field : license.face) {
        if (field.label == label) field.text = text;
    }
}

}  // namespace

TEST_CASE("Every type is drawn, each item as the license has it") {
    auto fonts = Fonts::open().value();
    for (const auto& entry : TypePacks::builtin().list()) {
        CAPTURE(entry.code.text());
        const auto drawn = sample(entry.code.text());
        const auto drawing = draw(drawn, fonts);
        REQUIRE(drawing);
        CHECK(drawing->pages.size() == 1);
        for (const auto& rule : drawn.pack->fields) {
            if (!rule.on_face || rule.kind == FieldKind::image) continue;
            CAPTURE(rule.label);
            const auto text = text_shown(*drawing, rule.label);
            CHECK((text.starts_with("示例") || text == "2026-03-01" || text == "2026年3月1日"));
        }
        CHECK(text_shown(*drawing, "@id") == drawn.license.id.text());
    }
}

TEST_CASE("The same license is the same drawing, however often fonts were cut before") {
    auto fonts = Fonts::open().value();
    const auto drawn = sample();
    const auto first = draw(drawn, fonts).value();
    for (int i = 0; i < 14; ++i) REQUIRE(draw(drawn, fonts));  // from here on the fonts are prepared
    const auto again = draw(drawn, fonts).value();
    REQUIRE(first.fonts.size() == again.fonts.size());
    for (std::size_t i = 0; i < first.fonts.size(); ++i) CHECK(first.fonts[i].subset == again.fonts[i].subset);
    CHECK(render_png(first, 0, {.dots_per_inch = 50}).value() == render_png(again, 0, {.dots_per_inch = 50}).value());
    CHECK(render_pdf(first).value() == render_pdf(again).value());
}

TEST_CASE("A character that no font has is refused with its place") {
    auto fonts = Fonts::open().value();
    auto drawn = sample();
    set_field(drawn.license, "姓名", "张\U0001F9FF");
    const auto drawing = draw(drawn, fonts);
    REQUIRE_FALSE(drawing);
    CHECK(drawing.error().code == Errc::unprintable);
    CHECK(drawing.error().context.find("姓名: character 2") != std::string::npos);
    CHECK(drawing.error().context.find("U+1F9FF") != std::string::npos);
    set_field(drawn.license, "姓名", "张e\u0301");  // a combining mark
    CHECK_FALSE(draw(drawn, fonts));
}

TEST_CASE("A rare character comes from another font, in a run of its own") {
    auto fonts = Fonts::open().value();
    auto drawn = sample();
    set_field(drawn.license, "姓名", "张\U00020BB7样\u3400");
    const auto drawing = draw(drawn, fonts).value();
    CHECK(text_shown(drawing, "姓名") == "张\U00020BB7样\u3400");
    std::vector<std::string> runs;
    for (const auto& item : drawing.pages[0].items) {
        const auto* run = std::get_if<GlyphRun>(&item);
        if (run != nullptr && run->shows == "姓名") runs.push_back(run->text);
    }
    CHECK(std::count(runs.begin(), runs.end(), "\U00020BB7") == 1);
    CHECK(runs.size() >= 3);
}

TEST_CASE("A text that is too long goes on on a further page, and nothing of it is lost") {
    auto fonts = Fonts::open().value();
    auto drawn = sample("11100000000013661B006");
    std::string scope;
    for (int i = 0; i < 1500; ++i) scope += i % 2 == 0 ? "危" : "化";
    set_field(drawn.license, "许可范围", scope);
    const auto drawing = draw(drawn, fonts).value();
    CHECK(drawing.pages.size() >= 2);
    CHECK(text_shown(drawing, "许可范围") == scope);
}

TEST_CASE("Runs stay on the page and have a glyph for each character") {
    auto fonts = Fonts::open().value();
    for (const auto& entry : TypePacks::builtin().list()) {
        const auto drawing = draw(sample(entry.code.text()), fonts).value();
        for (const auto& item : drawing.pages[0].items) {
            const auto* run = std::get_if<GlyphRun>(&item);
            if (run == nullptr) continue;
            CAPTURE(entry.code.text(), run->text);
            Micrometres width = 0;
            for (const auto advance : run->advances) width += advance;
            CHECK(run->glyphs.size() == run->advances.size());
            CHECK(std::count(run->glyphs.begin(), run->glyphs.end(), 0u) == 0);
            CHECK(run->baseline.x >= 0);
            CHECK(run->baseline.x + width <= drawing.pages[0].width);
        }
    }
}

TEST_CASE("A code with too many modules for its place is refused") {
    auto fonts = Fonts::open().value();
    const auto drawing = draw(sample(), fonts, sample_modules(177));
    REQUIRE_FALSE(drawing);
    CHECK(drawing.error().code == Errc::does_not_fit);
}

TEST_CASE("A code that will have too many modules is found before it is there") {
    auto fonts = Fonts::open().value();
    const auto drawn = sample();
    for (const std::size_t modules : {std::size_t{137}, std::size_t{141}, std::size_t{145}, std::size_t{177}}) {
        const auto faults = find_face_faults(
            *drawn.layout, {.pack = *drawn.pack, .license = drawn.license, .code_modules = modules}, fonts);
        const auto drawing = draw(drawn, fonts, sample_modules(modules));
        CAPTURE(modules);
        REQUIRE(faults.size() == (drawing ? 0 : 1));
        CHECK(faults.empty() == (modules <= 141));
        if (faults.empty()) continue;
        CHECK(faults[0].shows == "@code");
        CHECK(faults[0].error.code == drawing.error().code);
        CHECK(faults[0].error.context == drawing.error().context);
    }
}

TEST_CASE("Seals are small pictures of one colour on nothing") {
    auto fonts = Fonts::open().value();
    for (const auto form : {SealLook::Form::round, SealLook::Form::oval, SealLook::Form::square}) {
        const auto seal =
            draw_seal({.form = form, .name = "示例省政务服务局", .text = "行政审批专用章", .test = true}, fonts);
        REQUIRE(seal);
        CHECK(seal->png.size() < 30000);
        const auto picture = read_colour_picture(seal->png).value();
        CHECK(picture.width == static_cast<std::size_t>(seal->width_mm) * 10);
        CHECK(picture.pixels[3] == 0);  // the corner of a round seal; of a square one its margin
        std::size_t covered = 0;
        for (std::size_t i = 3; i < picture.pixels.size(); i += 4) covered += picture.pixels[i] > 128 ? 1 : 0;
        CHECK(covered * 20 > picture.width * picture.height);
        CHECK(covered * 2 < picture.width * picture.height);
    }
    CHECK_FALSE(draw_seal({.name = ""}, fonts));
    CHECK_FALSE(draw_seal({.name = std::string(41, 'A')}, fonts));
}
