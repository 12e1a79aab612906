// GatewayClock: the clock that stamps the field's frames, and what can be wrong with it (HI-24).
#pragma once

#include <cstdint>

#include "runtime/domain/archive.hpp"

namespace saggar::line {

/// Reads the plant's time, more or less. Thread: one. Time given in must not fall.
class GatewayClock {
 public:
  /// @param slew  s/s, how fast an error is brought in or out without a step, > 0
  explicit GatewayClock(double slew) noexcept : slew_(slew) {}

  /// What is wrong from `now_ns` on: `step_s` at once, `slewed_s` little by little.
  void set(double step_s, double slewed_s, bool frozen, std::int64_t now_ns) noexcept;
  /// Brings slewing up to date. @return the reading minus the time
  std::int64_t error_ns(std::int64_t now_ns) noexcept;
  void serialize(domain::Archive& archive);

 private:
  double slew_;
  std::int64_t step_ns_ = 0, slewed_ns_ = 0, slew_to_ns_ = 0;
  std::int64_t at_ns_ = 0;      ///< when slewing was last brought up to date
  std::int64_t frozen_ns_ = 0;  ///< its reading while frozen
  bool frozen_ = false;
};

}  // namespace saggar::line
