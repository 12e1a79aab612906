// Load: what the load of a zone asks for beyond its usual, for the feed-forward of the bank.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "controllers/pid/slope.hpp"

namespace saggar::pid {

struct LoadSettings {
  double mean_s = 43200;  ///< time constant of the mean, > 0
  double lead_s = 0, lag_s = 0;
  double dt_most_s = 10;  ///< a longer step counts as this long
};

/// Deviation of one load from its slow mean, through lead and lag:
///
///   y = (1 + lead s) / (1 + lag s) (load - mean),   mean' = (load - mean) / mean_s
///
/// The load of a zone is known by a model, so its level is worth little; what a gap or a heavy lot
/// changes in an hour is worth much. The mean follows in steps of the samples; lead and lag are
/// exact for straight lines, as all of the law. A load that comes, goes bad or comes back moves
/// nothing by itself: y stays, and the mean begins where y asks for it.
struct LoadDeviation {
  double value = 0;  ///< y, in the unit of the load
  double mean = 0;
  Slope slope;
  std::uint64_t primed = 0;

  template <class Archive>
  void state(Archive& s) {
    s(value, mean, slope, primed);
  }

  void step(double dt_s, double load, bool good, const LoadSettings& f) noexcept {
    if (!good || !(std::fabs(load) <= 1e12) || !(dt_s > 0)) {
      primed = 0;
      return;
    }
    if (primed == 0) {
      mean = load - value;
      slope.prime(value);
      primed = 1;
      return;
    }
    const double h = std::min(dt_s, f.dt_most_s);
    mean += (1 - decay_of(h, f.mean_s)) * (load - mean);
    const double deviation = load - mean;
    slope.step(deviation, h, decay_of(h, f.lag_s));
    value = deviation + (f.lead_s - f.lag_s) * slope.value;
  }
};

}  // namespace saggar::pid
