#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "elic/base/result.h"

namespace elic {

/// Why a character may not stand on a license.
enum class TextFault { invalid_utf8, not_nfc, control, bidirectional, zero_width, private_use, unassigned };

struct TextFinding {
    TextFault fault;
    std::size_t byte_offset;       ///< in the UTF-8 text
    std::size_t character_offset;  ///< counted from 0
    char32_t character;            ///< 0 where the bytes are no character
};

/// The first thing in `text` that is refused on a license: bytes that are no UTF-8, a text that is not
/// NFC, control (line breaks included), bidirectional, zero-width, private-use or unassigned characters.
std::optional<TextFinding> find_text_fault(std::string_view text);

/// "character 3 is U+200B, a zero-width character".
std::string describe(const TextFinding& finding);

/// Status form of find_text_fault. Errors: malformed_text.
Status check_text(std::string_view text);

/// Characters that look like another, more usual one (compatibility and radical forms: U+2F00 for
/// U+4E00, full-width Latin letters). Allowed, but warned of at issue. Each with its usual form.
struct LookAlike {
    std::size_t character_offset;
    char32_t character;
    std::string usual;  ///< UTF-8
};
std::vector<LookAlike> find_look_alikes(std::string_view text);

/// Full-width ASCII (U+FF01..FF5E) to ASCII, ideographic space to space, brackets of the kinds
/// ( ) and [ ] in every width and shape (（ ） 〔 〕 【 】 ［ ］) to ( ) and [ ] resp.: for comparing, never for
/// showing.
std::string fold_width(std::string_view text);

/// `text` fit for one line of output: invalid bytes and every character that find_text_fault refuses
/// are written as \u{HEX} or \x{HEX}; the backslash itself as \\.
std::string escape_for_output(std::string_view text);

/// Number of characters. `text` must be valid UTF-8.
std::size_t count_characters(std::string_view text);

/// Decodes one character at `offset` (advances it). nullopt for invalid UTF-8 (offset unchanged).
std::optional<char32_t> next_character(std::string_view text, std::size_t& offset);

/// Appends a character in UTF-8.
void append_character(std::string& text, char32_t character);

/// NFC of a valid UTF-8 text.
std::string to_nfc(std::string_view text);

}  // namespace elic
