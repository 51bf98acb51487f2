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
    const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    const auto begin = reinterpret_cast<std::uintptr_t>(first);
    if (begin < end && end - begin <= 2 * heap_bytes) take_at_once(first, end - begin);
    std::free(first);
}

void take_at_once(void* begin, std::size_t bytes) noexcept {
    const auto page = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    const auto from = reinterpret_cast<std::uintptr_t>(begin);
    const auto first = (from + page - 1) & ~(page - 1);
    const auto last = (from + bytes) & ~(page - 1);
    if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_POPULATE_WRITE);
}

}  // namespace elic
