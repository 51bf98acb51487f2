#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "elic/base/bytes.h"
#include "elic/base/result.h"
#include "elic/base/timestamp.h"
#include "elic/crypto/certificate.h"
#include "elic/crypto/signer.h"
#include "elic/ledger/ledger.h"
#include "elic/license/uscc.h"

namespace elic {

/// More changes than this, and the oldest are told only by what came of them: the list's base moves forward.
inline constexpr std::size_t usual_status_changes = 20000;

/// What `elic publish` is told.
struct StatusPlan {
    Uscc issuer;
    bool delta = false;                         ///< only what changed since the publication before
    std::optional<Timestamp> next_update = {};  ///< none: `days` after as_of
    int days = 7;                               ///< 1..3660
    std::size_t most_changes = usual_status_changes;
};

/// A file that was signed, verified back and recorded in the ledger: give it out.
struct SignedPublication {
    std::string name;  ///< "status-<USCC>-<list>-<number>.elic", ".delta.elic", "genuine-<USCC>-<list>-<16 hex>.elic"
    Bytes file;
    Publication publication;
    std::uint64_t entries = 0;  ///< of a list: allotted; of genuine issues: digests
    std::uint64_t changes = 0;  ///< told by it
};

/// Publishes the states of an office's licenses as its ledger has them now (docs/life-cycle.md), signed with `signer`:
/// the office's key, or one that may sign status only. In one ledger transaction, recorded before it is given out: a
/// crash leaves a gap in the numbers, never two files of one number. Errors: bad_argument (next update not after as_of;
/// key and certificate do not match), not_found (a delta without a list before it), limit_exceeded, signer_failed, io,
/// ledger_state_unknown.
Result<SignedPublication> publish_status(Ledger& ledger, const StatusPlan& plan, Signer& signer,
                                         const Certificate& certificate, const Clock& clock);

/// The digests of all codes that the office issued (docs/format/trust.md, 9), so that they outlive a key that is stolen
/// later. Errors: as above.
Result<SignedPublication> publish_genuine_list(Ledger& ledger, const Uscc& issuer, Signer& signer,
                                               const Certificate& certificate, const Clock& clock);

}  // namespace elic
