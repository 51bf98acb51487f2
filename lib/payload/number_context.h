#pragma once

#include <vector>

#include "elic/packs/type_pack.h"

namespace elic {

/// What a license's number is read or rebuilt with. Both references must outlive the context; `holders` as the code
/// carries them.
NumberContext number_context(const Metadata& license, const TypePack& pack, const std::vector<Holder>& holders);

/// True when no part of the number is free and it has but one pattern: a code does not carry it.
bool number_is_known(const NumberRule& rule);

}  // namespace elic
