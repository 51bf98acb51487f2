#pragma once

#include <variant>

#include "elic/base/result.h"
#include "elic/issue/issuer.h"
#include "elic/ledger/ledger.h"

namespace elic {

/// A move that was recorded, now or before for the same request.
using MoveAnswer = std::variant<MoveRecord, Refused>;

/// Moves a license (docs/life-cycle.md): suspend, restore, lapse, cancel, withdraw, revoke, transfer_out,
/// transfer_undo. Nothing is signed: a verifier learns of it from the next status list. A move that its state or
/// history does not allow, a reason that is not fit and a request used otherwise come back as Refused, each with its
/// mend; Error is for what is wrong with us. Renewing and correcting: Issuer::follow.
Result<MoveAnswer> move_license(Ledger& ledger, const MoveRequest& request);

}  // namespace elic
