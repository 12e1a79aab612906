// Actuators: what devices make of a setpoint that they have taken, where something is wrong with
// them: stuck, short of range, with a dead band, slow, weak, reversed.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/domain/archive.hpp"

namespace saggar::instruments {

/// Nothing wrong as made. All double: it stands in snapshots byte for byte.
struct ActuatorErrors {
  double out_of_reach = 0;  ///< share of the range, from the top
  double dead_band = 0;     ///< share of the range
  double lag_s = 0;         ///< time constant before the device's own
  double weak = 0;          ///< share of the way from its own recipe that it does not go
  double reversed = 0;      ///< 1: the other way from its own recipe
  double stuck = 0;         ///< 1: stays

  bool any() const noexcept {
    return out_of_reach != 0 || dead_band != 0 || lag_s != 0 || weak != 0 || reversed != 0 ||
           stuck != 0;
  }
};

/// One element per write tag. A sound device aims at its setpoint, bit for bit. Thread: one.
/// Nothing allocates after construction.
class Actuators {
 public:
  struct Range {
    double low = 0, high = 0;
    double local = 0;  ///< its own recipe
  };
  explicit Actuators(std::vector<Range> ranges);

  /// What is wrong from now on.
  /// @param now  where the device is, in the unit of its setpoint: there it stays when stuck, and
  ///             from there a dead band or a lag begins
  void set(std::size_t i, const ActuatorErrors& errors, double now) noexcept;
  /// What device i aims at when its setpoint is `target`; to be called once each `dt_s`.
  double aim(std::size_t i, double target, double dt_s) noexcept {
    return errors_[i].any() ? distorted(i, target, dt_s) : target;
  }
  void serialize(domain::Archive& archive) { archive(errors_, stuck_at_, accepted_, lagged_); }

 private:
  double distorted(std::size_t i, double target, double dt_s) noexcept;

  std::vector<Range> ranges_;
  std::vector<ActuatorErrors> errors_;
  std::vector<double> stuck_at_, accepted_, lagged_;
};

}  // namespace saggar::instruments
