#include <ctime>

#include "base/fresh_memory.h"
#include "crypto/own_program.h"
#include "session.h"

namespace {

/// The system's time: the only place that asks for it.
class SystemClock final : public elic::Clock {
public:
    elic::Timestamp now() const override { return elic::Timestamp::from_unix(std::time(nullptr)).value(); }
};

}  // namespace

int main(int argc, char** argv) {
    elic::take_fresh_memory();
    elic::start_crypto_of_own_program();
    const SystemClock clock;
    return elic::cli::run(argc, argv, clock);
}
