#pragma once

#include "elic/trust/status_list.h"

namespace elic {

// The two bit strings of a status list (docs/format/status.md, 4 and 5). The writers take what status_rules.h accepts.

/// Most entries that are not valid in one list, and most changes in one list or delta: what a reader keeps in memory
/// for either is then at most 384 MiB, whatever the file says.
inline constexpr std::uint64_t max_status_marked = std::uint64_t{1} << 24;
inline constexpr std::uint64_t max_status_changes = std::uint64_t{1} << 22;

Bytes write_entries(std::uint64_t allotted, const std::vector<StatusEntry>& entries);

/// Errors: malformed_trust, limit_exceeded.
Result<std::vector<StatusEntry>> read_entries(std::uint64_t allotted, BytesView block);

/// `after`: the changes are effective after this instant (a list's base); none = since 1900 (a delta).
Bytes write_changes(std::uint64_t allotted, std::optional<Timestamp> after, const std::vector<StatusChange>& changes);

/// Errors: malformed_trust, limit_exceeded.
Result<std::vector<StatusChange>> read_changes(std::uint64_t allotted, std::optional<Timestamp> after, BytesView block);

}  // namespace elic
