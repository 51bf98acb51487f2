#include "elic/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace elic {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
    std::fprintf(stderr, "elic: bug: expected %s at %s:%d\n", expression, file, line);
    std::abort();
}

}  // namespace elic
