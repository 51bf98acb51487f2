#include "verify/detail.h"

#include "base/text.h"

namespace elic {

namespace {

constexpr std::size_t longest_detail = 400;  ///< bytes: a line or two of a window's screen

}  // namespace

std::string detail_of(std::string_view text) {
    // Escaping never shortens a text.
    auto escaped = escape_for_output(text.substr(0, 2 * longest_detail));
    if (escaped.size() <= longest_detail) return escaped;
    std::size_t end = longest_detail;
    while (end > 0 && (static_cast<unsigned char>(escaped[end]) & 0xC0) == 0x80) --end;  // not inside a character
    return escaped.substr(0, end) + "...";
}

}  // namespace elic
