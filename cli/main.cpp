#include <ctime>

#include "session.h"

namespace {

/// The system's time: the only place that asks for it.
class SystemClock final : public elic::Clock {
public:
    elic::Timestamp now() const override { return elic::Timestamp::from_unix(std::time(nullptr)).value(); }
};

}  // namespace

int main(int argc, char** argv) {
    const SystemClock clock;
    return elic::cli::run(argc, argv, clock);
}
