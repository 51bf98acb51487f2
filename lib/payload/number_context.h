#pragma once

#include <vector>

#include "elic/packs/type_pack.h"

namespace elic {

/// What a license's number is read or rebuilt with. Both references must outlive the context; `holders` as the code
/// carries them.
NumberContext number_context(const Metadata& license, const TypePack& pack, const std::vector<Holder>& holders);

}  // namespace elic
