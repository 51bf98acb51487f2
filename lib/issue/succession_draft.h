#pragma once

#include <optional>
#include <string>
#include <vector>

#include "elic/issue/license_draft.h"
#include "elic/ledger/ledger.h"

namespace elic {

/// A draft completed with what it keeps of its predecessor, or what is wrong with it.
struct FollowingDraft {
    LicenseDraft draft;
    std::vector<DraftFault> faults;
};

/// A draft that gives neither number nor serial keeps both; one that gives the predecessor's number keeps its serial;
/// one with another number or serial begins anew. `said` already names the predecessor. Errors: ledger_unusable, io.
Result<FollowingDraft> follow_predecessor(const LicenseDraft& said, const Succession& succession, const Ledger& ledger);

/// What is wrong with the reason of a move or a succession: 1 to 500 characters that may stand on a license.
std::vector<DraftFault> check_reason(const std::string& reason);

}  // namespace elic
