#pragma once

#include <filesystem>
#include <optional>

#include "elic/trust/seen_state.h"
#include "elic/verify/report.h"
#include "session.h"

namespace elic::cli {

/// What this machine remembers of lists and times seen (docs/format/trust.md): $XDG_CONFIG_HOME/elic/seen or
/// ~/.config/elic/seen. Never in the shared trust folder. A memory that cannot be read or written is told once and does
/// not keep anybody from verifying: reports then say that there is none.
class MachineMemory {
public:
    /// Reads the file. No file: no memory yet; what is seen makes one.
    explicit MachineMemory(Console& console);

    /// Null when there is none.
    const SeenState* state() const noexcept { return state_ ? &*state_ : nullptr; }

    /// Takes in what a report found good, and writes it when it is new. What a TEST root signed does not move the
    /// machine's sense of time.
    void take(const Report& report);

private:
    Console& console_;
    std::filesystem::path file_;
    std::optional<SeenState> state_;
};

}  // namespace elic::cli
