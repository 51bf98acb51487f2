#pragma once

#include <string>
#include <string_view>

namespace elic {

constexpr std::string_view decimal_digits = "0123456789";
constexpr std::string_view digits_and_upper = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// True when `text` is not empty and has no character outside `alphabet`.
constexpr bool made_of(std::string_view text, std::string_view alphabet) noexcept {
    return !text.empty() && text.find_first_not_of(alphabet) == std::string_view::npos;
}

/// ASCII letters to upper case; every other byte as it is.
inline std::string to_upper(std::string_view text) {
    std::string upper(text);
    for (auto& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return upper;
}

/// An offset as people count: from 1.
inline std::string position(std::size_t offset) { return std::to_string(offset + 1); }

}  // namespace elic
