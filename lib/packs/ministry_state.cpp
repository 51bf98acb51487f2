#include "elic/packs/ministry_state.h"

namespace elic {

const StateRule* ministry_state(const TypePack& pack, LicenseState state) noexcept {
    for (const auto& rule : pack.states) {
        if (rule.state == name_of(state)) return &rule;
    }
    return nullptr;
}

std::optional<LicenseState> state_of_ministry_code(const TypePack& pack, std::string_view code) noexcept {
    if (code.empty()) return {};
    for (const auto& rule : pack.states) {
        if (rule.code == code) return license_state_named(rule.state);
    }
    return {};
}

}  // namespace elic
