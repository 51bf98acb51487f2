// The command line with a seam that the program does not have: a batch that comes to a named step for the n-th time
// kills its process there. ELIC_TEST_KILL=committed:3; unset: nothing is different.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>

#include "session.h"

namespace {

class SystemClock final : public elic::Clock {
public:
    elic::Timestamp now() const override { return elic::Timestamp::from_unix(std::time(nullptr)).value(); }
};

}  // namespace

int main(int argc, char** argv) {
    const SystemClock clock;
    const char* text = std::getenv("ELIC_TEST_KILL");
    const std::string wish = text != nullptr ? text : ":0";
    const auto colon = wish.find(':');
    const std::string step = wish.substr(0, colon);
    std::atomic<int> left = std::atoi(wish.c_str() + colon + 1);
    return elic::cli::run(argc, argv, clock, [&](std::string_view at) {
        if (at == step && --left == 0) std::raise(SIGKILL);
    });
}
