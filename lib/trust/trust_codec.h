#pragma once

#include "codec/cbor.h"
#include "elic/trust/trust_list.h"

namespace elic {

/// A body of a list as it stands there.
struct EncodedBody {
    std::string_view code;
    BytesView bytes;
};

/// The content of a trust list, its top level decoded; bodies stay encoded until asked for (docs/format/trust.md).
/// Bodies and index are views into the bytes that were read: those have megabytes, and must live as long.
struct TrustListParts {
    std::uint64_t number;
    Timestamp issued_at, not_before, next_update;
    std::optional<Digest> previous;
    std::vector<Digest> roots, intermediates;
    std::vector<PackEntry> packs;
    std::vector<EncodedBody> bodies;  ///< by code
    BytesView key_index;              ///< records of hint (8) and ordinal (4), ascending
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
Result<IssuingBody> read_trust_body(std::string_view code, BytesView bytes);

}  // namespace elic
