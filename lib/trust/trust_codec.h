#pragma once

#include "codec/cbor.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// The content of a trust list, its top level decoded; bodies stay encoded until asked for (docs/format/trust.md).
struct TrustListParts {
    std::uint64_t number;
    Timestamp issued_at, not_before, next_update;
    std::optional<Digest> previous;
    std::vector<Digest> roots, intermediates;
    std::vector<PackEntry> packs;
    std::vector<std::pair<std::string, Bytes>> bodies;  ///< code -> encoded body, by code
    Bytes key_index;                                    ///< records of hint (8) and ordinal (4), ascending
};

inline constexpr std::size_t max_trust_bytes = 64u << 20;
inline constexpr std::size_t key_hint_bytes = 8;
inline constexpr std::size_t key_record_bytes = key_hint_bytes + 4;

/// Puts packs, roots, intermediates and bodies in order and encodes. What it writes, the readers below accept.
/// Errors: malformed_trust.
Result<Bytes> write_trust_content(const TrustListContent& content);

/// The top level, strictly; bodies are taken over as they are. Errors: malformed_trust, limit_exceeded.
Result<TrustListParts> read_trust_content(BytesView bytes);

/// One body of the map. Errors: malformed_trust.
Result<Bytes> write_trust_body(const IssuingBody& body);

/// `code` is the body's key in the map. Strict: encodes again to the same bytes. Errors: malformed_trust,
/// limit_exceeded.
Result<IssuingBody> read_trust_body(const std::string& code, BytesView bytes);

}  // namespace elic
