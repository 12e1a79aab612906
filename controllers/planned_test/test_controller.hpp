// TestController: a planned test as a controller. It sits above the others in the ladder and has no
// proposal until a person sets `run` to 1 and lets the ladder climb to it; then it moves the
// setpoints of one group of zones at a time, and when the test is over, however it ended, it brings
// them back and has no proposal any more: the next rung takes over. The guard sees its setpoints as
// those of any controller.
#pragma once

#include <cstdint>
#include <saggar/plugin/controller.hpp>
#include <vector>

#include "controllers/mpc/identify/planned_test.hpp"

namespace saggar::planned_test {

inline constexpr std::uint32_t kMostOutputs = 128;  // 64 zones, 2 loops each
inline constexpr std::uint32_t kEach = SAGGAR_PARAM_PER_OUTPUT;

enum Param : std::uint32_t {
  kRun,
  kMethod,
  kAmplitude,
  kSwitching,
  kGroups,
  kGroupTime,
  kRest,
  kSeed,
  kTogether,
  kRate,
  kBand,
  kHold
};

class TestController final : public plugin::Controller {
 public:
  static constexpr plugin::About kAbout{"com.saggar.planned-test", "1.0.0", "Saggar",
                                        "Planned test of zone setpoints, for identification",
                                        SAGGAR_DUTY_HEAT};

  static constexpr saggar_port kPorts[] = {
      plugin::input("pv", "zone*.*.temperature", "degC", 1, kMostOutputs,
                    "Control thermocouple of each loop: the test ends where one leaves its band."),
      plugin::output("setpoint", "zone*.*.setpoint", "degC", 1, kMostOutputs,
                     "Setpoint of each loop: where it stood before, plus the test.")};

  static constexpr saggar_param kParams[] = {
      plugin::param("run", "bool", 0, 1, 0, SAGGAR_PARAM_TUNABLE,
                    "1 begins a test as soon as this rung drives; 0 ends it."),
      plugin::param("method", "1", 0, 1, 0, 0,
                    "0 pseudo-random binary sequences, all zones of a group at once; 1 steps, one "
                    "zone after another."),
      plugin::param("amplitude_K", "K", 0, 50, 3, kEach,
                    "To each side of where the setpoint stood; 0 = this loop is not moved."),
      plugin::param("switching_s", "s", 1, 1e5, 1800, 0,
                    "Time between switches; 1.4 time constants or somewhat more."),
      plugin::param("groups", "count", 1, 64, 3, 0,
                    "Zones k, k + groups, k + 2 groups .. are tested at once."),
      plugin::param("group_s", "s", 1, 1e6, 27000, 0, "Time for each group."),
      plugin::param("rest_s", "s", 0, 1e5, 1200, 0,
                    "At rest before the first group, between groups and after the last."),
      plugin::param("seed", "1", 0, 1e9, 1, 0, "The same seed gives the same test."),
      plugin::param("together", "bool", 0, 1, 1, 0,
                    "1: the loops of a zone move alike; 0: each on its own, tops first."),
      plugin::param(
          "rate_K_per_min", "K/min", 0.01, 1000, 1.5, 0,
          "Fastest change of a setpoint; below what the guard allows by the step of a period."),
      plugin::param("band_K", "K", 0.1, 500, 15, kEach,
                    "A thermocouple further than this from its recipe ends the test."),
      plugin::param("hold_s", "s", 1, 1e5, 60, 0,
                    "So long outside its band, or unseen, or taken by a person, ends the test."),
  };

  void configure(const plugin::Setup& setup) override;
  void activate() override;
  plugin::Status step(plugin::Step& io) override;
  void state(plugin::State& state) override;
  void set_parameter(std::uint32_t param, std::uint32_t element, double value) override;

  const identify::PlannedTest& test() const noexcept { return test_; }

 private:
  struct Loop {
    std::uint32_t pv = 0;
    std::uint32_t input = plugin::kNone;  ///< of the plan
  };
  struct Moved {
    double base = 0;  ///< where it stood, as a difference from the reference
    double now = 0;   ///< difference from `base` that is proposed
  };
  identify::Plan plan_of(const plugin::Setup& setup);
  void wire(const plugin::Setup& setup);
  void begin(plugin::Step& io) noexcept;
  void watch(plugin::Step& io) noexcept;
  bool move(plugin::Step& io) noexcept;

  std::uint64_t run_ = 0;  ///< asked for
  double rate_per_s_ = 0, hold_s_ = 0, taken_s_ = 0;
  std::vector<Loop> loops_;
  std::vector<Moved> moved_;
  identify::Plan plan_;
  std::vector<identify::Watched> watched_;
  identify::WatchSettings settings_;
  identify::PlannedTest test_;
};

}  // namespace saggar::planned_test
