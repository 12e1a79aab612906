// ShiftLimit: how far a value may go without having changed by more than so much within a time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace saggar::plugin {

/// The guard bounds the net change of a trim within a shift (SC-37): a controller that knows it is
/// not clipped. Remembers the extremes of values in parts of the time, four more than fill it: what
/// it allows is never more than the exact rule would, nor than a guard that counts by parts as
/// well. Thread: one. Nothing allocates after construction.
class ShiftLimit {
 public:
  static constexpr std::size_t kParts = 48;

  ShiftLimit(std::size_t values, double most, double time_s)
      : n_(values),
        most_(most),
        part_s_(time_s / (kParts - 4)),
        low_(values * kParts),
        high_(low_) {}

  /// Begins with nothing moved yet.
  void restart(const double* now) noexcept {
    at_ = 0;
    passed_s_ = 0;
    for (std::size_t p = 0; p < kParts; ++p) put(p, now);
  }
  /// Value `i` begins with nothing moved yet.
  void restart(std::size_t i, double now) noexcept {
    for (std::size_t p = 0; p < kParts; ++p) low_[p * n_ + i] = high_[p * n_ + i] = now;
  }
  void watch(double dt_s, const double* now) noexcept {
    passed_s_ += dt_s;
    while (passed_s_ >= part_s_) {
      passed_s_ -= part_s_;
      at_ = (at_ + 1) % kParts;
      put(at_, now);
    }
    for (std::size_t i = 0; i < n_; ++i) {
      double& low = low_[at_ * n_ + i];
      double& high = high_[at_ * n_ + i];
      low = std::min(low, now[i]);
      high = std::max(high, now[i]);
    }
  }
  double lowest(std::size_t i) const noexcept {
    double most = high_[i];
    for (std::size_t p = 1; p < kParts; ++p) most = std::max(most, high_[p * n_ + i]);
    return most - most_;
  }
  double highest(std::size_t i) const noexcept {
    double least = low_[i];
    for (std::size_t p = 1; p < kParts; ++p) least = std::min(least, low_[p * n_ + i]);
    return least + most_;
  }
  template <class S>
  void serialize(S& s) {
    s(low_, high_, at_, passed_s_);
  }

 private:
  void put(std::size_t part, const double* now) noexcept {
    std::copy_n(now, n_, low_.begin() + static_cast<std::ptrdiff_t>(part * n_));
    std::copy_n(now, n_, high_.begin() + static_cast<std::ptrdiff_t>(part * n_));
  }

  std::size_t n_;
  double most_, part_s_;
  std::vector<double> low_, high_;
  std::uint64_t at_ = 0;
  double passed_s_ = 0;
};

/// The same for trims of setpoints about their references, as they stand at the field. While the
/// limits in force are not about the reference a ramp is under way: what moves then is no trim, and
/// the time begins anew. Thread: one. Nothing allocates after construction.
class TrimShift {
 public:
  static constexpr double kTime_s = 8 * 3600.0;  ///< of the guard
  static constexpr double kOffCentre = 0.1;      ///< of the width of limits

  TrimShift() = default;
  /// @param most  largest net change, in the setpoints' unit
  TrimShift(std::size_t setpoints, double most)
      : now_(setpoints, 0.0), limit_(setpoints, most, kTime_s) {}

  /// Begins with nothing moved yet.
  void restart() noexcept { seen_ = 0; }
  /// Of every setpoint, each step; then `pass`. Values that are no numbers count as unchanged.
  void see(std::size_t i, double working, double reference, double low, double high) noexcept {
    const double trim = working - reference;
    if (std::isfinite(trim)) now_[i] = trim;
    const double below = low - reference, above = high - reference;
    if (std::fabs(below + above) > kOffCentre * (above - below)) limit_.restart(i, now_[i]);
  }
  void pass(double dt_s) noexcept {
    if (seen_ == 0) limit_.restart(now_.data());
    seen_ = 1;
    limit_.watch(dt_s, now_.data());
  }
  /// `trim` within what may be reached, moved further by `more` to both sides; where the field
  /// itself has moved too far, what stands there. Before the first `pass` all may be.
  double within(std::size_t i, double trim, double more = 0) const noexcept {
    if (seen_ == 0) return trim;
    const double low = limit_.lowest(i) - more, high = limit_.highest(i) + more;
    return low <= high ? std::clamp(trim, low, high) : now_[i];
  }
  template <class S>
  void serialize(S& s) {
    s(now_, seen_);
    limit_.serialize(s);
  }

 private:
  std::vector<double> now_;
  ShiftLimit limit_{0, 0, kTime_s};
  std::uint64_t seen_ = 0;
};

}  // namespace saggar::plugin
