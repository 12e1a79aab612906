// TraceTaker: samples of a run for pictures and funnels.
#pragma once

#include <vector>

#include "hil/kiln/kiln.hpp"
#include "hil/suite/result.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// Thread: one. Samples every `step_s` of field time.
class TraceTaker {
 public:
  static constexpr int kSamples = 600;  ///< at most about so many over the run

  /// @param plant, kiln  must outlive this
  TraceTaker(const domain::Plant& plant, const kiln::Kiln& kiln, double duration_s);

  void add(const domain::Record& record, double time_s);
  const CaseTrace& trace() const noexcept { return trace_; }

 private:
  void sample(const domain::Record& record);

  const domain::Plant& plant_;
  const kiln::Kiln& kiln_;
  CaseTrace trace_;
  double next_s_ = 0;
  std::uint64_t clips_ = 0, rejects_ = 0, alarms_ = 0;  ///< since the last sample
};

}  // namespace saggar::suite
