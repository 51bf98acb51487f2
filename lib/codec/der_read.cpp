#include "codec/der.h"

namespace elic::der {

namespace {

std::string at(std::size_t offset, std::string_view what) {
    return "offset " + std::to_string(offset) + ": " + std::string(what) + ": ";
}

std::string hex_of(std::uint8_t tag) {
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string("0x") + digits[tag >> 4] + digits[tag & 0x0f];
}

}  // namespace

Reader::Reader(const Element& parent)
    : bytes_(parent.content), base_(parent.offset + (parent.whole.size() - parent.content.size())) {}

std::optional<std::uint8_t> Reader::next_tag() const noexcept {
    if (at_end()) return {};
    return bytes_[at_];
}

Result<Element> Reader::any(std::string_view what) {
    const auto refuse = [&](const char* why) { return fail(Errc::malformed_der, at(offset(), what) + why); };
    if (bytes_.size() > max_bytes) return fail(Errc::limit_exceeded, "DER of more than 4 MiB");
    const BytesView rest = bytes_.subspan(at_);
    if (rest.size() < 2) return refuse(rest.empty() ? "is missing" : "is cut off");
    if (members_ == max_members) return fail(Errc::limit_exceeded, at(offset(), what) + "more than 4096 members");
    if ((rest[0] & 0x1f) == 0x1f) return refuse("an identifier of several octets");
    std::size_t head = 2;
    std::size_t length = rest[1];
    if (length == 0x80) return refuse("an indefinite length");
    if (length > 0x80) {
        const std::size_t octets = length & 0x7f;
        // max_bytes needs three; more would also overflow.
        if (octets > 3) return refuse("a length of more than three octets");
        if (rest.size() < 2 + octets) return refuse("is cut off");
        length = 0;
        for (std::size_t i = 0; i < octets; ++i) length = length << 8 | rest[2 + i];
        // X.690, 10.1: the fewest octets.
        if (length < 0x80 || length >> (8 * (octets - 1)) == 0) return refuse("a length not in its shortest form");
        head += octets;
    }
    if (rest.size() - head < length) return refuse("is longer than what holds it");
    const Element element{rest[0], rest.subspan(head, length), rest.first(head + length), offset()};
    at_ += element.whole.size();
    ++members_;
    return element;
}

Result<Element> Reader::next(std::uint8_t tag, std::string_view what) {
    if (const auto found = next_tag(); found && *found != tag) {
        return fail(Errc::malformed_der,
                    at(offset(), what) + "type " + hex_of(*found) + " where " + hex_of(tag) + " is expected");
    }
    return any(what);
}

Result<std::optional<Element>> Reader::optional(std::uint8_t tag, std::string_view what) {
    if (next_tag() != tag) return std::optional<Element>();
    const auto element = any(what);
    if (!element) return tl::unexpected(element.error());
    return std::optional<Element>(*element);
}

Status Reader::end(std::string_view what) const {
    if (at_end()) return {};
    return fail(Errc::malformed_der, at(offset(), what) + "something follows that does not belong there");
}

Result<Element> read_whole(BytesView bytes, std::uint8_t tag, std::string_view what) {
    Reader reader(bytes);
    const auto element = reader.next(tag, what);
    if (!element) return element;
    if (const auto end = reader.end(what); !end) return tl::unexpected(end.error());
    return element;
}

}  // namespace elic::der
