#pragma once

#include <optional>
#include <string_view>

#include "elic/base/bytes.h"

namespace elic {

/// The text that a file begins with ("elic trust-list 1") when it is a CBOR array of at most 23 items whose first is a
/// text of at most 23 bytes; none for anything else. Nothing after it is looked at: a later version may have any shape.
std::optional<std::string_view> format_said_by(BytesView file) noexcept;

/// How a format that a file names compares with one that this program reads.
enum class FormatMatch {
    same,
    newer,  ///< the same words and a higher number
    older,  ///< the same words and a lower number
    other
};
FormatMatch match_format(std::string_view said, std::string_view ours) noexcept;

}  // namespace elic
