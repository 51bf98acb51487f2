#pragma once

#include <cstddef>

namespace elic {

/// Takes the memory that a short command needs in one piece, at once. Each page that is touched first costs a trap, and
/// under software page tables (many virtual machines) some 16 microseconds; asked for together, a page costs one.
void take_fresh_memory() noexcept;

/// The same for memory that was reserved and will all be used: `bytes` from `begin`. Nothing is written.
void take_at_once(void* begin, std::size_t bytes) noexcept;

}  // namespace elic
