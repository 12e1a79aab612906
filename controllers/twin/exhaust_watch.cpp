#include "controllers/twin/exhaust_watch.hpp"

#include <cmath>

namespace saggar::twin {
namespace {

constexpr double kSample_s = 30.0, kHour_s = 3600.0;
constexpr double kMost = 4.0;  ///< the sum stops at so many levels
constexpr double kLeast_Pa = 1.0, kLeastOpen = 0.05;

}  // namespace

void ExhaustWatch::step(const Signals& s, const Draught& d, Findings& findings) noexcept {
  const double drive_Pa = d.pressure_Pa + l_.exhaust_draft_Pa;
  if (!s.settled || !(drive_Pa > kLeast_Pa) || !(d.open > kLeastOpen) ||
      !std::isfinite(d.exhaust_mol_per_s)) {
    return;
  }
  conductance_.add(d.exhaust_mol_per_s / (d.open * std::sqrt(drive_Pa)), s.dt_s,
                   l_.exhaust_filter_s);
  const bool known = usual_.seen_s >= kHour_s * l_.learn_h;
  const double change = known ? conductance_.value / usual_.mean - 1.0 : 0.0;
  if (known) {
    sum_.add(s.now_s, s.dt_s / kSample_s * (-change - l_.exhaust_usual), kMost * l_.exhaust_high);
  }
  if (sum_.value <= 0) usual_.learn(conductance_.value, s.dt_s, kHour_s * l_.memory_h);
  if (!sum_.judge(s.now_s, s.dt_s, l_.exhaust_high, l_.exhaust_low, 0.0)) return;
  Finding f;
  f.cause = Cause::exhaust_blocked;
  f.statistic = sum_.value;
  f.threshold = l_.exhaust_high;
  f.began_s = sum_.began_s;
  f.since_s = sum_.raised_s;
  f.measured = d.pressure_Pa;
  const double usual_root = d.exhaust_mol_per_s / (d.open * usual_.mean);
  f.expected = usual_root * usual_root - l_.exhaust_draft_Pa;
  f.size = change;
  findings.add(f);
}

}  // namespace saggar::twin
