#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "elic/base/timestamp.h"
#include "elic/license/license_id.h"

namespace elic {

/// How a new license follows another.
enum class SuccessionKind : std::uint8_t {
    renew,       ///< 延续, 换证: takes the place of one of this office
    correct,     ///< 更正: the same, since something on it was wrong
    transfer_in  ///< 转入: takes up what another office transferred out (or this one did)
};

/// "renew", "correct", "transfer-in".
std::string_view name_of(SuccessionKind kind) noexcept;
std::optional<SuccessionKind> succession_named(std::string_view name) noexcept;

/// That a license follows another, and why: part of what is reserved.
struct Succession {
    SuccessionKind kind = SuccessionKind::renew;
    LicenseId previous;
    std::string reason;
    /// From when the other is replaced; none: from the signing time of the new one. Not for a transfer.
    std::optional<Timestamp> effective = {};
    friend bool operator==(const Succession&, const Succession&) = default;
};

}  // namespace elic
