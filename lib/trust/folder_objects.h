#pragma once

#include "elic/trust/genuine_list.h"
#include "elic/trust/known_body.h"
#include "elic/trust/status_list.h"
#include "elic/trust/trust_folder.h"

namespace elic {

/// Signed objects out of their files: the envelope, its kind, and the content read strictly. Signatures are not checked
/// here. Errors: malformed_trust (also: of another kind), newer_format, limit_exceeded.
Result<SignedObject> read_object(BytesView file, SignatureKind kind, std::size_t limit);
Result<SignedDelegation> read_delegation_file(BytesView file);
Result<SignedRollover> read_rollover_file(BytesView file);
Result<SignedGenuineList> read_genuine_file(BytesView file);

/// Room for an envelope around the largest content.
inline constexpr std::size_t envelope_bytes = 1024;
inline constexpr std::size_t max_genuine_file = max_genuine_bytes + envelope_bytes;
inline constexpr std::size_t max_status_file = max_status_bytes + envelope_bytes;
inline constexpr std::size_t max_delegation_file = max_delegation_bytes + envelope_bytes;
inline constexpr std::size_t max_rollover_file = max_rollover_bytes + envelope_bytes;
inline constexpr std::size_t max_certificate_file = 16 << 10;
inline constexpr std::size_t max_pack_file = 1 << 20;
inline constexpr std::size_t max_revocation_file = 16u << 20;

/// A status list as its files have it: `files[0]` the full list, then the deltas in order, each going on from the file
/// before it. Errors: malformed_trust, newer_format, limit_exceeded.
Result<PublishedStatus> read_published_status(const std::vector<Bytes>& files);

}  // namespace elic
