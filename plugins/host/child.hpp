// A question that only a stranger's code can answer, asked in a child process: one that crashes,
// hangs or ends the process harms only the child. Private to those who look at plugins without
// running them.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "runtime/domain/result.hpp"

namespace saggar::host {

struct ChildTask {
  std::string where;                    ///< stands before what is said of it
  std::string doing = "it was opened";  ///< "crashed while it was opened"
  /// "took longer than 10 ms to open: ..."
  std::string hanging = "to open: its constructors or entry hang";
  std::chrono::milliseconds patience = std::chrono::seconds(10);
};

/// What `answer` returns, computed in a child whose input and output are /dev/null. Errors: it
/// crashed (with the signal), ended the process, or took longer than `patience`.
/// Call from a program that has no other threads yet: it forks. Thread: main
domain::Result<std::string> ask_child(const ChildTask& task,
                                      const std::function<std::string()>& answer);

}  // namespace saggar::host
