#include "base/fresh_memory.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // Linux 5.14; an older kernel refuses it, and nothing is lost
#endif

namespace elic {

namespace {

// Seven blocks, each below the size from which malloc maps a block by itself (128 KB, and left as it is: a long command
// lives from its being raised as it goes).
constexpr std::size_t block_count = 7;
constexpr std::size_t block_bytes = 96 << 10;

}  // namespace

void take_fresh_memory() noexcept {
    std::array<void*, block_count> blocks = {};
    for (auto& block : blocks) block = std::malloc(block_bytes);
    static const void* const above = std::malloc(4096);  // stays, so that what is freed below it is not given back
    const auto begin = reinterpret_cast<std::uintptr_t>(blocks.front());
    const auto end = reinterpret_cast<std::uintptr_t>(above);
    if (begin != 0 && begin < end && end - begin <= 2 * block_count * block_bytes) {
        take_at_once(blocks.front(), end - begin);
    }
    for (auto* block : blocks) std::free(block);
}

void take_at_once(void* begin, std::size_t bytes) noexcept {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto from = reinterpret_cast<std::uintptr_t>(begin);
    const auto first = (from + page - 1) & ~(page - 1);
    const auto last = (from + bytes) & ~(page - 1);
    if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_POPULATE_WRITE);
}

}  // namespace elic
