// RuntimeProcess: `saggar run` as a program of its own beside a kiln.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace saggar::suite {

/// A child process; killed when it is no longer wanted, and when this process dies without having
/// said so. Thread: one, which must not end before the child.
class RuntimeProcess {
 public:
  RuntimeProcess() = default;
  ~RuntimeProcess();
  RuntimeProcess(const RuntimeProcess&) = delete;
  RuntimeProcess& operator=(const RuntimeProcess&) = delete;

  /// @param words      path of the program, then its arguments
  /// @param errors_to  file for its standard error, written anew; empty: that of this process
  /// @return false if there is no room for a process; a program that is not there ends with code
  /// 127
  bool start(const std::vector<std::string>& words, const std::string& errors_to = {});
  /// Empty while it runs, else how it ended: "exit code 0", "signal Killed".
  std::string ended();
  /// Waits for its end, at most so long. @return as `ended`
  std::string wait_for(double seconds);
  /// Asks it to end, as a person does (SIGTERM).
  void ask_to_end() const;
  /// Kills it.
  void kill();

 private:
  pid_t pid_ = 0;
  std::string how_;
};

}  // namespace saggar::suite
