#pragma once

#include "elic/ledger/publication.h"
#include "elic/license/uscc.h"
#include "elic/trust/status_list.h"

namespace elic {

/// A whole list of what the ledger says. Of more than `most_changes` changes the oldest are folded into its base.
StatusListContent status_list_of(const PublicationBasis& basis, const Uscc& issuer, Timestamp next_update,
                                 std::size_t most_changes);

/// `basis.last` must be there.
StatusDelta status_delta_of(const PublicationBasis& basis, const Uscc& issuer, Timestamp next_update);

}  // namespace elic
