// Detector: what is wrong with the kiln, from what the field shows and what the twin expects.
#pragma once

#include <cstdint>
#include <vector>

#include "controllers/twin/exhaust_watch.hpp"
#include "controllers/twin/feed_watch.hpp"
#include "controllers/twin/power_watch.hpp"
#include "controllers/twin/sensor_watch.hpp"
#include "controllers/twin/swap_watch.hpp"
#include "controllers/twin/twin.hpp"

namespace saggar::twin {

/// What the actuators of the kiln do in one cycle, beside `Measured`. NaN: not there, or not good.
struct Driven {
  Driven(std::size_t zones, std::size_t dampers)
      : top_percent(zones, 0.0), bottom_percent(zones, 0.0), damper_percent(dampers, 0.0) {}
  std::vector<double> top_percent, bottom_percent;  ///< outputs of the loops
  double mains_V = 0;
  std::vector<double> damper_percent;
};

/// Watches everything each cycle, after the twin's own step; the findings that stand are those of
/// the last cycle, in the order power, swap, thermocouple, exhaust, feed. A fault that explains
/// what another watch sees holds that one (docs/engineer/detection.md). When the twin begins anew,
/// what needs it does so too. All state is plain numbers and arrays of fixed length. Thread: one.
/// `step` does not allocate, read a clock or throw; P2: 8 us.
class Detector {
 public:
  static constexpr std::size_t kMostFindings = 32;

  Detector(const Limits& limits, const Figures& figures, const Places& places);

  /// @param dt_s  as given to the twin, > 0
  void step(double dt_s, const Measured& measured, const Driven& driven, const Twin& twin) noexcept;
  const Findings& findings() const noexcept { return findings_; }
  const Signals& signals() const noexcept { return signals_; }
  const PowerWatch& power() const noexcept { return power_; }
  const SwapWatch& swap() const noexcept { return swap_; }
  const SensorWatch& sensor() const noexcept { return sensor_; }
  const ExhaustWatch& exhaust() const noexcept { return exhaust_; }
  const FeedWatch& feed() const noexcept { return feed_; }
  void state(plugin::State& s);  ///< all that the next steps depend on

 private:
  void take(double dt_s, const Measured& measured, const Driven& driven, const Twin& twin) noexcept;
  void hold() noexcept;
  Draught draught(const Measured& measured, const Driven& driven, const Twin& twin) const noexcept;

  Limits l_;
  Figures f_;
  std::size_t zones_;
  double settled_from_s_;  ///< time of the twin from which its balances are to be believed
  Signals signals_;
  Findings findings_;
  std::vector<std::uint8_t> held_;  ///< per zone
  PowerWatch power_;
  SwapWatch swap_;
  SensorWatch sensor_;
  ExhaustWatch exhaust_;
  FeedWatch feed_;
};

}  // namespace saggar::twin
