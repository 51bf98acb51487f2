#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

#include "base/character.h"
#include "base/radical_forms.h"
#include "base/text.h"
#include "elic/base/assert.h"

namespace elic {
namespace {

std::string normalise(std::string_view text, int options) {
    utf8proc_uint8_t* made = nullptr;
    const utf8proc_ssize_t size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()),
                     &made, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(made, &std::free);
    ELIC_ASSERT(size >= 0);
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

bool between(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

/// Characters with a compatibility decomposition that are the usual form on Chinese documents.
bool usual_as_it_is(char32_t c) {
    return between(c, 0x3000, 0x303F) ||                                // ideographic punctuation and space
           between(c, 0xFF01, 0xFF0F) || between(c, 0xFF1A, 0xFF20) ||  // full-width punctuation
           between(c, 0xFF3B, 0xFF40) || between(c, 0xFF5B, 0xFF65) ||  //
           between(c, 0xFFE0, 0xFFE6) ||                                // full-width currency signs
           between(c, 0x2025, 0x2026) || between(c, 0x2033, 0x2037) ||  // ellipsis; seconds of arc
           between(c, 0x2160, 0x217F) || c == 0x2103 || c == 0x2109 ||  // Roman numerals, degrees
           c == 0x2116 || between(c, 0x2474, 0x24B5) ||                 // numero sign, (1), 1., (a)
           between(c, 0x3131, 0x318E) ||                                // Hangul letters
           between(c, 0x3200, 0x3243) || between(c, 0x32C0, 0x32CB) ||  // (one), months
           between(c, 0x3358, 0x3370) || between(c, 0x33E0, 0x33FE);    // hours, days
}

/// Decompositions of these kinds are drawn otherwise than their parts (superscripts, fractions, enclosed and
/// squared characters): nobody takes one for the other.
bool drawn_otherwise(char32_t c) {
    switch (utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->decomp_type) {
        case UTF8PROC_DECOMP_TYPE_CIRCLE:
        case UTF8PROC_DECOMP_TYPE_SUPER:
        case UTF8PROC_DECOMP_TYPE_SUB:
        case UTF8PROC_DECOMP_TYPE_SQUARE:
        case UTF8PROC_DECOMP_TYPE_FRACTION:
            return true;
        default:
            return false;
    }
}

/// The usual form of a character; empty when it is usual itself.
std::string usual_form(char32_t c) {
    if (c < 0x80 || between(c, 0x4E00, 0x9FFF) || usual_as_it_is(c) || drawn_otherwise(c)) return {};
    std::string usual;
    const auto* radical =
        std::lower_bound(std::begin(radical_forms), std::end(radical_forms), c,
                         [](const RadicalForm& form, char32_t sought) { return form.radical < sought; });
    if (radical != std::end(radical_forms) && radical->radical == c) {
        append_character(usual, radical->ideograph);
        return usual;
    }
    std::string itself;
    append_character(itself, c);
    usual = normalise(itself, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    return usual == itself ? std::string() : usual;
}

struct Fold {
    char32_t from;
    char folded;
};

// Brackets of the two kinds: full-width, small, vertical; tortoise shell, lenticular, white.
constexpr Fold bracket_folds[] = {
    {U'（', '('}, {U'）', ')'}, {U'⦅', '('},  {U'⦆', ')'},  {U'｟', '('}, {U'｠', ')'}, {U'﹙', '('}, {U'﹚', ')'},
    {U'︵', '('}, {U'︶', ')'}, {U'〔', '['}, {U'〕', ']'}, {U'【', '['}, {U'】', ']'}, {U'〖', '['}, {U'〗', ']'},
    {U'〘', '['}, {U'〙', ']'}, {U'〚', '['}, {U'〛', ']'}, {U'﹝', '['}, {U'﹞', ']'}, {U'︹', '['}, {U'︺', ']'},
    {U'︻', '['}, {U'︼', ']'}, {U'︗', '['}, {U'︘', ']'}, {U'﹇', '['}, {U'﹈', ']'},
};

std::optional<char> folded(char32_t c) {
    if (c < 0x80) return std::nullopt;
    if (c == 0x3000) return ' ';
    for (const Fold& fold : bracket_folds) {
        if (fold.from == c) return fold.folded;
    }
    if (between(c, 0xFF01, 0xFF5E)) return static_cast<char>(c - 0xFEE0);
    return std::nullopt;
}

}  // namespace

std::string to_nfc(std::string_view text) {
    for (std::size_t offset = 0; offset < text.size();) {
        const auto character = next_character(text, offset);
        ELIC_ASSERT(character.has_value());
        if (!stays_in_nfc(*character)) return normalise(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    }
    return std::string(text);
}

std::vector<LookAlike> find_look_alikes(std::string_view text) {
    std::vector<LookAlike> found;
    std::size_t offset = 0;
    for (std::size_t count = 0; offset < text.size(); ++count) {
        const auto character = next_character(text, offset);
        if (!character) {
            ++offset;  // no character: find_text_fault's matter
            continue;
        }
        if (auto usual = usual_form(*character); !usual.empty()) {
            found.push_back({count, *character, std::move(usual)});
        }
    }
    return found;
}

std::string fold_width(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const auto character = next_character(text, offset);
        if (!character) ++offset;  // kept as it is
        if (const auto narrow = character ? folded(*character) : std::nullopt) {
            out.push_back(*narrow);
        } else {
            out.append(text, start, offset - start);
        }
    }
    return out;
}

}  // namespace elic
