#include "face/face_builder.h"

#include <algorithm>

#include "base/text.h"
#include "elic/base/assert.h"

namespace elic {

namespace {

bool beyond_basic_plane(const ShapedCharacter& c) { return c.character > 0xffff; }

}  // namespace

std::size_t FaceBuilder::font_of(const ShapedCharacter& character) {
    auto found = std::find(used_.begin(), used_.end(), character.font);
    if (found == used_.end()) {
        used_.push_back(character.font);
        characters_.emplace_back();
        found = used_.end() - 1;
    }
    const auto index = static_cast<std::size_t>(found - used_.begin());
    characters_[index][character.character] = character.glyph;
    return index;
}

void FaceBuilder::add_line(Items& items, std::span<const ShapedCharacter> line, const LineLook& look) {
    Micrometres x = look.baseline.x;
    for (std::size_t i = 0; i < line.size();) {
        GlyphRun run{.font = font_of(line[i]),
                     .size = look.size,
                     .baseline = {x, look.baseline.y},
                     .glyphs = {},
                     .advances = {},
                     .text = {},
                     .shows = look.shows,
                     .colour = look.colour};
        const auto& first = line[i];
        // What lies beyond the basic plane stands in a run of its own, one character each: readers that count UTF-16
        // units would give every later character the wrong place.
        do {
            font_of(line[i]);
            run.glyphs.push_back(line[i].glyph);
            run.advances.push_back(fonts_.advance(line[i], look.size) + look.gap);
            append_character(run.text, line[i].character);
            x += run.advances.back();
            ++i;
        } while (i < line.size() && line[i].font == first.font && !beyond_basic_plane(first) &&
                 !beyond_basic_plane(line[i]));
        items.emplace_back(std::move(run));
    }
}

std::size_t FaceBuilder::add_shape(Shape shape) {
    drawing_.shapes.push_back(std::move(shape));
    return drawing_.shapes.size() - 1;
}

std::size_t FaceBuilder::add_picture(DrawnPicture picture) {
    drawing_.pictures.push_back(std::move(picture));
    return drawing_.pictures.size() - 1;
}

Status FaceBuilder::finish() {
    std::vector<std::map<std::uint32_t, std::uint32_t>> glyphs;
    for (std::size_t i = 0; i < used_.size(); ++i) {
        auto& file = *fonts_.files[used_[i]];
        auto subset = file.cut(characters_[i]);
        if (!subset) return tl::unexpected(subset.error());
        drawing_.fonts.push_back({.name = file.name(),
                                  .source = file.source(),
                                  .digest = file.digest(),
                                  .subset = std::move(subset->bytes)});
        glyphs.push_back(std::move(subset->glyphs));
    }
    for (auto& page : drawing_.pages) {
        for (auto* items : {&page.ground, &page.items}) {
            for (auto& item : *items) {
                auto* run = std::get_if<GlyphRun>(&item);
                if (run == nullptr) continue;
                for (auto& glyph : run->glyphs) glyph = glyphs[run->font].at(glyph);
            }
        }
    }
    return {};
}

}  // namespace elic
