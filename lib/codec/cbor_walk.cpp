#include "codec/cbor_walk.h"

#include "base/text.h"
#include "codec/cbor_item.h"

namespace elic::cbor {

tl::unexpected<Error> Walk::malformed(std::size_t offset, const char* what) const {
    return fail(Errc::malformed_cbor, "offset " + std::to_string(offset) + ": " + what);
}

Result<std::uint64_t> Walk::head_of(int major, const char* expected) {
    if (at_ == bytes_.size()) return malformed(at_, "the value ends too early");
    if (bytes_[at_] >> 5 != major) return malformed(at_, expected);
    std::uint64_t argument = 0;
    if (const char* fault = read_head(bytes_, at_, argument); fault != nullptr) return malformed(at_, fault);
    return argument;
}

Result<std::size_t> Walk::enter_array() {
    const auto start = at_;
    auto count = head_of(static_cast<int>(Major::array), "an array is expected");
    if (!count) return tl::unexpected(count.error());
    if (*count > bytes_.size() - at_) return malformed(start, "an array or map is longer than the rest");
    return static_cast<std::size_t>(*count);
}

Result<std::size_t> Walk::enter_map() {
    const auto start = at_;
    auto count = head_of(static_cast<int>(Major::map), "a map is expected");
    if (!count) return tl::unexpected(count.error());
    if (*count > (bytes_.size() - at_) / 2) return malformed(start, "an array or map is longer than the rest");
    return static_cast<std::size_t>(*count);
}

Result<BytesView> Walk::string(int major, const char* expected) {
    const auto start = at_;
    auto size = head_of(major, expected);
    if (!size) return tl::unexpected(size.error());
    if (*size > bytes_.size() - at_) return malformed(start, "a string is longer than the rest");
    const auto content = bytes_.subspan(at_, static_cast<std::size_t>(*size));
    at_ += content.size();
    return content;
}

Result<BytesView> Walk::bytes() { return string(static_cast<int>(Major::bytes), "a byte string is expected"); }

Result<std::string_view> Walk::text() {
    const auto start = at_;
    auto content = string(static_cast<int>(Major::text), "a text is expected");
    if (!content) return tl::unexpected(content.error());
    if (!is_utf8(as_text(*content))) return malformed(start, "a text is not valid UTF-8");
    return as_text(*content);
}

Result<Value> Walk::value(const Limits& limits) { return read_next(bytes_, at_, limits); }

Status Walk::end() const {
    if (at_ != bytes_.size()) return malformed(at_, "bytes follow the end of the value");
    return {};
}

}  // namespace elic::cbor
