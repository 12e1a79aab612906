// Slope: the filtered rate of change of a sampled signal. The one kernel behind derivative action
// and the lead-lag of the feed-forward.
#pragma once

#include <cmath>

namespace saggar::pid {

/// s / (1 + T s) applied to a signal that runs in straight lines between its samples; exact for
/// that, for any time step, and a plain difference quotient for T = 0.
struct Slope {
  double value = 0;  ///< per s
  double last = 0;   ///< the newest sample

  template <class Archive>
  void state(Archive& s) {
    s(value, last);
  }

  /// Takes `sample` as the signal's past: no rate, no kick.
  void prime(double sample) noexcept {
    value = 0;
    last = sample;
  }

  /// `decay` = exp(-dt / T), see `decay_of`.
  void step(double sample, double dt_s, double decay) noexcept {
    value = decay * value + (1 - decay) * (sample - last) / dt_s;
    last = sample;
  }
};

/// exp(-dt / T); 0 for T = 0.
inline double decay_of(double dt_s, double time_s) noexcept {
  return time_s > 0 ? std::exp(-dt_s / time_s) : 0;
}

}  // namespace saggar::pid
