#include <algorithm>

#include "codec/cbor.h"
#include "codec/cbor_item.h"
#include "elic/base/assert.h"

namespace elic::cbor {
namespace {

void append(Bytes& out, const Value& value);

/// RFC 8949 4.2.1: the shortest form.
void append_head(Bytes& out, Major major, std::uint64_t argument) {
    const auto high = static_cast<std::uint8_t>(static_cast<std::uint8_t>(major) << 5);
    if (argument < one_byte_follows) {
        out.push_back(static_cast<std::uint8_t>(high | argument));
        return;
    }
    const int form = argument <= 0xff ? 0 : argument <= 0xffff ? 1 : argument <= 0xffffffff ? 2 : 3;
    out.push_back(static_cast<std::uint8_t>(high | (one_byte_follows + form)));
    for (int shift = (8 << form) - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<std::uint8_t>(argument >> shift));
}

void append_integer(Bytes& out, std::int64_t number) {
    if (number >= 0) {
        append_head(out, Major::unsigned_integer, static_cast<std::uint64_t>(number));
    } else {
        append_head(out, Major::negative_integer, static_cast<std::uint64_t>(-1 - number));
    }
}

void append_map(Bytes& out, const Map& pairs) {
    append_head(out, Major::map, pairs.size());
    struct Entry {
        Bytes key;
        const Value* content;
    };
    std::vector<Entry> entries;
    entries.reserve(pairs.size());
    for (const auto& [key, content] : pairs) entries.push_back({write(key), &content});
    // RFC 8949 4.2.1: bytewise lexicographic order of the encoded keys.
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.key < b.key; });
    const auto repeated = std::adjacent_find(entries.begin(), entries.end(),
                                             [](const Entry& a, const Entry& b) { return a.key == b.key; });
    ELIC_ASSERT(repeated == entries.end());
    for (const Entry& entry : entries) {
        out.insert(out.end(), entry.key.begin(), entry.key.end());
        append(out, *entry.content);
    }
}

void append(Bytes& out, const Value& value) {
    if (const auto* number = value.integer()) {
        append_integer(out, *number);
    } else if (const auto* bytes = value.bytes()) {
        append_head(out, Major::bytes, bytes->size());
        out.insert(out.end(), bytes->begin(), bytes->end());
    } else if (const auto* text = value.text()) {
        append_head(out, Major::text, text->size());
        out.insert(out.end(), text->begin(), text->end());
    } else if (const auto* items = value.array()) {
        append_head(out, Major::array, items->size());
        for (const Value& item : *items) append(out, item);
    } else if (const auto* pairs = value.map()) {
        append_map(out, *pairs);
    } else {
        out.push_back(null_byte);
    }
}

}  // namespace

Bytes write(const Value& value) {
    Bytes out;
    append(out, value);
    return out;
}

}  // namespace elic::cbor
