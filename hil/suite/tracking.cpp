#include "hil/suite/tracking.hpp"

namespace saggar::suite {

TrackingSums& TrackingSums::operator+=(const TrackingSums& other) noexcept {
  seconds += other.seconds;
  error_Ks += other.error_Ks;
  absolute_Ks += other.absolute_Ks;
  squared_K2s += other.squared_K2s;
  late_Ks2 += other.late_Ks2;
  most_K = std::fmax(most_K, other.most_K);
  inside_s += other.inside_s;
  in_section_s += other.in_section_s;
  changes += other.changes;
  unsettled += other.unsettled;
  settling_s += other.settling_s;
  overshoot += other.overshoot;
  return *this;
}

void Tracking::begin_change(double from_K) noexcept {
  if (changing_) end_change(sums_);
  changing_ = true;
  from_K_ = from_K;
  since_s_ = moved_s_ = outside_s_ = 0;
  low_K_ = 1e300, high_K_ = -1e300;
  inside_ = false;
}

void Tracking::end_change(TrackingSums& sums) const noexcept {
  const double change_K = setpoint_K_ - from_K_;
  if (std::abs(change_K) < rules_.least_step_K || high_K_ < low_K_) return;
  ++sums.changes;
  if (inside_) {
    sums.settling_s.add(outside_s_);
  } else {
    ++sums.unsettled;
  }
  const double excess_K = change_K > 0 ? high_K_ - setpoint_K_ : setpoint_K_ - low_K_;
  sums.overshoot.add(std::max(0.0, excess_K) / std::abs(change_K));
}

void Tracking::restart() noexcept {
  changing_ = false;
  since_s_ = 0;
  setpoint_K_ = std::numeric_limits<double>::quiet_NaN();
}

void Tracking::add(double value_K, double setpoint_K, double dt_s) noexcept {
  if (!std::isfinite(setpoint_K) || !(dt_s > 0)) return;
  if (std::isfinite(setpoint_K_) && setpoint_K != setpoint_K_) {
    // A ramp is one change from where it began to where it stops; a small step alone is none, but
    // may begin one.
    if (!changing_ || since_s_ - moved_s_ > rules_.same_change_s) begin_change(setpoint_K_);
    moved_s_ = since_s_;
  }
  setpoint_K_ = setpoint_K;
  since_s_ += dt_s;
  if (!std::isfinite(value_K)) return;
  const double error_K = value_K - setpoint_K, size_K = std::abs(error_K);
  sums_.seconds += dt_s;
  sums_.error_Ks += error_K * dt_s;
  sums_.absolute_Ks += size_K * dt_s;
  sums_.squared_K2s += error_K * error_K * dt_s;
  sums_.late_Ks2 += (since_s_ - 0.5 * dt_s) * size_K * dt_s;
  sums_.most_K = std::fmax(sums_.most_K, size_K);
  low_K_ = std::min(low_K_, value_K), high_K_ = std::max(high_K_, value_K);
  inside_ = size_K <= rules_.band_K;
  sums_.inside_s += inside_ ? dt_s : 0.0;
  sums_.in_section_s += size_K <= rules_.section_K ? dt_s : 0.0;
  if (!inside_) outside_s_ = since_s_;
}

TrackingSums Tracking::sums() const noexcept {
  TrackingSums out = sums_;
  if (changing_) end_change(out);
  return out;
}

}  // namespace saggar::suite
