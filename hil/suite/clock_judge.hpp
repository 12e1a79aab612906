// clock_judge: what became of a run in real time, from the diary of its kiln and its journal.
#pragma once

#include <string>
#include <vector>

#include "hil/bridge/diary.hpp"
#include "hil/suite/two_processes.hpp"

namespace saggar::suite {

/// Finds the period of the wall clock that a cycle of the runtime belongs to: that of the frame it
/// rests on; while no frames go out, that in which it began. Thread: one.
class PeriodOf {
 public:
  /// @param periods  must outlive this
  explicit PeriodOf(const std::vector<bridge::Diary::Period>& periods) : periods_(periods) {}

  /// @param sequence, time_ns  of the frame and of the cycle, in the field's time; neither may fall
  ///                           from call to call
  /// @return its place in `periods`, which must not be empty
  std::size_t operator()(std::uint64_t sequence, std::int64_t time_ns) noexcept;

 private:
  const std::vector<bridge::Diary::Period>& periods_;
  std::size_t place_ = 0;
};

/// Goes through the run again with the kiln of the bench; fills in figures, checks and trace.
/// @return a problem, or empty
std::string judge_by_diary(const TwoProcesses& bench, const bridge::Diary& diary,
                           CaseResult& result);

}  // namespace saggar::suite
