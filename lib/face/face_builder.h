#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "elic/base/drawing.h"
#include "face/font_file.h"

namespace elic {

/// Collects what is drawn: texts keep the glyphs of the whole fonts until `finish` cuts the subsets.
class FaceBuilder {
public:
    using Items = std::vector<DrawnItem>;

    FaceBuilder(Fonts::Impl& fonts, Drawing& drawing) : fonts_(fonts), drawing_(drawing) {}

    /// Where a line stands and what it is.
    struct LineLook {
        Point baseline;
        Micrometres size = 0;
        Colour colour;
        std::string shows = {};
        Micrometres gap = 0;  ///< between characters, besides their advances
    };
    /// One line of text; in as many runs as it needs fonts.
    void add_line(Items& items, std::span<const ShapedCharacter> line, const LineLook& look);

    std::size_t add_shape(Shape shape);
    std::size_t add_picture(DrawnPicture picture);

    /// Cuts the fonts to what was used and renumbers the glyphs. Errors: bad_argument.
    Status finish();

private:
    std::size_t font_of(const ShapedCharacter& character);

    Fonts::Impl& fonts_;
    Drawing& drawing_;
    std::vector<std::size_t> used_;  ///< positions in Fonts, in the order of first use
    std::vector<std::map<char32_t, std::uint32_t>> characters_;
};

}  // namespace elic
