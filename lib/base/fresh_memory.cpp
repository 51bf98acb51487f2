#include "base/fresh_memory.h"

#include <cstdint>
#include <cstdlib>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23  // Linux 5.14; an older kernel refuses it, and nothing is lost
#endif

namespace elic {

namespace {

constexpr std::size_t heap_bytes = 768 << 10;

}  // namespace

void take_fresh_memory() noexcept {
    if (::mallopt(M_TOP_PAD, heap_bytes) != 1) return;
    void* first = std::malloc(1 << 16);  // grows the heap by that and the pad
    if (first == nullptr) return;
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto begin = (reinterpret_cast<std::uintptr_t>(first) + page - 1) & ~(page - 1);
    const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0)) & ~(page - 1);
    if (begin < end && end - begin <= heap_bytes + (1 << 17)) {
        ::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_POPULATE_WRITE);
    }
    std::free(first);
}

}  // namespace elic
