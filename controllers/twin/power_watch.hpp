// PowerWatch: heater elements and power units, by the power of each loop against its output.
#pragma once

#include "controllers/twin/signals.hpp"

namespace saggar::twin {

/// Each cycle share = power / asked / usual - 1, both smoothed alike. A loss sums -share -
/// `power_usual` where the output is large enough to tell; an excess sums the power beyond what is
/// asked less `excess_kW`.
/// Thread: one. Nothing allocates after construction.
class PowerWatch {
 public:
  PowerWatch(const Limits& limits, std::size_t zones);

  void step(const Signals& s, Findings& findings) noexcept;
  const Cusum& loss(std::size_t loop) const noexcept { return loss_[loop]; }
  /// Most likely time of the change and the time until which it disturbs balances nearby; 0: none.
  double disturbs_until_s(std::size_t loop) const noexcept { return until_s_[loop]; }
  void state(plugin::State& s);  ///< all that the next steps depend on

 private:
  void look(const Signals& s, std::size_t i, Findings& findings) noexcept;
  void name(const Signals& s, std::size_t i, double share) noexcept;
  void tell(const Signals& s, std::size_t i, bool over, double share, Findings& findings) noexcept;
  Cause cause_of(double share) const noexcept;

  Limits l_;
  std::vector<Usual> usual_;  ///< of power over what is asked, less 1
  std::vector<Smooth> power_, asked_;
  std::vector<Cusum> loss_, excess_;
  std::vector<double> until_s_;
  std::vector<Cause> named_;     ///< of a loss that stands
  std::vector<double> other_s_;  ///< how long another has shown
};

}  // namespace saggar::twin
