#include <algorithm>
#include <cstdio>
#include <vector>

#include "codec/der.h"
#include "elic/base/assert.h"
#include "elic/base/date.h"

namespace elic::der {

namespace {

void append(Bytes& to, BytesView bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

void append_arc(Bytes& to, std::uint64_t arc) {
    int groups = 1;
    while (arc >> (7 * groups) != 0) ++groups;
    for (int group = groups - 1; group >= 0; --group) {
        const auto bits = static_cast<std::uint8_t>(arc >> (7 * group) & 0x7f);
        to.push_back(group == 0 ? bits : static_cast<std::uint8_t>(bits | 0x80));
    }
}

/// "YYYYMMDDHHMMSSZ" in UTC.
std::string digits_of(Timestamp at) {
    constexpr int eight_hours = 8 * 3600;
    // day() is the civil day in +08:00: the instant eight hours earlier has its UTC date there.
    const auto shifted = Timestamp::from_unix(at.unix_seconds() - eight_hours);
    ELIC_ASSERT(shifted.has_value());
    const std::string iso = shifted->format();  // 2026-11-26T13:50:25+08:00
    std::string digits;
    for (const char c : iso.substr(0, 19)) {
        if (c >= '0' && c <= '9') digits += c;
    }
    return digits + "Z";
}

}  // namespace

Bytes write(std::uint8_t tag, BytesView content) {
    ELIC_ASSERT(content.size() <= max_bytes);
    Bytes whole = {tag};
    const std::size_t size = content.size();
    if (size < 0x80) {
        whole.push_back(static_cast<std::uint8_t>(size));
    } else {
        const int octets = size < 0x100 ? 1 : size < 0x10000 ? 2 : 3;
        whole.push_back(static_cast<std::uint8_t>(0x80 | octets));
        for (int i = octets - 1; i >= 0; --i) whole.push_back(static_cast<std::uint8_t>(size >> (8 * i)));
    }
    append(whole, content);
    return whole;
}

Bytes write_sequence(std::initializer_list<BytesView> members) {
    Bytes content;
    for (const auto member : members) append(content, member);
    return write(sequence, content);
}

Bytes write_sequence(std::span<const Bytes> members) {
    Bytes content;
    for (const auto& member : members) append(content, member);
    return write(sequence, content);
}

Bytes write_set(std::span<const Bytes> members, std::uint8_t tag) {
    std::vector<Bytes> sorted(members.begin(), members.end());
    std::sort(sorted.begin(), sorted.end());
    Bytes content;
    for (const auto& member : sorted) append(content, member);
    return write(tag, content);
}

Bytes write_integer(std::int64_t number) {
    Bytes octets;
    for (int i = 7; i >= 0; --i)
        octets.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * i)));
    const auto redundant = [&] {
        return octets.size() > 1 &&
               ((octets[0] == 0x00 && octets[1] < 0x80) || (octets[0] == 0xff && octets[1] >= 0x80));
    };
    while (redundant()) octets.erase(octets.begin());
    return write(integer, octets);
}

Bytes write_object_identifier(std::string_view dotted) {
    std::vector<std::uint64_t> arcs(1);
    for (const char c : dotted) {
        ELIC_ASSERT(c == '.' || (c >= '0' && c <= '9'));
        if (c == '.') {
            arcs.push_back(0);
        } else {
            arcs.back() = arcs.back() * 10 + static_cast<std::uint64_t>(c - '0');
        }
    }
    ELIC_ASSERT(arcs.size() >= 2 && arcs[0] <= 2);
    Bytes content;
    append_arc(content, arcs[0] * 40 + arcs[1]);
    for (std::size_t i = 2; i < arcs.size(); ++i) append_arc(content, arcs[i]);
    return write(object_identifier, content);
}

Bytes write_octet_string(BytesView octets) { return write(octet_string, octets); }

Bytes write_bit_string(BytesView octets) {
    Bytes content = {0};
    append(content, octets);
    return write(bit_string, content);
}

Bytes write_text(std::uint8_t tag, std::string_view text) { return write(tag, as_bytes(text)); }

Bytes write_generalized_time(Timestamp at) { return write(generalized_time, as_bytes(digits_of(at))); }

Bytes write_utc_time(Timestamp at) {
    const std::string digits = digits_of(at);
    ELIC_ASSERT(digits >= "1950" && digits < "2050");
    return write(utc_time, as_bytes(std::string_view(digits).substr(2)));
}

}  // namespace elic::der
