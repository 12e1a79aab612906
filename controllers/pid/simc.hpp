// SIMC: gains from a model by the rules of S. Skogestad, "Simple analytic rules for model reduction
// and PID controller tuning", J. Process Control 13 (2003) 291-309.
#pragma once

#include <algorithm>
#include <cmath>

#include "controllers/pid/fopdt.hpp"
#include "controllers/pid/tuning.hpp"

namespace saggar::pid {

/// PI from first order with dead time: kc = T / (k (tc + dead)), ti = min(T, 4 (tc + dead)).
/// @param closed_loop_s tc, the wanted time constant; 0 = the dead time, the rule's own choice
inline Settings simc_pi(const Fopdt& m, double closed_loop_s = 0) noexcept {
  const double tc = closed_loop_s > 0 ? closed_loop_s : m.dead_time_s;
  Settings s;
  s.form = Form::ideal;
  s.kp = m.time_constant_s / (std::fabs(m.gain) * (tc + m.dead_time_s));
  s.ti_s = std::min(m.time_constant_s, 4 * (tc + m.dead_time_s));
  return s;
}

/// PID from second order with dead time, T the larger and `second_s` the smaller time constant: the
/// PI rule with td = second_s, in series form.
inline Settings simc_pid(const Fopdt& m, double second_s, double closed_loop_s = 0) noexcept {
  Settings s = simc_pi(m, closed_loop_s);
  s.form = Form::series;
  s.td_s = second_s;
  return s;
}

/// The half rule: half of the largest neglected time constant goes to the time constant, the other
/// half to the dead time.
inline Fopdt half_rule(double gain, double first_s, double second_s, double dead_s) noexcept {
  return {gain, first_s + 0.5 * second_s, dead_s + 0.5 * second_s};
}

}  // namespace saggar::pid
