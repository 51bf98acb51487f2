#pragma once

#include <string>
#include <string_view>

#include "elic/base/bytes.h"
#include "elic/base/result.h"

namespace elic {

/// Lower-case hexadecimal.
std::string to_hex(BytesView bytes);

/// Either case, even length, nothing else. Errors: malformed_text with the offset.
Result<Bytes> from_hex(std::string_view text);

/// RFC 4648 base64 with padding.
std::string to_base64(BytesView bytes);

/// Strict RFC 4648: padding required, no white space, unused bits zero. Errors: malformed_text.
Result<Bytes> from_base64(std::string_view text);

}  // namespace elic
