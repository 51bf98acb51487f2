#pragma once

namespace elic {

/// Prints the broken expectation and aborts. Never returns, never caught.
[[noreturn]] void assertion_failed(const char* expression, const char* file, int line) noexcept;

}  // namespace elic

/// A bug in this program, never a property of its input. On in all builds.
#define ELIC_ASSERT(expression) \
    ((expression) ? static_cast<void>(0) : ::elic::assertion_failed(#expression, __FILE__, __LINE__))
