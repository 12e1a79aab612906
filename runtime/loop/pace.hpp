// Pace: when the next cycle starts in wall pacing, and what happens after an overrun.
#pragma once

#include <cstdint>

namespace saggar::loop {

/// What to do when a cycle took longer than its period.
enum class OverrunPolicy : std::uint8_t {
  skip,  // drop the missed starts, keep the phase (default: commands are never older than needed)
  catch_up  // run the missed cycles at once, one after the other
};

/// The arithmetic of absolute deadlines; no clock inside, so that it can be tested.
class Pace {
 public:
  /// @param period_ns > 0, between two planned starts
  Pace(std::int64_t period_ns, OverrunPolicy policy, std::int64_t first_start_ns) noexcept
      : period_ns_(period_ns), policy_(policy), next_ns_(first_start_ns) {}

  struct Start {
    std::int64_t planned_ns = 0;  ///< monotonic time to sleep until
    std::uint64_t skipped = 0;    ///< planned starts dropped because of an overrun
  };

  /// The next start, given the time now. Never before the previous planned start + period.
  Start next(std::int64_t now_ns) noexcept {
    Start start{next_ns_, 0};
    if (policy_ == OverrunPolicy::skip && now_ns >= next_ns_ + period_ns_) {
      start.skipped = static_cast<std::uint64_t>((now_ns - next_ns_) / period_ns_);
      start.planned_ns += static_cast<std::int64_t>(start.skipped) * period_ns_;
    }
    overruns_ += now_ns > next_ns_ ? 1 : 0;  // the last cycle ended after this one was to start
    skipped_ += start.skipped;
    next_ns_ = start.planned_ns + period_ns_;
    return start;
  }

  std::uint64_t overruns() const noexcept { return overruns_; }
  std::uint64_t skipped() const noexcept { return skipped_; }

 private:
  std::int64_t period_ns_;
  OverrunPolicy policy_;
  std::int64_t next_ns_;
  std::uint64_t overruns_ = 0;
  std::uint64_t skipped_ = 0;
};

}  // namespace saggar::loop
