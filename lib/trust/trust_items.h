#pragma once

#include <string>
#include <vector>

#include "codec/cbor.h"
#include "elic/base/bytes.h"
#include "elic/base/date.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/license/uscc.h"

namespace elic::trust_items {

/// The small parts of which lists, delegations and the other signed objects are made. `what` goes before the rule in an
/// error.
tl::unexpected<Error> malformed(const std::string& what);

cbor::Value digest_value(const Digest& digest);
cbor::Value digests_value(const std::vector<Digest>& digests);
cbor::Value instant_value(Timestamp at);  ///< seconds since 2000-01-01T00:00:00Z
cbor::Value day_value(Date day);          ///< days since 2000-01-01

/// cbor::read whose malformed CBOR is malformed_trust. Errors: malformed_trust, limit_exceeded.
Result<cbor::Value> read_item(BytesView bytes, const cbor::Limits& limits);

/// The map of keys 1 to `keys`, each there: what is in the order of its keys has them at these places. Null otherwise.
cbor::Map* map_of_keys(cbor::Value& value, std::size_t keys);

/// Null pointers are missing values. Errors: malformed_trust.
Result<Digest> read_digest(const cbor::Value* value, const std::string& what);
Result<std::vector<Digest>> read_digests(const cbor::Value* value, const std::string& what);  ///< ascending, no repeats
Result<Timestamp> read_instant(const cbor::Value* value, const std::string& what);
Result<Date> read_day(const cbor::Value* value, const std::string& what);
Result<Uscc> read_uscc(const cbor::Value* value, const std::string& what);
Result<std::uint64_t> read_number(const cbor::Value* value, const std::string& what);     ///< 1 or more
Result<Certificate> read_certificate(const cbor::Value* value, const std::string& what);  ///< DER and nothing else
Result<Certificate> read_certificate(BytesView der, const std::string& what);
Status check_number(std::uint64_t number, const std::string& what);  ///< 1 or more, and fits the encoding
Result<std::string> read_clean_text(const cbor::Value* value, const std::string& what);  ///< as check_clean_text
Status check_clean_text(const std::string& text, const std::string& what);  ///< not empty, fit for a license

}  // namespace elic::trust_items
