#pragma once

#include <string_view>

#include "codec/cbor.h"

namespace elic::cbor {

/// Goes through one encoded value from its beginning to its end, an item at a time, and copies none of its strings: for
/// what has megabytes. As strict as `read` in all but one thing: that the keys of a map it enters are in order is for
/// the caller to see. What is taken is a view into the bytes given.
/// Errors of each step: malformed_cbor with "offset N: ..." (also: another kind of item).
class Walk {
public:
    explicit Walk(BytesView bytes) noexcept : bytes_(bytes) {}

    /// The number of items, or of pairs, that follow; never more than bytes are left.
    Result<std::size_t> enter_array();
    Result<std::size_t> enter_map();
    Result<BytesView> bytes();
    Result<std::string_view> text();
    /// Any item, whole and copied. Errors: also limit_exceeded, of depth and entries.
    Result<Value> value(const Limits& limits);
    /// Nothing follows.
    Status end() const;

private:
    Result<std::uint64_t> head_of(int major, const char* expected);
    Result<BytesView> string(int major, const char* expected);
    tl::unexpected<Error> malformed(std::size_t offset, const char* what) const;

    BytesView bytes_;
    std::size_t at_ = 0;
};

}  // namespace elic::cbor
