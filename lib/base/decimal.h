#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace elic {

/// At most nine ASCII digits and nothing else.
std::optional<int> read_decimal(std::string_view digits);

/// A number that is not negative, zeros before it up to `width` digits.
std::string decimal(std::int64_t number, std::size_t width);

/// 'text' for an error message: escaped, and cut after some sixty characters.
std::string quote_for_error(std::string_view text);

}  // namespace elic
