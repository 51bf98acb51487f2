#include "base/character.h"

#include <cstdint>
#include <string_view>
#include <utf8proc.h>

namespace elic {
namespace {

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t count>
constexpr bool in_any(const Range (&ranges)[count], char32_t c) noexcept {
    for (const Range& range : ranges) {
        if (c >= range.first && c <= range.last) return true;
    }
    return false;
}

// Unicode Standard Annex 9: marks, embeddings, overrides, isolates.
constexpr Range bidirectional[] = {{0x061C, 0x061C}, {0x200E, 0x200F}, {0x202A, 0x202E}, {0x2066, 0x2069}};

// Format characters (Cf) that are seen: Arabic, Syriac and Kaithi number signs.
constexpr Range visible_format[] = {{0x0600, 0x0605}, {0x06DD, 0x06DD},   {0x070F, 0x070F},  {0x0890, 0x0891},
                                    {0x08E2, 0x08E2}, {0x110BD, 0x110BD}, {0x110CD, 0x110CD}};

// Characters that are not seen but are no format characters: joiner, fillers, variation selectors (Unicode
// property Default_Ignorable_Code_Point), and the Braille pattern without a dot.
constexpr Range unseen[] = {{0x034F, 0x034F}, {0x115F, 0x1160}, {0x17B4, 0x17B5}, {0x2065, 0x2065},  {0x2800, 0x2800},
                            {0x3164, 0x3164}, {0xFE00, 0xFE0F}, {0xFFA0, 0xFFA0}, {0xE0100, 0xE01EF}};

// Mongolian stands on licenses of Inner Mongolia: free variation selectors and the vowel separator set the shape of the
// letter before them.
constexpr Range mongolian_shapers[] = {{0x180B, 0x180F}};
constexpr Range mongolian_letters[] = {{0x1820, 0x1878}, {0x1880, 0x18AA}};

// CJK Unified Ideographs Extension I (Unicode 15.1), made for names in GB 18030-2022; utf8proc 2.8 knows
// Unicode 15.0 only.
constexpr Range newer_ideographs[] = {{0x2EBF0, 0x2EE5D}};

constexpr Range nfc_always[] = {{0x0000, 0x02FF}, {0x2010, 0x2027}, {0x2E80, 0x3029},   {0x3030, 0x3098},
                                {0x309B, 0xA4CF}, {0xFF00, 0xFFEF}, {0x20000, 0x2F7FF}, {0x30000, 0x323AF}};

}  // namespace

std::optional<TextFault> fault_of(char32_t character, char32_t before) noexcept {
    if (is_plain(character)) return std::nullopt;
    if (in_any(bidirectional, character)) return TextFault::bidirectional;
    if (in_any(unseen, character)) return TextFault::zero_width;
    if (in_any(mongolian_shapers, character)) {
        return in_any(mongolian_letters, before) ? std::nullopt : std::optional(TextFault::zero_width);
    }
    if (in_any(newer_ideographs, character)) return std::nullopt;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(character))) {
        case UTF8PROC_CATEGORY_CC:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return TextFault::control;
        case UTF8PROC_CATEGORY_CF:
            if (in_any(visible_format, character)) return std::nullopt;
            return TextFault::zero_width;
        case UTF8PROC_CATEGORY_CO:
            return TextFault::private_use;
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CN:
            return TextFault::unassigned;
        default:
            return std::nullopt;
    }
}

bool stays_in_nfc(char32_t character) noexcept { return is_plain(character) || in_any(nfc_always, character); }

std::string upper_hex(char32_t number, std::size_t width) {
    constexpr std::string_view letters = "0123456789ABCDEF";
    std::string text;
    for (auto rest = static_cast<std::uint32_t>(number); rest != 0; rest >>= 4) text.insert(0, 1, letters[rest & 15]);
    if (text.size() < width) text.insert(0, width - text.size(), '0');
    return text;
}

std::string code_point_name(char32_t character) { return "U+" + upper_hex(character, 4); }

}  // namespace elic
