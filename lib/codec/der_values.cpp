#include <algorithm>
#include <limits>

#include "codec/der.h"
#include "elic/base/date.h"

namespace elic::der {

namespace {

constexpr std::size_t max_arcs = 32;

tl::unexpected<Error> refuse(const Element& element, std::string_view what, std::string_view why) {
    return fail(Errc::malformed_der,
                "offset " + std::to_string(element.offset) + ": " + std::string(what) + ": " + std::string(why));
}

int two_digits(BytesView digits, std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); }

}  // namespace

Result<bool> read_boolean(const Element& element, std::string_view what) {
    // X.690, 11.1: true is FF.
    if (element.content.size() != 1 || (element.content[0] != 0x00 && element.content[0] != 0xff))
        return refuse(element, what, "a truth value is 00 or FF");
    return element.content[0] == 0xff;
}

Result<std::int64_t> read_integer(const Element& element, std::string_view what) {
    const BytesView octets = element.content;
    if (octets.empty()) return refuse(element, what, "a number without octets");
    if (octets.size() > 1 && ((octets[0] == 0x00 && octets[1] < 0x80) || (octets[0] == 0xff && octets[1] >= 0x80)))
        return refuse(element, what, "a number not in its shortest form");
    if (octets.size() > 8) return refuse(element, what, "a number of more than 8 octets");
    std::uint64_t number = octets[0] >= 0x80 ? std::numeric_limits<std::uint64_t>::max() : 0;
    for (const auto octet : octets) number = number << 8 | octet;
    return static_cast<std::int64_t>(number);
}

Result<std::string> read_object_identifier(const Element& element, std::string_view what) {
    const BytesView octets = element.content;
    if (octets.empty() || octets.back() >= 0x80) return refuse(element, what, "an object identifier cut off");
    std::string dotted;
    std::size_t arcs = 0;
    for (std::size_t i = 0; i < octets.size();) {
        if (octets[i] == 0x80) return refuse(element, what, "an arc not in its shortest form");
        std::uint64_t arc = 0;
        do {
            arc = arc << 7 | (octets[i] & 0x7fU);
            if (arc > std::numeric_limits<std::uint32_t>::max()) return refuse(element, what, "an arc above 2^32");
        } while (octets[i++] >= 0x80);
        if (++arcs > max_arcs) return refuse(element, what, "an object identifier of more than 32 arcs");
        if (dotted.empty()) {
            // X.690, 8.19.4: the first two arcs share one number.
            const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
            dotted = std::to_string(first);
            arc -= first * 40;
        }
        dotted += "." + std::to_string(arc);
    }
    return dotted;
}

Result<BytesView> read_bit_string(const Element& element, std::string_view what) {
    if (element.content.empty() || element.content[0] != 0)
        return refuse(element, what, "a bit string of whole octets is expected");
    return element.content.subspan(1);
}

Result<Timestamp> read_time(const Element& element, std::string_view what) {
    const BytesView text = element.content;
    const std::size_t year_digits = element.tag == utc_time ? 2 : 4;
    const std::size_t digits = year_digits + 10;
    const auto is_digit = [](std::uint8_t c) { return c >= '0' && c <= '9'; };
    if (text.size() != digits + 1 || text.back() != 'Z' || !std::all_of(text.begin(), text.end() - 1, is_digit)) {
        return refuse(element, what, year_digits == 2 ? "a time is YYMMDDHHMMSSZ" : "a time is YYYYMMDDHHMMSSZ");
    }
    int year = two_digits(text, 0);
    // RFC 5280, 4.1.2.5.1.
    year = year_digits == 2 ? (year < 50 ? 2000 + year : 1900 + year) : year * 100 + two_digits(text, 2);
    const std::size_t at = year_digits;
    const int hour = two_digits(text, at + 4);
    const int minute = two_digits(text, at + 6);
    const int second = two_digits(text, at + 8);
    const auto day = Date::from_ymd(year, two_digits(text, at), two_digits(text, at + 2));
    if (!day || hour > 23 || minute > 59 || second > 59) return refuse(element, what, "no such time");
    // first_second_of is 00:00 in +08:00, eight hours before 00:00 UTC of the same date.
    const auto instant = Timestamp::from_unix(Timestamp::first_second_of(*day).unix_seconds() + (8 + hour) * 3600 +
                                              minute * 60 + second);
    if (!instant) return refuse(element, what, "no such time");
    return *instant;
}

}  // namespace elic::der
