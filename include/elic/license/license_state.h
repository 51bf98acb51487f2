#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace elic {

/// What a license is at a time, whatever its ministry calls it (standards.md 2.6: the type pack maps names and codes).
/// The numbers stand in status lists: append only. That its validity ended by date is not a state.
enum class LicenseState : std::uint8_t {
    valid = 0,
    suspended = 1,        ///< 暂扣
    lapsed = 2,           ///< 失效
    cancelled = 3,        ///< 注销
    withdrawn = 4,        ///< 撤销
    revoked = 5,          ///< 吊销
    transferred_out = 6,  ///< 转出
    replaced = 7          ///< 更换: a newer revision or license took its place
};
inline constexpr int license_states = 8;

/// "valid", "suspended", "lapsed", "cancelled", "withdrawn", "revoked", "transferred-out", "replaced".
std::string_view name_of(LicenseState state) noexcept;
std::optional<LicenseState> license_state_named(std::string_view name) noexcept;

/// What is done to a license. `replace` is what renewing and correcting do to the revision (or number) before.
enum class LifeCycleMove : std::uint8_t {
    suspend,
    restore,  ///< 暂扣发还
    lapse,
    cancel,
    withdraw,
    revoke,
    transfer_out,
    transfer_undo,  ///< 取消转出
    replace
};
inline constexpr int life_cycle_moves = 9;

/// "suspend", "restore", "lapse", "cancel", "withdraw", "revoke", "transfer-out", "transfer-undo", "replace".
std::string_view name_of(LifeCycleMove move) noexcept;
std::optional<LifeCycleMove> life_cycle_move_named(std::string_view name) noexcept;

/// The state after a move; none when the move is not allowed from that state. The one table of moves:
///   valid            suspend, lapse, cancel, withdraw, revoke, transfer-out, replace
///   suspended        restore, lapse, cancel, withdraw, revoke
///   lapsed           cancel, replace (延续 after the term: a renewal makes it good again as the next revision)
///   withdrawn, revoked   cancel (行政许可法 70: what was withdrawn or revoked is then cancelled)
///   transferred-out  transfer-undo
///   cancelled, replaced  nothing
std::optional<LicenseState> state_after(LicenseState before, LifeCycleMove move) noexcept;

}  // namespace elic
