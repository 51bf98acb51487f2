#include "face/text_flow.h"

#include <algorithm>
#include <string_view>

namespace elic {

namespace {

constexpr Micrometres size_step = 100;
constexpr int one_line_percent = 80;  // of the size: rather that much smaller than broken
constexpr int ascent_percent = 86;    // of the em box, in which Chinese characters stand

bool is_one_of(char32_t c, std::u32string_view set) { return set.find(c) != std::u32string_view::npos; }

bool is_word(char32_t c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || is_one_of(c, U".-_@/:%+");
}

/// Whether a line may end before text[i]: no closing mark begins a line, no opening one ends it, numbers and words
/// stay whole.
bool may_break(std::span<const ShapedCharacter> text, std::size_t i) {
    const char32_t before = text[i - 1].character, after = text[i].character;
    if (is_one_of(after, U"，。、；：！？）》〉」』】〕”’…—·,.;:!?)]}%℃")) return false;
    if (is_one_of(before, U"（《〈「『【〔“‘([{")) return false;
    return !(is_word(before) && is_word(after));
}

std::vector<TextFlow::Line> break_lines(const Fonts::Impl& fonts, std::span<const ShapedCharacter> text,
                                        Micrometres size, Micrometres width) {
    std::vector<TextFlow::Line> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        std::size_t end = begin;
        Micrometres used = 0;
        while (end < text.size()) {
            const auto next = fonts.advance(text[end], size);
            if (end > begin && used + next > width) break;
            used += next;
            ++end;
        }
        // Back to where a line may end, but not over half of it: then a word is longer than any line.
        if (end < text.size()) {
            auto at = end;
            while (at > begin + (end - begin) / 2 && !may_break(text, at)) --at;
            if (at > begin + (end - begin) / 2) end = at;
        }
        used = 0;
        for (auto i = begin; i < end; ++i) used += fonts.advance(text[i], size);
        lines.push_back({.begin = begin, .end = end, .width = used});
        begin = end;
    }
    return lines;
}

std::size_t lines_of(Micrometres height, Micrometres size) {
    if (height <= size) return 1;
    return static_cast<std::size_t>(1 + (height - size) / leading_of(size));
}

bool fits(const std::vector<TextFlow::Line>& lines, const TextLook& look, Micrometres size) {
    if (size > look.box.height && size > look.least) return false;
    const bool narrow = std::all_of(lines.begin(), lines.end(),
                                    [&](const TextFlow::Line& line) { return line.width <= look.box.width; });
    return narrow && lines.size() <= lines_of(look.box.height, size);
}

}  // namespace

Micrometres leading_of(Micrometres size) noexcept { return size + size * 35 / 100; }

TextFlow flow_text(const Fonts::Impl& fonts, std::span<const ShapedCharacter> text, const TextLook& look) {
    TextFlow flow{.size = look.size, .lines = {}, .taken = text.size()};
    const auto narrowest = std::max(look.least, look.size * one_line_percent / 100);
    for (; flow.size >= narrowest; flow.size -= size_step) {
        flow.lines = break_lines(fonts, text, flow.size, look.box.width);
        if (flow.lines.size() <= 1 && fits(flow.lines, look, flow.size)) return flow;
    }
    flow.size = look.size;
    for (;; flow.size = std::max(look.least, flow.size - size_step)) {
        flow.lines = break_lines(fonts, text, flow.size, look.box.width);
        if (fits(flow.lines, look, flow.size)) return flow;
        if (flow.size <= look.least) break;
    }
    const auto room = lines_of(look.box.height, flow.size);
    if (flow.lines.size() > room) flow.lines.resize(room);
    flow.taken = flow.lines.empty() ? 0 : flow.lines.back().end;
    return flow;
}

void place_text(FaceBuilder& builder, FaceBuilder::Items& items, std::span<const ShapedCharacter> text,
                const TextFlow& flow, const TextLook& look, const std::string& shows) {
    const auto leading = leading_of(flow.size);
    const auto count = static_cast<Micrometres>(flow.lines.size());
    const auto height = flow.size + leading * std::max<Micrometres>(count - 1, 0);
    Micrometres top = look.box.y;
    if (look.vertical == VerticalAlign::middle) top += (look.box.height - height) / 2;
    if (look.vertical == VerticalAlign::bottom) top += look.box.height - height;
    for (const auto& line : flow.lines) {
        const auto characters = text.subspan(line.begin, line.end - line.begin);
        const auto spare = look.box.width - line.width;
        FaceBuilder::LineLook at{.baseline = {look.box.x, top + flow.size * ascent_percent / 100},
                                 .size = flow.size,
                                 .colour = look.colour,
                                 .shows = shows};
        if (look.align == Align::centre) at.baseline.x += spare / 2;
        if (look.align == Align::right) at.baseline.x += spare;
        if (look.align == Align::justify && characters.size() > 1 && spare > 0)
            at.gap = spare / static_cast<Micrometres>(characters.size() - 1);
        builder.add_line(items, characters, at);
        top += leading;
    }
}

}  // namespace elic
