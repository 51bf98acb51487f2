#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/license/license_state.h"
#include "elic/license/uscc.h"

namespace elic {

/// From `effective` on, entry `index` is in `state`.
struct StatusChange {
    std::uint64_t index = 0;
    Timestamp effective;
    LicenseState state = LicenseState::valid;
    friend bool operator==(const StatusChange&, const StatusChange&) = default;
};

/// An entry that is not valid at the base time.
struct StatusEntry {
    std::uint64_t index = 0;
    LicenseState state = LicenseState::suspended;  ///< never valid
    friend bool operator==(const StatusEntry&, const StatusEntry&) = default;
};

/// One status list (docs/format/status.md): the states of all entries at a base time, and every change since, dated;
/// also changes that are to come. Keyed by index, never by what was signed. Each change counts from its instant.
struct StatusListContent {
    Uscc issuer;
    std::uint64_t list = 1;               ///< number of the list among those of the issuer: the office's number
    std::uint64_t number = 1;             ///< counts up with each publication, deltas included
    Timestamp as_of;                      ///< the ledger was read at this instant
    Timestamp next_update;                ///< after it the list is stale
    std::optional<Digest> previous = {};  ///< SM3 of the file published before
    std::uint64_t allotted = 0;           ///< entries 0 .. allotted - 1 were given away at as_of; others never were
    Timestamp base;                       ///< what happened before this instant is told only by what came of it
    std::vector<StatusEntry> entries;     ///< at base, ascending by index, only what is not valid
    std::vector<StatusChange> changes;    ///< effective after base, ascending by (index, effective), one an instant
    friend bool operator==(const StatusListContent&, const StatusListContent&) = default;
};

/// What happened since another publication: the changes to add to it. The signed content of a delta.
struct StatusDelta {
    Uscc issuer;
    std::uint64_t list = 1;
    std::uint64_t number = 2;
    Timestamp as_of;
    Timestamp next_update;
    Digest previous{};  ///< SM3 of the file (list or delta) that this one goes on from
    std::uint64_t allotted = 0;
    std::vector<StatusChange> changes;  ///< as in a list
    friend bool operator==(const StatusDelta&, const StatusDelta&) = default;
};

inline constexpr std::size_t max_status_bytes = 16u << 20;
inline constexpr std::uint64_t max_status_entries = std::uint64_t{1} << 32;

/// The bytes that are signed (SignatureKind::status_list, status_delta). One encoding. Errors: malformed_trust (content
/// breaks a rule).
Result<Bytes> write_status_list(const StatusListContent& content);
Result<Bytes> write_status_delta(const StatusDelta& delta);

/// Strict: what reads encodes again to the same bytes. Errors: malformed_trust, limit_exceeded.
Result<StatusListContent> read_status_list(BytesView content);
Result<StatusDelta> read_status_delta(BytesView content);

/// The list after a delta: changes added, number, as_of, next_update and allotted taken over. A change that is
/// effective before the list's base counts from the base. Errors: malformed_trust (another issuer or list, number or
/// as_of does not count up, fewer allotted, a change that is already there with another state). That `previous` fits is
/// the caller's check.
Result<StatusListContent> apply_status_delta(StatusListContent list, const StatusDelta& delta);

/// What a list says of an entry.
struct EntryStatus {
    enum class Known : std::uint8_t {
        yes,          ///< `state` held at the instant
        before_base,  ///< the instant lies before the list's base: the history does not reach
        beyond_end    ///< the list has no such entry
    } known = Known::yes;
    LicenseState state = LicenseState::valid;
    std::optional<Timestamp> since = {};  ///< when the state began, where the list tells
};

/// Binary search: under a microsecond in a list of 10 million entries of which 1 % are not valid.
EntryStatus status_at(const StatusListContent& list, std::uint64_t index, Timestamp at);

}  // namespace elic
