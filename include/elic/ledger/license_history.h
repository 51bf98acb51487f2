#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/timestamp.h"
#include "elic/license/license_id.h"
#include "elic/license/license_state.h"

namespace elic {

/// A move to be recorded.
struct MoveRequest {
    LicenseId id;
    LifeCycleMove move = LifeCycleMove::suspend;
    std::string reason;                       ///< 1..2000 bytes
    std::optional<Timestamp> effective = {};  ///< from when it counts; none: from `at`
    std::optional<std::string> request = {};  ///< the case number, 1..200 bytes: same request, same move
    Timestamp at;                             ///< now
};

/// A move that was recorded.
struct MoveRecord {
    std::int64_t number = 0;  ///< of the event
    LicenseId id;
    LifeCycleMove move = LifeCycleMove::suspend;
    LicenseState state = LicenseState::valid;  ///< after it
    std::string reason;
    Timestamp effective;
    Timestamp recorded_at;
    std::optional<Timestamp> asked = {};  ///< from when it was to count, where that was said
    std::optional<std::string> request = {};
    bool again = false;  ///< it had been recorded before, for the same request
};

/// What became of a license. Of its revisions only the identifiers: each has a history of its own.
struct LicenseHistory {
    std::vector<MoveRecord> moves;         ///< in order; the instants ascend
    std::vector<LicenseId> revisions;      ///< all that were issued under its serial, ascending, itself among them
    std::vector<LicenseId> successors;     ///< issued here as its successor: one or none
    std::optional<LicenseId> in_progress;  ///< reserved as its successor and not issued yet
};

/// The state that these moves make at an instant.
LicenseState state_at(const std::vector<MoveRecord>& moves, Timestamp at) noexcept;

}  // namespace elic
