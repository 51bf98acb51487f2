#pragma once

#include "elic/packs/type_pack.h"

namespace elic {

/// Holders and validity of a license held against its pack, so that no code leaves or is read that the type does not
/// allow: a validity that is absent by mistake, a masked code where the type shows it whole. Errors: draft_refused.
Status check_pack_rules(const Metadata& license, const TypePack& pack);

}  // namespace elic
