#include "hil/instruments/actuators.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::instruments {

Actuators::Actuators(std::vector<Range> ranges)
    : ranges_(std::move(ranges)),
      errors_(ranges_.size()),
      stuck_at_(ranges_.size(), 0.0),
      accepted_(ranges_.size(), 0.0),
      lagged_(ranges_.size(), 0.0) {}

void Actuators::set(std::size_t i, const ActuatorErrors& errors, double now) noexcept {
  const ActuatorErrors before = errors_[i];
  if (errors.stuck != 0 && before.stuck == 0) stuck_at_[i] = now;
  if (errors.dead_band != 0 && before.dead_band == 0) accepted_[i] = now;
  if (errors.lag_s != 0 && before.lag_s == 0) lagged_[i] = now;
  errors_[i] = errors;
}

double Actuators::distorted(std::size_t i, double target, double dt_s) noexcept {
  const ActuatorErrors& e = errors_[i];
  const Range& r = ranges_[i];
  const double way = (target - r.local) * (1.0 - e.weak);
  const double span = r.high - r.low;
  double aim = std::clamp(r.local + (e.reversed != 0 ? -way : way), r.low, r.high);
  aim = std::min(aim, r.high - e.out_of_reach * span);
  if (e.dead_band > 0) {
    if (std::abs(aim - accepted_[i]) > e.dead_band * span) accepted_[i] = aim;
    aim = accepted_[i];
  }
  if (e.lag_s > 0) {
    lagged_[i] += (aim - lagged_[i]) * -std::expm1(-dt_s / e.lag_s);
    aim = lagged_[i];
  }
  return e.stuck != 0 ? stuck_at_[i] : aim;
}

}  // namespace saggar::instruments
