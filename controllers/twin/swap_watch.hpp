// SwapWatch: thermocouples on each other's input, by work that goes the wrong way.
#pragma once

#include "controllers/twin/signals.hpp"

namespace saggar::twin {

/// Of every pair of loops D = difference of the readings, Q = difference of the powers less what
/// is usual: where each thermocouple stands at its own heater, D goes where Q pushes it. The sum of
/// -Q dD (Q of the cycle before) therefore falls whatever happens, or stays; where the two are
/// swapped their loops drive each other apart and it grows without bound. Not more of it is counted
/// than twice the work of each power on the other's reading, so that cold air that falls on one of
/// the two is no swap.
/// Thread: one. Nothing allocates after construction.
class SwapWatch {
 public:
  SwapWatch(const Limits& limits, std::size_t zones);

  void step(const Signals& s, Findings& findings) noexcept;
  /// Largest work of a pair that this loop is in, as a share of the level.
  double suspicion(std::size_t loop) const noexcept { return suspicion_[loop]; }
  /// Until when it disturbs balances nearby; 0: none.
  double disturbs_until_s(std::size_t loop) const noexcept { return until_s_[loop]; }
  void state(plugin::State& s);  ///< all that the next steps depend on
  const Cusum& work(std::size_t a, std::size_t b) const noexcept { return pair_[index(a, b)]; }

 private:
  std::size_t index(std::size_t a, std::size_t b) const noexcept {
    return b * (b - 1) / 2 + a;  // a < b
  }
  void sum(const Signals& s) noexcept;
  void choose(const Signals& s) noexcept;

  Limits l_;
  std::vector<Usual> usual_kW_;
  std::vector<double> last_degC_, last_kW_, suspicion_, until_s_;
  std::vector<Cusum> pair_;
  std::size_t a_ = 0, b_ = 0;  ///< the pair found; equal: none
  double watched_s_ = 0;
};

}  // namespace saggar::twin
