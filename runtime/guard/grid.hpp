// Grid: the values a device can hold, and which of them to send so that the mean is right (IF-05)
// and nothing is sent that the device could not tell apart (SC-39).
#pragma once

#include <algorithm>
#include <cmath>

namespace saggar::guard {

/// Multiples of one resolution step. Pure; no state.
class Grid {
 public:
  /// @param step >= 0 in the MV's unit; 0 = continuous
  explicit Grid(double step = 0) noexcept : step_(step) {
    // k / 10 is the double nearest to the decimal value; k * 0.1 is not.
    const double inverse = step > 0 ? std::round(1.0 / step) : 0;
    if (inverse >= 1 && std::abs(inverse * step - 1.0) < 1e-12) inverse_ = inverse;
  }

  double step() const noexcept { return step_; }

  /// The value to send for `goal`, inside [low, high]; `current` when nothing better fits or the
  /// change would be smaller than one step.
  /// @param owed  what was held back so far by rounding, within one step: it decides between the
  /// two
  ///              neighbours of the goal
  double pick(double goal, double owed, double low, double high, double current) const noexcept {
    if (!(low <= high)) return current;
    if (!(step_ > 0)) return std::clamp(goal, low, high);
    const double wish = goal + owed;
    const double one = step_ * kAlmost;
    if (std::abs(goal - current) < one && std::abs(wish - current) < one) return current;
    const double k = inverse_ > 0 ? goal * inverse_ : goal / step_;
    double first = at(std::floor(k));
    double second = at(std::ceil(k));
    if (std::abs(second - wish) < std::abs(first - wish)) std::swap(first, second);
    for (const double value : {first, second}) {
      if (value >= low && value <= high && std::abs(value - current) >= one) return value;
    }
    return current;
  }

  /// The grid value nearest to `value` inside [low, high], or NaN if there is none.
  double inside(double value, double low, double high) const noexcept {
    value = std::clamp(value, low, high);
    if (!(step_ > 0)) return value;
    const double k = inverse_ > 0 ? value * inverse_ : value / step_;
    const double near = at(std::round(k));
    if (near >= low && near <= high) return near;
    const double other = at(near > high ? std::floor(k) : std::ceil(k));
    return other >= low && other <= high ? other : std::nan("");
  }

 private:
  // Two neighbours of the grid may differ by a little less than a step in binary.
  static constexpr double kAlmost = 1.0 - 1e-6;

  double at(double k) const noexcept { return inverse_ > 0 ? k / inverse_ : k * step_; }

  double step_ = 0;
  double inverse_ = 0;  // 1 / step when that is a whole number, else 0
};

}  // namespace saggar::guard
