#pragma once

#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/license/uscc.h"

namespace elic {

/// The codes that an issuer really made, by digest of their envelopes: exported from the ledger, so that a key that is
/// stolen later does not take its honest codes with it (docs/format/trust.md, 9).
struct GenuineList {
    Uscc issuer;
    Timestamp as_of;              ///< every code of the issuer's office signed up to here is in it
    std::vector<Digest> digests;  ///< SM3 over a code's envelope (the bytes, not the digits), ascending

    bool holds(const Digest& envelope) const;
};

inline constexpr std::size_t max_genuine_bytes = 512u << 20;

Result<Bytes> write_genuine_list(const GenuineList& list);
/// Strict. Errors: malformed_trust, limit_exceeded.
Result<GenuineList> read_genuine_list(BytesView content);

}  // namespace elic
