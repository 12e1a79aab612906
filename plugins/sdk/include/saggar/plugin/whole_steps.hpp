// whole_steps: a setpoint told in steps that its device can hold, and kept while less is asked.
#pragma once

#include <cmath>

namespace saggar::plugin {

/// What lies between two steps of a device is written as both in turn (the guard owes nothing), and
/// what hangs at the edge of a step goes to and fro with every hair: both wear a contactor for
/// nothing. So a change counts once it is a whole step.
/// @param asked  the trim wanted @param said  the one that was told last; follows once `asked` is a
/// step away @param reference  what the trim is about @param step  >= 0 in the same unit; 0 = any
/// value @return the setpoint to propose
inline double whole_steps(double asked, double& said, double reference, double step) noexcept {
  if (!(std::abs(asked - said) < step)) said = asked;
  const double value = reference + said;
  return step > 0 ? step * std::round(value / step) : value;
}

}  // namespace saggar::plugin
