// The step of a device's register: a device that counts tenths shows the decimal 449.9, and so must
// the double that stands for it. 4499 * 0.1 is another double, 449.90000000000003.
#pragma once

#include <cmath>

namespace saggar::instruments {

/// Steps in one unit; exact where that is a whole number, so that counts / steps is the double
/// nearest to the decimal. @param step > 0
inline double steps_per_unit(double step) noexcept {
  const double whole = std::nearbyint(1.0 / step);
  return whole >= 1.0 && std::abs(whole * step - 1.0) < 1e-12 ? whole : 1.0 / step;
}

/// The nearest value the device can show. @param step > 0
inline double to_step(double value, double step) noexcept {
  const double per_unit = steps_per_unit(step);
  return std::nearbyint(value * per_unit) / per_unit;
}

}  // namespace saggar::instruments
