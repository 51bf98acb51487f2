#pragma once

#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// Bytes as decimal digits (docs/format/payload.md, 2): blocks of 7 bytes as 17 digits, most significant
/// first; a last block of 1..6 bytes as 3, 5, 8, 10, 13, 15 digits.
std::string digits_from_bytes(BytesView bytes);

/// The inverse, and the only texts it accepts are those the function above makes.
/// Errors: malformed_digits with "offset N: ...": a character that is no ASCII digit, an impossible
/// tail length, a block over its range.
Result<Bytes> bytes_from_digits(std::string_view digits);

}  // namespace elic
