// The command line with a clock that stands still, for transcripts: the time is taken from ELIC_TEST_NOW. Only this
// test program reads that variable; the real program has no such seam.
#include <cstdlib>

#include "session.h"

namespace {

class FixedClock final : public elic::Clock {
public:
    elic::Timestamp now() const override {
        const char* text = std::getenv("ELIC_TEST_NOW");
        return elic::Timestamp::parse(text != nullptr ? text : "2026-11-23T10:00:00+08:00").value();
    }
};

}  // namespace

int main(int argc, char** argv) {
    const FixedClock clock;
    return elic::cli::run(argc, argv, clock);
}
