#include <catch2/catch.hpp>

#include "elic/face/render.h"
#include "elic/picture/picture.h"
#include "unit/face/sample_face.h"

using namespace elic;

TEST_CASE("The code's modules stand on the dots of a 300 dpi picture, each as it is") {
    auto fonts = Fonts::open().value();
    for (const auto& entry : TypePacks::builtin().list()) {
        CAPTURE(entry.code.text());
        const auto pack = TypePacks::builtin().load(entry.code, entry.version).value();
        const auto layout = Layouts::builtin().load_newest(entry.code).value();
        const auto license = sample_license(*pack);
        const auto code = sample_modules(81);
        const auto drawing = draw_face(*layout, {.pack = *pack, .license = license, .code = code}, fonts).value();
        Box box;
        for (const auto& item : drawing.pages[0].items) {
            const auto* picture = std::get_if<PlacedPicture>(&item);
            if (picture != nullptr && picture->shows == "@code") box = picture->box;
        }
        REQUIRE(box.width > 0);
        const auto page = read_picture(render_png(drawing).value()).value();
        const auto dots = [](Micrometres length) { return static_cast<std::size_t>((length * 300 + 12700) / 25400); };
        const auto modules = code.size + 8;
        const auto module = dots(box.width) / modules;
        REQUIRE(module * modules == dots(box.width));
        std::size_t wrong = 0;
        for (std::size_t y = 0; y < code.size; ++y) {
            for (std::size_t x = 0; x < code.size; ++x) {
                for (std::size_t corner = 0; corner < 2; ++corner) {
                    const auto px = dots(box.x) + (x + 4) * module + corner * (module - 1);
                    const auto py = dots(box.y) + (y + 4) * module + corner * (module - 1);
                    const auto grey = page.pixels[py * page.width + px];
                    wrong += grey == (code.at(x, y) ? 0 : 255) ? 0 : 1;
                }
            }
        }
        CHECK(wrong == 0);
    }
}
