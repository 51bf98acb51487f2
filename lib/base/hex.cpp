#include "base/hex.h"

#include <array>

namespace elic {
namespace {

constexpr std::string_view hex_letters = "0123456789abcdef";
constexpr std::string_view base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::uint8_t no_letter = 0xff;

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::array<std::uint8_t, 256> base64_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(no_letter);
    for (std::size_t i = 0; i < base64_letters.size(); ++i) {
        values[static_cast<std::uint8_t>(base64_letters[i])] = static_cast<std::uint8_t>(i);
    }
    return values;
}();

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

std::string to_base64(BytesView bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = bytes.size() - i < 3 ? bytes.size() - i : 3;
        const unsigned second = count > 1 ? bytes[i + 1] : 0;
        const unsigned third = count > 2 ? bytes[i + 2] : 0;
        const unsigned group = static_cast<unsigned>(bytes[i]) << 16 | second << 8 | third;
        text.push_back(base64_letters[group >> 18]);
        text.push_back(base64_letters[group >> 12 & 63]);
        text.push_back(count > 1 ? base64_letters[group >> 6 & 63] : '=');
        text.push_back(count > 2 ? base64_letters[group & 63] : '=');
    }
    return text;
}

Result<Bytes> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) {
        return malformed(text.size(), "the length of base64 text is a multiple of 4, padding with = included");
    }
    Bytes bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool last = i + 4 == text.size();
        const std::size_t padding = !last || text[i + 3] != '=' ? 0 : text[i + 2] != '=' ? 1 : 2;
        unsigned group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const std::uint8_t value = k >= 4 - padding ? 0 : base64_values[static_cast<std::uint8_t>(text[i + k])];
            if (value == no_letter) return malformed(i + k, "a base64 letter is expected");
            group = group << 6 | value;
        }
        // RFC 4648 3.5: bits that carry nothing are zero, else one value would have several texts.
        if ((padding == 1 && (group & 0xff) != 0) || (padding == 2 && (group & 0xffff) != 0)) {
            return malformed(i + 3 - padding, "the unused bits of the last base64 letter are not zero");
        }
        bytes.push_back(static_cast<std::uint8_t>(group >> 16));
        if (padding < 2) bytes.push_back(static_cast<std::uint8_t>(group >> 8));
        if (padding < 1) bytes.push_back(static_cast<std::uint8_t>(group));
    }
    return bytes;
}

}  // namespace elic
