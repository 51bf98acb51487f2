#include "codec/csv_text.h"

#include <algorithm>
#include <cerrno>
#include <iconv.h>

namespace elic {

namespace {

const iconv_t none = reinterpret_cast<iconv_t>(-1);

/// Bytes of the character that begins here; 0: none does. A character cut by the end counts as whole when `cut`.
std::size_t utf8_length(std::string_view bytes, bool cut) {
    const auto lead = static_cast<unsigned char>(bytes[0]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    for (std::size_t i = 1; i < length; ++i) {
        if (i == bytes.size()) return cut ? bytes.size() : 0;
        const auto next = static_cast<unsigned char>(bytes[i]);
        if ((next & 0xC0) != 0x80) return 0;
        if (i > 1) continue;
        // Overlong forms, surrogates, and beyond U+10FFFF.
        if ((lead == 0xE0 && next < 0xA0) || (lead == 0xED && next > 0x9F) || (lead == 0xF0 && next < 0x90) ||
            (lead == 0xF4 && next > 0x8F)) {
            return 0;
        }
    }
    return length;
}

}  // namespace

bool is_ascii(std::string_view bytes) noexcept {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

CsvText::CsvText() : converter_(iconv_open("UTF-8", "GB18030")) {}

CsvText::~CsvText() {
    if (converter_ != none) iconv_close(converter_);
}

std::optional<std::string> CsvText::decode(std::string_view bytes, CsvEncoding encoding) {
    if (is_ascii(bytes)) return std::string(bytes);
    if (encoding == CsvEncoding::utf8) {
        for (std::size_t at = 0; at < bytes.size();) {
            const auto length = utf8_length(bytes.substr(at), false);
            if (length == 0) return {};
            at += length;
        }
        return std::string(bytes);
    }
    if (converter_ == none) return {};
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    std::string text(bytes.size() * 2, '\0');  // two bytes become three, four become four
    char* in = const_cast<char*>(bytes.data());
    char* out = text.data();
    std::size_t in_left = bytes.size();
    std::size_t out_left = text.size();
    if (iconv(converter_, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) return {};
    text.resize(text.size() - out_left);
    return text;
}

CsvGuess CsvText::guess(std::string_view bytes, bool cut) {
    bool utf8 = true;
    bool chinese = false;
    for (std::size_t at = 0; at < bytes.size() && utf8;) {
        const auto length = utf8_length(bytes.substr(at), cut);
        utf8 = length > 0;
        chinese = chinese || length >= 3;
        at += length;
    }
    if (utf8 && chinese) return {.utf8 = true, .gb18030 = false};
    // A character of GB18030 has at most 4 bytes: what is cut at the end is passed over.
    bool fits = false;
    const std::size_t most = std::min<std::size_t>(cut ? 3 : 0, bytes.size());
    for (std::size_t n = 0; n <= most && !fits; ++n) {
        fits = decode(bytes.substr(0, bytes.size() - n), CsvEncoding::gb18030).has_value();
    }
    return {.utf8 = utf8, .gb18030 = fits};
}

}  // namespace elic
