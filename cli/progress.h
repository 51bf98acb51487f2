#pragma once

#include <chrono>
#include <cstddef>
#include <optional>

namespace elic::cli {

/// One line on a terminal's standard error that is written over and over: how far, how fast, how long still. Nothing
/// where standard error is no terminal.
class Progress {
public:
    Progress();
    ~Progress() { clear(); }

    /// `done` rows have their answers; `fraction` of the input is done, if that is known. Draws at most twice a second.
    void show(std::size_t done, const std::optional<double>& fraction);
    /// Takes the line away, before something else is written.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    bool terminal_;
    bool drawn_ = false;
    Clock::time_point begun_, last_;
};

}  // namespace elic::cli
