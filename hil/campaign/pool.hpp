// Pool: work in processes of its own, a few at a time. What crashes, hangs or leaks takes nothing
// with it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace saggar::campaign {

/// How a piece of work ended.
struct Ended {
  std::size_t index = 0;
  int exit_code = 0;  ///< of the process; -1 if it was ended by a signal
  int signal = 0;     ///< that ended it; 0 = none
  bool too_long = false;
  double seconds = 0;  ///< wall time
  double cpu_s = 0;    ///< processor time of the process
  long peak_kB = 0;    ///< its largest resident size

  bool sound() const noexcept { return exit_code == 0 && signal == 0; }
  /// "ended by signal 11 (Segmentation fault)", "no end in 30 s", "exit code 3", "".
  std::string problem() const;
};

struct PoolOptions {
  int jobs = 1;                        ///< processes at a time, >= 1
  double limit_s = 3600;               ///< wall time of one; then it is ended
  const volatile int* stop = nullptr;  ///< nonzero: what runs is ended, nothing more is begun
};

/// Runs `work(i)` for each i below `count`, each in a child of this process, which ends with the
/// code it returns; `done` is called here, in the order in which they end. This process must have
/// one thread only.
/// @return false if it was stopped
bool run_pool(std::size_t count, const PoolOptions& options,
              const std::function<int(std::size_t)>& work,
              const std::function<void(const Ended&)>& done);

}  // namespace saggar::campaign
