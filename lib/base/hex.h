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

}  // namespace elic
