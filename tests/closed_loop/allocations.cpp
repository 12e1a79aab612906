#include "tests/closed_loop/allocations.hpp"

#include <cstddef>

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" void* __libc_malloc(std::size_t size);
namespace {
__attribute__((tls_model("initial-exec"))) thread_local std::uint64_t t_allocations = 0;
}
extern "C" void* malloc(std::size_t size) {
  ++t_allocations;
  return __libc_malloc(size);
}
namespace saggar::testing {
std::uint64_t counted_allocations() noexcept { return t_allocations; }
bool counts_allocations() noexcept { return true; }
}  // namespace saggar::testing
#else
namespace saggar::testing {
std::uint64_t counted_allocations() noexcept { return 0; }
bool counts_allocations() noexcept { return false; }
}  // namespace saggar::testing
#endif
