#include "base/secret.h"

#include <cstdint>
#include <cstring>

namespace elic {

[[gnu::noinline]] void wipe_stack() noexcept {
    // By itself, not by a call: the first call of a library's function saves the registers further down on the stack.
    volatile std::uint64_t below[2048];  // NOLINT: not filled before it is overwritten
    for (auto& word : below) word = 0;
}

void wipe(void* memory, std::size_t size) noexcept {
    if (size != 0) explicit_bzero(memory, size);
}

}  // namespace elic
