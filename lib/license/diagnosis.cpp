#include "elic/license/diagnosis.h"

#include <algorithm>

#include "base/text.h"
#include "elic/license/area_code.h"
#include "elic/license/license_type_code.h"
#include "license/characters.h"
#include "license/diagnosis_parts.h"

namespace elic {

namespace {

constexpr std::size_t longest_text = 4096;

/// What was given, written as codes are written, and what was changed for it.
struct Folded {
    std::string text;
    bool respelled = false, lower_case = false;
};

bool is_blank(char32_t c) {
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F ||
           c == 0x3000;
}

/// Stops and dashes of other scripts and input methods: '.', '-'; '\0' for any other character.
char usual_mark(char32_t c) {
    if (c == 0x3002 || c == 0xFF61 || c == 0x2024) return '.';
    return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 ? '-' : '\0';
}

Folded fold(std::string_view given) {
    Folded folded;
    for (std::size_t at = 0; at < given.size();) {
        const std::size_t start = at;
        const auto character = next_character(given, at);
        if (!character) ++at;
        const auto bytes = given.substr(start, at - start);
        if (character && is_blank(*character)) {
            folded.respelled = true;
        } else if (const char mark = character ? usual_mark(*character) : '\0'; mark != '\0') {
            folded.respelled = true;
            folded.text += mark;
        } else {
            const auto narrow = fold_width(bytes);
            folded.respelled = folded.respelled || narrow != bytes;
            folded.text += narrow;
        }
    }
    auto upper = to_upper(folded.text);
    folded.lower_case = upper != folded.text;
    folded.text = std::move(upper);
    return folded;
}

/// 18 characters, one or two of which no code has.
bool damaged_uscc(std::string_view text) {
    const auto usual =
        std::ranges::count_if(text, [](char c) { return digits_and_upper.find(c) != std::string_view::npos; });
    const bool ascii = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
    return text.size() == 18 && ascii && usual >= 16 && usual < 18 && resembles_uscc(text);
}

/// Codes of letters and digits, of a length that another kind may have too: what is right, or a slip away from it.
std::optional<Diagnosis> diagnose_by_length(std::string_view text) {
    if (text.size() == 18) return diagnose_eighteen(text);
    if (text.size() == 21) return diagnose_license_type_code(text);
    if (text.size() == 15 && made_of(text, decimal_digits)) {
        auto d = diagnose_citizen_id(text);
        if (!d.suggestion.empty() || AreaCode::parse(text.substr(0, 6))) return d;
    }
    if (text.size() == 9 && (text.back() == 'X' || made_of(text.substr(8), decimal_digits))) {
        return diagnose_organisation_code(text);
    }
    return std::nullopt;
}

Diagnosis diagnose_folded(std::string_view text) {
    const bool plain = made_of(text, digits_and_upper);
    if (LicenseTypeCode::parse(text)) return *diagnose_license_type_code(text);
    if (auto other = diagnose_other_family(text)) return *other;
    if (auto identifier = diagnose_license_id(text)) return *identifier;
    if (auto code = plain ? diagnose_by_length(text) : std::nullopt) return *code;
    if (damaged_uscc(text)) return diagnose_uscc(text);
    if (plain && text.size() >= 16 && text.size() <= 20) {
        return diagnosis_of(CodeKind::unknown, Rule::length_near, {std::to_string(text.size())});
    }
    return diagnosis_of(CodeKind::unknown, Rule::form_unknown);
}

/// Codes written with something between their groups: "D2143569-X".
Diagnosis diagnose_grouped(const std::string& text) {
    auto d = diagnose_folded(text);
    if (d.kind != CodeKind::unknown || text.find('-') == std::string::npos) return d;
    auto plain = text;
    std::erase(plain, '-');
    auto of_plain = diagnose_folded(plain);
    if (of_plain.kind == CodeKind::unknown) return d;
    if (of_plain.well_formed) of_plain.suggestion = plain;
    of_plain.well_formed = false;
    add_remark(of_plain, Rule::characters_separator);
    return of_plain;
}

}  // namespace

Diagnosis diagnose(std::string_view given) {
    if (given.size() > longest_text) {
        return diagnosis_of(CodeKind::unknown, Rule::length_limit, {std::to_string(longest_text)});
    }
    const auto folded = fold(given);
    auto d = diagnose_grouped(folded.text);
    if (folded.text == given) return d;
    if (d.well_formed) d.suggestion = folded.text;
    d.well_formed = false;
    if (folded.respelled) add_remark(d, Rule::characters_folded);
    if (folded.lower_case && d.kind != CodeKind::unknown) add_remark(d, Rule::characters_lower_case);
    return d;
}

std::string_view name_of(CodeKind kind) noexcept {
    switch (kind) {
        case CodeKind::license_id:
            return "license-identifier";
        case CodeKind::legacy_license_id:
            return "legacy-license-identifier";
        case CodeKind::legal_document_id:
            return "legal-document-identifier";
        case CodeKind::uscc:
            return "uscc";
        case CodeKind::citizen_id:
            return "citizen-number";
        case CodeKind::license_app_code:
            return "license-app-code";
        case CodeKind::authorization_code:
            return "authorization-code";
        case CodeKind::organisation_code:
            return "organisation-code";
        case CodeKind::license_type_code:
            return "license-type-code";
        case CodeKind::unknown:
            break;
    }
    return "unknown";
}

}  // namespace elic
