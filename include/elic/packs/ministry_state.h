#pragma once

#include <optional>
#include <string_view>

#include "elic/license/license_state.h"
#include "elic/packs/type_pack.h"

namespace elic {

/// The ministry's code and word for a state: of several that mean the same the first of the pack. Null: its list has
/// none (docs/type-packs.md).
const StateRule* ministry_state(const TypePack& pack, LicenseState state) noexcept;

/// The state that a ministry's code stands for. None: the pack has no such code, or it means none of ours ("other").
std::optional<LicenseState> state_of_ministry_code(const TypePack& pack, std::string_view code) noexcept;

}  // namespace elic
