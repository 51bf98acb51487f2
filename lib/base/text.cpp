#include "base/text.h"

#include <array>
#include <utf8proc.h>

#include "base/character.h"

namespace elic {
namespace {

std::string_view name_of(TextFault fault) {
    switch (fault) {
        case TextFault::invalid_utf8:
            return "no valid UTF-8";
        case TextFault::not_nfc:
            return "not in Unicode's composed form (NFC)";
        case TextFault::control:
            return "a control character";
        case TextFault::bidirectional:
            return "a character that changes the writing direction";
        case TextFault::zero_width:
            return "a zero-width character";
        case TextFault::private_use:
            return "a private-use character";
        case TextFault::unassigned:
            return "an unassigned character";
    }
    return "not allowed";
}

/// The character that holds byte `offset` of a valid text.
TextFinding finding_at(TextFault fault, std::string_view text, std::size_t offset) {
    std::size_t next = 0;
    for (std::size_t count = 0;; ++count) {
        const std::size_t start = next;
        const auto character = next_character(text, next);
        if (!character || next > offset) return {fault, start, count, character.value_or(0)};
    }
}

/// Where valid UTF-8 and its NFC part.
std::optional<std::size_t> first_difference_from_nfc(std::string_view text) {
    const std::string composed = to_nfc(text);
    if (composed == text) return std::nullopt;
    std::size_t offset = 0;
    while (offset < text.size() && offset < composed.size() && text[offset] == composed[offset]) ++offset;
    return offset < text.size() ? offset : text.size() - 1;
}

}  // namespace

std::optional<char32_t> next_character(std::string_view text, std::size_t& offset) {
    if (offset >= text.size()) return std::nullopt;
    const auto first = static_cast<unsigned char>(text[offset]);
    if (first < 0x80) {
        ++offset;
        return first;
    }
    // Nearly all of Chinese: three bytes, of which no first one to here leads to a surrogate or has a shorter form.
    if (first >= 0xE1 && first <= 0xEC && text.size() - offset >= 3) {
        const auto second = static_cast<unsigned char>(text[offset + 1]);
        const auto third = static_cast<unsigned char>(text[offset + 2]);
        if ((second & 0xC0U) != 0x80 || (third & 0xC0U) != 0x80) return std::nullopt;
        offset += 3;
        return static_cast<char32_t>((first & 0x0FU) << 12 | (second & 0x3FU) << 6 | (third & 0x3FU));
    }
    utf8proc_int32_t character = -1;
    const utf8proc_ssize_t size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + offset,
                                                   static_cast<utf8proc_ssize_t>(text.size() - offset), &character);
    if (size <= 0 || character < 0) return std::nullopt;
    offset += static_cast<std::size_t>(size);
    return static_cast<char32_t>(character);
}

void append_character(std::string& text, char32_t character) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const utf8proc_ssize_t size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80 ? 1 : 0;
    return count;
}

std::optional<TextFinding> find_text_fault(std::string_view text) {
    std::optional<TextFinding> found;
    bool surely_nfc = true;
    std::size_t end = 0;
    char32_t previous = 0;
    for (std::size_t count = 0; end < text.size() && !found; ++count) {
        const std::size_t start = end;
        const auto character = next_character(text, end);
        if (character && is_plain(*character)) {
            previous = *character;
            continue;
        }
        if (!character) {
            found = TextFinding{TextFault::invalid_utf8, start, count, 0};
        } else if (const auto fault = fault_of(*character, previous)) {
            found = TextFinding{*fault, start, count, *character};
        }
        if (found) {
            end = start;
        } else {
            surely_nfc = surely_nfc && stays_in_nfc(*character);
            previous = *character;
        }
    }
    if (surely_nfc) return found;
    const auto before = text.substr(0, end);
    const auto difference = first_difference_from_nfc(before);
    return difference ? finding_at(TextFault::not_nfc, before, *difference) : found;
}

std::string describe(const TextFinding& finding) {
    if (finding.fault == TextFault::invalid_utf8) {
        return "byte " + std::to_string(finding.byte_offset + 1) + " begins what is no valid UTF-8";
    }
    return "character " + std::to_string(finding.character_offset + 1) + " is " + code_point_name(finding.character) +
           ", " + std::string(name_of(finding.fault));
}

Status check_text(std::string_view text) {
    if (const auto finding = find_text_fault(text)) return fail(Errc::malformed_text, describe(*finding));
    return {};
}

std::string escape_for_output(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    char32_t previous = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const std::size_t start = offset;
        const auto character = next_character(text, offset);
        if (!character) {
            out += "\\x{" + upper_hex(static_cast<unsigned char>(text[start]), 2) + "}";
            ++offset;
        } else if (*character == U'\\') {
            out += "\\\\";
        } else if (fault_of(*character, previous)) {
            out += "\\u{" + upper_hex(*character, 4) + "}";
        } else {
            out.append(text, start, offset - start);
        }
        previous = character.value_or(0);
    }
    return out;
}

}  // namespace elic
