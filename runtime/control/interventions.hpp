// Interventions: how often the guard had to correct each rung, over a sliding window (SC-67).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/proposal.hpp"

namespace saggar::control {

/// Counts supervisory periods, not clips: one period in which the guard clipped or rejected a
/// proposal of a rung counts once for it, however often that happened within.
/// Thread: control. Real-time: no allocation after construction, O(1) per cycle.
class Interventions {
 public:
  struct Settings {
    double percent = 20;     ///< of the periods of the window; more and the rung is out
    double window_s = 3600;  ///< at least one period
    double period_s = 10;    ///< supervisory period, > 0
  };
  explicit Interventions(const Settings& settings);

  /// Once per cycle, after the guard.
  /// @param rung     that drove in this cycle; any number from kMaxRungs on = none
  /// @param corrected the guard clipped or rejected something it proposed
  void note(std::int64_t time_ns, std::size_t rung, bool corrected) noexcept;

  /// True from the moment the share is above the limit until it has fallen to half of it, so that
  /// a rung is not let in again by the first period that leaves the window.
  bool out(std::size_t rung) const noexcept { return (out_ >> rung & 1U) != 0; }
  /// Periods of the window in which this rung was corrected, and all periods of the window.
  std::uint32_t corrected(std::size_t rung) const noexcept { return count_[rung]; }
  std::size_t periods() const noexcept { return window_.size(); }
  /// Forgets what is held against this rung.
  void forgive(std::size_t rung) noexcept;

  void serialize(domain::Archive& archive) { archive(window_, count_, out_, at_, period_); }

 private:
  void next_period() noexcept;

  double limit_ = 0;  // periods
  std::int64_t period_ns_ = 1;
  std::vector<std::uint32_t> window_;  // per period, bit i: rung i was corrected
  std::array<std::uint32_t, domain::kMaxRungs> count_{};
  std::uint32_t out_ = 0;
  std::uint64_t at_ = 0;  // the period that runs
  std::int64_t period_ =
      -1;  // its number, counted from the zero of the field's time; -1 = none yet
};

}  // namespace saggar::control
