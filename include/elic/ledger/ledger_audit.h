#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "elic/base/result.h"
#include "elic/ledger/checkpoint.h"

namespace elic {

/// Something that no program of this project would have written. `first` to `last` are the events among which it lies:
/// one, where it can be named; both 0: not in an event (the tables themselves, the office's row).
struct AuditFault {
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::string kind;  ///< "edited", "missing", "tree", "law", "schema", "office", "checkpoint"
    std::string text;  ///< one sentence
};

struct AuditPlan {
    std::vector<Checkpoint> against = {};              ///< kept outside; whether they are signed is the caller's
    std::optional<std::filesystem::path> leaves = {};  ///< leaf hashes written with one of them
    int threads = 2;
};

struct AuditReport {
    LedgerIdentity identity{};
    int office = 0;
    merkle::TreeHead head;                ///< computed from the events as they are
    std::size_t compared = 0;             ///< checkpoints that lie within this ledger
    std::uint64_t compared_up_to = 0;     ///< events that are as a checkpoint has them
    std::vector<AuditFault> faults = {};  ///< the first bad event first; at most max_faults
    bool more_faults = false;
};
inline constexpr std::size_t max_faults = 20;

/// Reads every event, computes every leaf and tile anew from what stands there, checks the laws that triggers hold, the
/// tables themselves, and the checkpoints. Writes nothing, trusts no stored hash. Errors (no answer was come to): io,
/// ledger_unusable (no ledger of this shape), malformed_value (`leaves` belongs to none of the checkpoints).
Result<AuditReport> audit_ledger(const std::filesystem::path& file, const AuditPlan& plan);

}  // namespace elic
