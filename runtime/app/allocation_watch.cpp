// Replaces the entry points of the C library's allocator by forwarding ones. The program's own
// symbols come first in symbol resolution, so calls from plugins are seen too.
#include "runtime/app/allocation_watch.hpp"

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

namespace saggar::app {
std::uint64_t (*allocation_counter() noexcept)() noexcept { return nullptr; }
}  // namespace saggar::app

#else

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
}

namespace {
// Initial-exec: reading it never allocates, not even on a thread's first call.
__attribute__((tls_model("initial-exec"))) thread_local std::uint64_t t_allocations = 0;
}  // namespace

extern "C" {
void* malloc(std::size_t size) {
  ++t_allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++t_allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) {
  ++t_allocations;
  return __libc_realloc(block, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++t_allocations;
  return __libc_memalign(alignment, size);
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++t_allocations;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  ++t_allocations;
  *block = __libc_memalign(alignment, size);
  return *block == nullptr ? 12 : 0;  // ENOMEM
}
}

namespace saggar::app {
namespace {
std::uint64_t count() noexcept { return t_allocations; }
}  // namespace
std::uint64_t (*allocation_counter() noexcept)() noexcept { return &count; }
}  // namespace saggar::app

#endif
