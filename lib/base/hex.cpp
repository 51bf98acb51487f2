#include "base/hex.h"

namespace elic {
namespace {

constexpr std::string_view hex_letters = "0123456789abcdef";

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

tl::unexpected<Error> malformed(std::size_t offset, const std::string& what) {
    return fail(Errc::malformed_text, "offset " + std::to_string(offset) + ": " + what);
}

}  // namespace

std::string to_hex(BytesView bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        text.push_back(hex_letters[byte >> 4]);
        text.push_back(hex_letters[byte & 15]);
    }
    return text;
}

Result<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    int high = -1;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int value = hex_value(text[i]);
        if (value < 0) return malformed(i, "a hexadecimal digit is expected");
        if (high < 0) {
            high = value;
        } else {
            bytes.push_back(static_cast<std::uint8_t>(high * 16 + value));
            high = -1;
        }
    }
    if (high >= 0) return malformed(text.size(), "the number of hexadecimal digits is odd");
    return bytes;
}

}  // namespace elic
