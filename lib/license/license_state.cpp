#include "elic/license/license_state.h"

#include <algorithm>
#include <array>

namespace elic {

namespace {

// In the order of LicenseState.
constexpr std::array<std::string_view, license_states> state_names = {
    "valid", "suspended", "lapsed", "cancelled", "withdrawn", "revoked", "transferred-out", "replaced"};

// In the order of LifeCycleMove.
constexpr std::array<std::string_view, life_cycle_moves> move_names = {
    "suspend", "restore", "lapse", "cancel", "withdraw", "revoke", "transfer-out", "transfer-undo", "replace"};

template <class Enum, std::size_t size>
std::optional<Enum> named(const std::array<std::string_view, size>& names, std::string_view name) noexcept {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

/// Where a move leads, from whatever state it is allowed.
constexpr LicenseState target_of(LifeCycleMove move) noexcept {
    switch (move) {
        case LifeCycleMove::suspend:
            return LicenseState::suspended;
        case LifeCycleMove::lapse:
            return LicenseState::lapsed;
        case LifeCycleMove::cancel:
            return LicenseState::cancelled;
        case LifeCycleMove::withdraw:
            return LicenseState::withdrawn;
        case LifeCycleMove::revoke:
            return LicenseState::revoked;
        case LifeCycleMove::transfer_out:
            return LicenseState::transferred_out;
        case LifeCycleMove::replace:
            return LicenseState::replaced;
        case LifeCycleMove::restore:
        case LifeCycleMove::transfer_undo:
            break;
    }
    return LicenseState::valid;
}

constexpr unsigned bit(LifeCycleMove move) noexcept { return 1U << static_cast<unsigned>(move); }

/// The moves that a state allows, one bit each.
constexpr unsigned moves_from(LicenseState state) noexcept {
    using enum LifeCycleMove;
    // Also what is suspended can end in each of these ways (行政许可法 69, 70).
    constexpr unsigned endings = bit(lapse) | bit(cancel) | bit(withdraw) | bit(revoke);
    switch (state) {
        case LicenseState::valid:
            return endings | bit(suspend) | bit(transfer_out) | bit(replace);
        case LicenseState::suspended:
            return endings | bit(restore);
        case LicenseState::lapsed:
            return bit(cancel) | bit(replace);
        case LicenseState::withdrawn:
        case LicenseState::revoked:
            return bit(cancel);
        case LicenseState::transferred_out:
            return bit(transfer_undo);
        case LicenseState::cancelled:
        case LicenseState::replaced:
            break;
    }
    return 0;
}

}  // namespace

std::string_view name_of(LicenseState state) noexcept { return state_names[static_cast<std::size_t>(state)]; }
std::string_view name_of(LifeCycleMove move) noexcept { return move_names[static_cast<std::size_t>(move)]; }

std::optional<LicenseState> license_state_named(std::string_view name) noexcept {
    return named<LicenseState>(state_names, name);
}

std::optional<LifeCycleMove> life_cycle_move_named(std::string_view name) noexcept {
    return named<LifeCycleMove>(move_names, name);
}

std::optional<LicenseState> state_after(LicenseState before, LifeCycleMove move) noexcept {
    if ((moves_from(before) & bit(move)) == 0) return std::nullopt;
    return target_of(move);
}

}  // namespace elic
