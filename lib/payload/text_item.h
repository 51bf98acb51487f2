#pragma once

#include <string>
#include <string_view>

#include "codec/cbor.h"
#include "elic/base/result.h"
#include "packs/word_list.h"

namespace elic {

/// A text as one CBOR item: UTF-8, or word code where that is shorter (docs/format/payload.md, 4). The word list is
/// number `words`.
Result<cbor::Value> write_text(std::string_view text, int words);

/// The inverse; refuses the longer of the two forms, empty, unclean and over-long texts. Errors: malformed_payload,
/// limit_exceeded.
Result<std::string> read_text(const cbor::Value& value, int words);

/// A text that is always UTF-8 (serials, packed codes that do not fit). Errors: malformed_payload, limit_exceeded.
Result<std::string> read_plain_text(const cbor::Value& value);

}  // namespace elic
