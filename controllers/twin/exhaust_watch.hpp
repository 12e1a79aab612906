// ExhaustWatch: dampers, ducts and fan, by the flow that leaves against the pressure that drives
// it.
#pragma once

#include "controllers/twin/signals.hpp"

namespace saggar::twin {

/// What drives the gas out, in one cycle.
struct Draught {
  double pressure_Pa = 0;        ///< at the transmitter
  double exhaust_mol_per_s = 0;  ///< inlets and steam less leaks
  double open = 0;               ///< sum of the dampers, 0..1 each
};

/// Conductance = exhaust / (open sqrt(pressure + draft)); the sum is of what it lost against usual.
/// Thread: one.
class ExhaustWatch {
 public:
  explicit ExhaustWatch(const Limits& limits) : l_(limits) {}

  void step(const Signals& s, const Draught& d, Findings& findings) noexcept;
  /// As it was made: the twin has begun anew.
  void forget() noexcept {
    conductance_ = {};
    usual_ = {};
    sum_ = {};
  }
  const Cusum& sum() const noexcept { return sum_; }
  void state(plugin::State& s) { s(conductance_, usual_, sum_); }

 private:
  Limits l_;
  Smooth conductance_;
  Usual usual_;
  Cusum sum_;
};

}  // namespace saggar::twin
