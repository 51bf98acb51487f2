#include "elic/ledger/succession.h"

namespace elic {

namespace {

constexpr std::string_view names[] = {"renew", "correct", "transfer-in"};

}  // namespace

std::string_view name_of(SuccessionKind kind) noexcept { return names[static_cast<std::size_t>(kind)]; }

std::optional<SuccessionKind> succession_named(std::string_view name) noexcept {
    for (std::size_t i = 0; i < std::size(names); ++i) {
        if (names[i] == name) return static_cast<SuccessionKind>(i);
    }
    return {};
}

}  // namespace elic
