// Schedule: factors on the gains as a piecewise linear function of one tag.
#pragma once

#include <array>
#include <cstdint>

namespace saggar::pid {

/// Factors on kp (and with it on ki and kd), on ti and on td.
struct Scale {
  double gain = 1;
  double ti = 1;
  double td = 1;
  bool operator==(const Scale&) const = default;

  template <class Archive>
  void state(Archive& s) {
    s(gain, ti, td);
  }

  /// Every factor between 1e-6 and 1e6.
  bool valid() const noexcept {
    for (double f : {gain, ti, td}) {
      if (!(f >= 1e-6 && f <= 1e6)) return false;
    }
    return true;
  }
};

/// Up to four breakpoints, `at` rising; outside them the end values hold. count 0 = no schedule.
struct Schedule {
  static constexpr std::uint32_t kMost = 4;
  std::uint32_t count = 0;
  std::array<double, kMost> at{};
  std::array<Scale, kMost> scale{};

  /// Every factor valid, `at` strictly rising.
  bool valid() const noexcept {
    if (count > kMost) return false;
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!scale[i].valid()) return false;
      if (!(at[i] > -1e12 && at[i] < 1e12)) return false;
      if (i > 0 && !(at[i] > at[i - 1])) return false;
    }
    return true;
  }

  /// The factors at `x`; `x` must be finite.
  Scale look_up(double x) const noexcept {
    if (count == 0) return {};
    if (x <= at[0]) return scale[0];
    for (std::uint32_t i = 1; i < count; ++i) {
      if (x >= at[i]) continue;
      const double w = (x - at[i - 1]) / (at[i] - at[i - 1]);
      const Scale& a = scale[i - 1];
      const Scale& b = scale[i];
      return {a.gain + w * (b.gain - a.gain), a.ti + w * (b.ti - a.ti), a.td + w * (b.td - a.td)};
    }
    return scale[count - 1];
  }
};

}  // namespace saggar::pid
