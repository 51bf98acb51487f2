#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "base/text.h"

namespace elic {

/// Printable ASCII and the ideographs of the first block, which are nearly all that stands on a license: never refused,
/// and no cause to normalise.
constexpr bool is_plain(char32_t character) noexcept {
    return (character >= 0x20 && character < 0x7F) || (character >= 0x4E00 && character <= 0x9FFF);
}

/// Why this character is refused on a license after `before` (0: at the beginning). Only the Mongolian selectors and
/// the vowel separator look back: they shape the letter before them, and are unseen elsewhere.
std::optional<TextFault> fault_of(char32_t character, char32_t before) noexcept;

/// True for characters that normalisation to NFC never changes, moves or joins: ASCII, ideographs, kana,
/// full-width forms. False says nothing. Saves the normalisation for nearly every text.
bool stays_in_nfc(char32_t character) noexcept;

/// Upper-case hexadecimal, zeros before it up to `width`.
std::string upper_hex(char32_t number, std::size_t width);

/// "U+200B".
std::string code_point_name(char32_t character);

}  // namespace elic
