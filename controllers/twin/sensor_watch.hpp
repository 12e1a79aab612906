// SensorWatch: thermocouples that read wrong, by what their half of the zone takes and the other
// half does about it.
#pragma once

#include "controllers/twin/signals.hpp"

namespace saggar::twin {

/// A thermocouple that reads e too high leaves its half e colder: it takes g e less power, and the
/// other half, which heats the same load, about `sensor_other` of that more. Of each zone the
/// difference d and the sum s of the two residuals, less what is usual, are judged by four
/// hypotheses (top or bottom, high or low) with a CUSUM of their log-likelihood against none, and
/// the best of them is told by a generalised likelihood ratio over all sizes e.
/// Thread: one. Nothing allocates after construction.
class SensorWatch {
 public:
  SensorWatch(const Limits& limits, std::size_t zones);

  /// @param held  per zone: not 0 where something else disturbs the balance
  void step(const Signals& s, const std::vector<std::uint8_t>& held, Findings& findings) noexcept;
  /// As it was made: the twin has begun anew.
  void forget() noexcept;
  void state(plugin::State& s);  ///< all that the next steps depend on
  /// Of hypothesis 0..3: top high, top low, bottom high, bottom low.
  const Cusum& sum(std::size_t zone, std::size_t hypothesis) const noexcept {
    return sum_[4 * zone + hypothesis];
  }
  /// Best size under a hypothesis, K, with its sign; and twice its log-likelihood ratio.
  struct Fit {
    double error_K = 0, ratio = 0;
  };
  Fit fit(const Signals& s, std::size_t zone, std::size_t hypothesis) const noexcept;
  /// Less what is usual; the sum also less that of the zones two before and two behind.
  double apart_W(std::size_t zone) const noexcept { return apart_W_[zone]; }
  double together_W(std::size_t zone) const noexcept { return together_W_[zone]; }

 private:
  struct Slope {
    double apart, together;
  };
  Slope slope(const Signals& s, std::size_t zone, std::size_t hypothesis) const noexcept;
  void smooth(const Signals& s) noexcept;
  void judge(const Signals& s, std::size_t zone, bool held) noexcept;
  bool outdone(const Signals& s, std::size_t zone) const noexcept;
  std::size_t best(const Signals& s, std::size_t zone) const noexcept;
  void tell(const Signals& s, std::size_t zone, Findings& findings) noexcept;

  Limits l_;
  std::size_t zones_;
  std::vector<Smooth> residual_, reading_, slow_reading_;
  std::vector<Usual> usual_apart_, usual_together_;
  std::vector<double> apart_W_, together_W_;  ///< per zone
  std::vector<Cusum> sum_;
  std::vector<int> found_;  ///< per zone: hypothesis of the finding that stands, or -1
};

}  // namespace saggar::twin
