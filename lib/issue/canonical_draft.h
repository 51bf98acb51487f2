#pragma once

#include <string>

#include "elic/issue/license_draft.h"
#include "elic/ledger/ledger.h"

namespace elic {

/// What a draft says, in one form (docs/format/ledger.md): it depends on no type pack, no trust list and no time, so
/// that a request is known again whatever became of those.
std::string canonical_draft(const LicenseDraft& draft);

/// How a validity ends, as drafts say it: a date, "long-term", or "" for none.
std::string end_text(const Validity& validity);

/// The draft that an unfinished reservation is finished from: the content that was reserved. Errors: ledger_unusable.
Result<LicenseDraft> reserved_draft(const Reservation& reservation, const std::string& request);

}  // namespace elic
