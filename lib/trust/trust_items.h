#pragma once

#include <string>
#include <vector>

#include "codec/cbor.h"
#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"

namespace elic::trust_items {

/// The small parts of which a trust list's content and its bodies are made. `what` goes before the rule in an error.
tl::unexpected<Error> malformed(const std::string& what);

cbor::Value digest_value(const Digest& digest);
cbor::Value digests_value(const std::vector<Digest>& digests);
cbor::Value instant_value(Timestamp at);  ///< seconds since 2000-01-01T00:00:00Z

/// Null pointers are missing values. Errors: malformed_trust.
Result<Digest> read_digest(const cbor::Value* value, const std::string& what);
Result<std::vector<Digest>> read_digests(const cbor::Value* value, const std::string& what);  ///< ascending, no repeats
Result<Timestamp> read_instant(const cbor::Value* value, const std::string& what);
Result<std::string> read_clean_text(const cbor::Value* value, const std::string& what);  ///< as check_clean_text
Status check_clean_text(const std::string& text, const std::string& what);  ///< not empty, fit for a license

}  // namespace elic::trust_items
