#pragma once

#include <span>
#include <vector>

#include "elic/face/layout.h"
#include "face/face_builder.h"

namespace elic {

/// A text broken into lines of a box.
struct TextFlow {
    struct Line {
        std::size_t begin = 0, end = 0;
        Micrometres width = 0;
    };
    Micrometres size = 0;
    std::vector<Line> lines;
    std::size_t taken = 0;  ///< characters in the lines; fewer than there are when even the least size is too large
};

/// The largest size from look.size down to look.least at which the text fits its box; at the least size as many lines
/// as the box has room for.
TextFlow flow_text(const Fonts::Impl& fonts, std::span<const ShapedCharacter> text, const TextLook& look);

/// Distance of two baselines.
Micrometres leading_of(Micrometres size) noexcept;

/// Puts the lines into the box.
void place_text(FaceBuilder& builder, FaceBuilder::Items& items, std::span<const ShapedCharacter> text,
                const TextFlow& flow, const TextLook& look, const std::string& shows);

}  // namespace elic
