#include "base/decimal.h"

#include "base/text.h"

namespace elic {

std::optional<int> read_decimal(std::string_view digits) {
    constexpr std::size_t most_digits = 9;  // always fits in an int
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    int number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

std::string decimal(std::int64_t number, std::size_t width) {
    std::string digits = std::to_string(number);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return digits;
}

std::string quote_for_error(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::size_t end = 0;
    for (std::size_t shown = 0; shown < longest && end < text.size(); ++shown) {
        if (!next_character(text, end)) ++end;
    }
    return "'" + escape_for_output(text.substr(0, end)) + (end < text.size() ? "..." : "") + "'";
}

}  // namespace elic
