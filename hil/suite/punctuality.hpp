// Punctuality: how well a runtime that starts its cycles by the wall clock keeps its time (HI-12).
#pragma once

#include <cstdint>
#include <vector>

#include "hil/suite/figure.hpp"
#include "hil/suite/result.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::suite {

/// Of the cycles of one run, in order. Thread: one. Costs 8 bytes a cycle.
class Punctuality {
 public:
  static constexpr double kLate_ms = 50;     ///< a start is late from here
  static constexpr double kMostLate = 0.01;  ///< share of late starts that is accepted
  static constexpr const char* kCheck = "cycle starts";

  /// @param period_ns > 0, between two planned starts
  explicit Punctuality(std::int64_t period_ns) noexcept : period_ns_(period_ns) {}

  void add(const domain::Timing& timing);
  /// Of the planned starts; one that did not take place is late as well. NaN without cycles.
  double late_share() const noexcept;
  /// Error of the start in ms: 50 %, 99 % and 99.9 % of the cycles are no later than this, and the
  /// latest; share of late starts; starts left out; cycles that were not over when the next was to
  /// start. All are figures of the machine.
  std::vector<Figure> figures() const;
  /// Fails if more than `kMostLate` of the starts are late, and without cycles.
  Check check() const;

 private:
  std::uint64_t planned() const noexcept { return errors_ms_.size() + skipped_; }

  std::int64_t period_ns_;
  std::int64_t last_planned_ns_ = 0;
  std::vector<double> errors_ms_;
  std::uint64_t late_ = 0, skipped_ = 0, overruns_ = 0;
};

}  // namespace saggar::suite
