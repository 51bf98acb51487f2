#include "progress.h"

#include <algorithm>
#include <cstdio>
#include <string>
#include <unistd.h>

namespace elic::cli {

namespace {

constexpr int bar_width = 24;

std::string clock_text(double seconds) {
    const auto whole = static_cast<long>(seconds);
    char text[32];
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
    return text;
}

}  // namespace

Progress::Progress() : terminal_(::isatty(STDERR_FILENO) != 0), begun_(Clock::now()), last_(begun_) {}

void Progress::show(std::size_t done, const std::optional<double>& fraction) {
    if (!terminal_) return;
    const auto now = Clock::now();
    if (now - last_ < std::chrono::milliseconds(500)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - begun_).count();
    std::string line = "\r";
    if (fraction) {
        const auto filled = static_cast<std::size_t>(*fraction * bar_width);
        line += "[" + std::string(filled, '#') +
                std::string(bar_width - std::min<std::size_t>(filled, bar_width), ' ') + "] " +
                std::to_string(static_cast<int>(*fraction * 100)) + " %  ";
    }
    line += std::to_string(done) + " rows, " + std::to_string(static_cast<long>(static_cast<double>(done) / seconds)) +
            "/s";
    if (fraction && *fraction > 0.001) line += ", " + clock_text(seconds * (1 - *fraction) / *fraction) + " left";
    line += "\033[K";
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fflush(stderr);
    drawn_ = true;
}

void Progress::clear() {
    if (!drawn_) return;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
    drawn_ = false;
}

}  // namespace elic::cli
