#include "trust/format_name.h"

namespace elic {

namespace {

struct FormatName {
    std::string_view words;   ///< with the space before the number
    std::string_view number;  ///< decimal, no zeros before it; empty when there is none
};

FormatName split(std::string_view text) {
    const auto space = text.rfind(' ');
    if (space == std::string_view::npos) return {.words = text, .number = {}};
    FormatName name{.words = text.substr(0, space + 1), .number = text.substr(space + 1)};
    const bool decimal = name.number.find_first_not_of("0123456789") == std::string_view::npos;
    const bool shortest = name.number.size() == 1 || !name.number.starts_with('0');
    if (!decimal || !shortest) name.number = {};
    return name;
}

}  // namespace

std::optional<std::string_view> format_said_by(BytesView file) noexcept {
    constexpr std::uint8_t array_head = 0x80, text_head = 0x60, longest_short = 23;
    if (file.size() < 2 || file[0] < array_head || file[0] > array_head + longest_short) return {};
    if (file[1] < text_head || file[1] > text_head + longest_short) return {};
    const auto size = static_cast<std::size_t>(file[1] - text_head);
    if (file.size() < 2 + size) return {};
    return as_text(file.subspan(2, size));
}

FormatMatch match_format(std::string_view said, std::string_view ours) noexcept {
    if (said == ours) return FormatMatch::same;
    const auto a = split(said);
    const auto b = split(ours);
    if (a.words != b.words || a.number.empty()) return FormatMatch::other;
    // Numbers without zeros before them: the longer is the larger, equal lengths compare as texts.
    if (a.number.size() != b.number.size())
        return a.number.size() > b.number.size() ? FormatMatch::newer : FormatMatch::older;
    return a.number > b.number ? FormatMatch::newer : FormatMatch::older;
}

}  // namespace elic
