// Screening: judges each raw sample before anybody may use it (SC-19).
#pragma once

#include <limits>
#include <vector>

#include "runtime/domain/archive.hpp"
#include "runtime/domain/record.hpp"

namespace saggar::estimate {

/// Limits of one tag, in its unit. Infinity = not checked.
struct ScreeningLimits {
  double rate_per_s = std::numeric_limits<double>::infinity();  ///< faster is `too_fast`
  double freeze_s = std::numeric_limits<double>::infinity();    ///< unchanged longer is `frozen`
  double stale_s = std::numeric_limits<double>::infinity();     ///< older is `stale`
};

/// Keeps what it needs of the last samples of every tag.
/// Thread: control. Real-time: no allocation after construction, O(tags).
class Screening {
 public:
  /// A jump is refused this many times; if it stays, it is the new truth.
  static constexpr int kJumpPatience = 3;

  /// @param limits one per tag; a shorter list leaves the rest unchecked
  Screening(const domain::Plant& plant, std::vector<ScreeningLimits> limits);

  /// Fills `screened` from `raw`: same values, quality lowered where a check fails, in this order:
  /// not finite, out of range, stale, too fast, frozen. A bad sample keeps its value for display;
  /// nobody computes with it. A change between usable and bad makes one event per tag; the first
  /// good sample of a tag is no change.
  /// @param time_ns the cycle's time
  void screen(std::int64_t time_ns, const domain::Frame& raw, domain::Frame& screened,
              domain::Bounded<domain::Event>& events) noexcept;

  void serialize(domain::Archive& archive);

 private:
  struct Memory {
    double accepted = std::numeric_limits<double>::quiet_NaN();
    std::int64_t accepted_ns = 0;
    double previous = std::numeric_limits<double>::quiet_NaN();
    std::int64_t changed_ns = 0;
    std::int32_t jumps = 0;
    domain::SubStatus reported = domain::SubStatus::none;  // of the last event
    bool bad = false;                                      // the last event said so
  };

  domain::SubStatus judge(std::size_t tag, const domain::Sample& sample, std::int64_t time_ns,
                          Memory& memory) const noexcept;

  const domain::Plant& plant_;
  std::vector<ScreeningLimits> limits_;
  std::vector<Memory> memory_;
};

}  // namespace saggar::estimate
