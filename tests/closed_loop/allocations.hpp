// Heap allocations of a thread, counted for the tests that watch controllers at it.
#pragma once

#include <cstdint>

namespace saggar::testing {

/// Of the calling thread so far; 0 where they cannot be counted.
std::uint64_t counted_allocations() noexcept;
/// False under a sanitizer, which owns the allocator.
bool counts_allocations() noexcept;

}  // namespace saggar::testing
