// Gate: what a piece of code asked of the machine while it ran: heap, locks, waits, input and
// output. Test only. Link `saggar::gate`; it stands before the C library and counts for the calling
// thread.
#pragma once

#include <cstdint>

namespace saggar::gate {

/// Calls made by one thread inside a Scope, also by libraries opened with dlopen.
struct Counts {
  std::uint64_t allocations = 0;  ///< malloc, calloc, realloc, posix_memalign, aligned_alloc, new
  std::uint64_t frees = 0;        ///< free of something, delete
  std::uint64_t locks = 0;        ///< mutex and read-write lock, also a try
  std::uint64_t waits = 0;        ///< condition, semaphore, futex, sleep, poll
  std::uint64_t writes = 0;  ///< any input or output: write, send, read, recv, open, fsync, stdio
  /// False in a build with a sanitizer: it owns malloc, nothing is counted, all figures are 0.
  bool available = false;

  bool none() const noexcept { return (allocations | frees | locks | waits | writes) == 0; }
};

/// Counts from construction to destruction on the thread that made it. May nest: the outer one
/// also sees what the inner one saw. With SAGGAR_GATE_TRACE=1 in the environment the first
/// offender of the process prints its call stack; with SAGGAR_GATE_TRACE=abort it also aborts.
class Scope {
 public:
  Scope() noexcept;
  ~Scope();
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

  /// Counted so far. Thread: the one that made the scope.
  Counts counts() const noexcept;

 private:
  Counts before_;
};

}  // namespace saggar::gate

// The same for a program that does not link the gate: it declares these two weak, calls them where
// they are not null, and runs in the `gate` preset or with
// LD_PRELOAD=build/<preset>/lib/libsaggar-gate.so.
extern "C" {
/// Opens a scope on this thread.
void saggar_gate_enter(void);
/// Closes it; adds allocations, frees, locks, waits, writes to totals[0..4]. Returns 1 if counting
/// is available.
int saggar_gate_leave(std::uint64_t totals[5]);
}
