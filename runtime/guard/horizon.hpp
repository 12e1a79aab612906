// Horizon: a limit on how far each MV's trim may travel within a sliding window of time (G5).
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/domain/archive.hpp"

namespace saggar::guard {

/// Remembers the smallest and largest trim of every MV over the last `window_s`, in buckets of
/// window / kBuckets. A bucket leaves only when all of it is older than the window, so the range is
/// taken over the window or up to one bucket more: never over less.
/// Thread: control. No allocation after construction. `push` is O(1); `advance` is O(MVs * buckets)
/// when it enters a new bucket, else O(1).
class Horizon {
 public:
  /// @param window_s > 0
  /// @param limits per MV, >= 0, in the MV's unit; infinity = none
  Horizon(double window_s, std::vector<double> limits);

  /// Moves the window to `now_s`, which never falls.
  void advance(double now_s) noexcept;
  /// Trims that keep |trim - every trim in the window| <= limit. If all trims pushed so far were
  /// taken from this interval, the newest one is still inside it.
  double low(std::size_t mv) const noexcept { return high_[mv] - limits_[mv]; }
  double high(std::size_t mv) const noexcept { return low_[mv] + limits_[mv]; }
  /// The trim in force from now on.
  void push(std::size_t mv, double trim) noexcept {
    if (trim < low_[mv]) low_[mv] = trim;
    if (trim > high_[mv]) high_[mv] = trim;
    const std::size_t at = head_ * mvs_ + mv;
    if (trim < bucket_low_[at]) bucket_low_[at] = trim;
    if (trim > bucket_high_[at]) bucket_high_[at] = trim;
    newest_[mv] = trim;
  }

  void serialize(domain::Archive& archive);

 private:
  static constexpr std::size_t kBuckets = 16;
  static constexpr std::size_t kSlots = kBuckets + 1;  // the full ones and the one being filled

  void next_bucket() noexcept;
  void survey() noexcept;

  std::size_t mvs_;
  double bucket_s_;
  double bucket_end_s_ = 0;
  bool started_ = false;
  std::size_t head_ = 0;
  std::vector<double> limits_;
  std::vector<double> low_, high_, newest_;       // [mv]
  std::vector<double> bucket_low_, bucket_high_;  // [slot][mv]
};

}  // namespace saggar::guard
