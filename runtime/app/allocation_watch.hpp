// AllocationWatch: counts heap allocations per thread, so that a controller that allocates on the
// control thread is noticed and loses its seat.
#pragma once

#include <cstdint>

namespace saggar::app {

/// A function that returns how often the calling thread has allocated so far; nullptr in builds
/// with sanitizers, which own the allocator.
std::uint64_t (*allocation_counter() noexcept)() noexcept;

}  // namespace saggar::app
