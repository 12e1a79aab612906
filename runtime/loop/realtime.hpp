// Real-time wishes of a thread: granted where permitted, said plainly where not.
#pragma once

#include <string>
#include <vector>

namespace saggar::loop {

struct RealtimeWishes {
  bool lock_memory = true;
  int fifo_priority = 0;  ///< 1..99 for SCHED_FIFO, 0 for the normal scheduler
  int cpu = -1;           ///< pin to this CPU, -1 = any
};

/// Applies the wishes to the calling thread (memory: to the process) and returns one plain line per
/// wish: granted, or what was refused, why, and what would be needed. Also reports the kernel's
/// throttle of SCHED_FIFO threads, which stops a busy one for 50 ms in every second.
/// Thread: the control thread, before its first cycle.
std::vector<std::string> apply(const RealtimeWishes& wishes);

}  // namespace saggar::loop
