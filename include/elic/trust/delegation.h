#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "elic/trust/issuing_body.h"
#include "elic/trust/signed_object.h"

namespace elic {

/// A body that a parent body vouches for: its own signed object, replaceable alone (docs/format/trust.md, 7).
/// Signed by a certificate of the parent that may make delegations. It can give no more than the parent had: that is
/// judged by who relies on it, not by who reads it.
struct Delegation {
    Uscc parent;
    std::uint64_t number = 1;  ///< counts up for each (parent, body)
    Timestamp issued_at;
    Timestamp not_before;
    Timestamp next_update;
    std::optional<Digest> previous = {};  ///< SM3 of the file before this one
    IssuingBody body;
    std::vector<Certificate> certificates;  ///< of the body, in the order of body.certificates: all of them
};

inline constexpr std::size_t max_delegation_bytes = 1 << 20;

/// The content (CBOR) of a delegation. Errors: malformed_trust (what a reader would refuse).
Result<Bytes> write_delegation(const Delegation& delegation);

/// Strict: encodes again to the same bytes. Errors: malformed_trust, limit_exceeded.
Result<Delegation> read_delegation(BytesView content);

}  // namespace elic
