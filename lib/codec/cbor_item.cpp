#include "codec/cbor_item.h"

#include "base/text.h"

namespace elic::cbor {

const char* read_head(BytesView bytes, std::size_t& at, std::uint64_t& argument) noexcept {
    const std::uint8_t additional = bytes[at] & 0x1f;
    if (additional < one_byte_follows) {
        argument = additional;
        ++at;
        return nullptr;
    }
    if (additional == indefinite) return "an indefinite length is not allowed";
    if (additional > eight_bytes_follow) return "a reserved length form";
    const std::size_t size = std::size_t{1} << (additional - one_byte_follows);
    if (bytes.size() - at - 1 < size) return "the head of a value is cut off";
    argument = 0;
    for (std::size_t i = 1; i <= size; ++i) argument = argument << 8 | bytes[at + i];
    const bool shortest = size == 1 ? argument >= one_byte_follows : (argument >> (size * 4)) != 0;
    if (!shortest) return "a number is not in its shortest form";
    at += 1 + size;
    return nullptr;
}

bool is_utf8(std::string_view text) noexcept {
    for (std::size_t offset = 0; offset < text.size();) {
        if (static_cast<unsigned char>(text[offset]) < 0x80) {
            ++offset;
        } else if (!next_character(text, offset)) {
            return false;
        }
    }
    return true;
}

}  // namespace elic::cbor
