// The two plugins: what each tells the host about itself; all else is Bank.
#pragma once

#include "controllers/pid/bank.hpp"

namespace saggar::pid {

inline constexpr std::uint32_t kMostOutputs = 128;  // 64 zones, 2 loops each

/// Bounded trims around the recipe setpoints of kilns whose furnace controllers close the zone
/// loops (PF-20 to PF-24).
class TrimPlugin final : public Bank {
 public:
  TrimPlugin() : Bank(Duty::trim, kParamCount) {}

  static constexpr plugin::About kAbout{
      "com.saggar.pid-trim", "1.0.0", "Saggar",
      "PID trims around the recipe setpoints, one per heating loop", SAGGAR_DUTY_HEAT};

  static constexpr saggar_port kPorts[] = {
      plugin::input("pv", "zone*.*.temperature", "degC", 1, kMostOutputs,
                    "Control thermocouple of each loop."),
      plugin::optional_input(
          "output", "zone*.*.output", "%", kMostOutputs,
          "Heater output of each loop: at its limit the trim stops integrating."),
      plugin::optional_input("feed_forward", "feed.saggar_mass", "kg", 1,
                             "Load that enters the kiln."),
      plugin::optional_input("schedule", "transport.group1.speed", "mm/s", 1,
                             "Tag that the gains may be scheduled on."),
      plugin::optional_input("load", "zone*.load", "kW", kMostOutputs,
                             "Heat that the rows in each zone take, as an estimator has it."),
      plugin::output("setpoint", "zone*.*.setpoint", "degC", 1, kMostOutputs,
                     "Setpoint of each loop: recipe value plus trim.")};

  static constexpr saggar_param kParams[] = {
      plugin::param("trim_low_K", "K", -100, 0, -10, kEach, "Largest trim downwards."),
      plugin::param("trim_high_K", "K", 0, 100, 10, kEach, "Largest trim upwards."),
      plugin::param("rate_up_K_per_min", "K/min", 0, 1000, 1, kEach,
                    "Fastest rise of the trim; 0 = no limit of its own."),
      plugin::param("rate_down_K_per_min", "K/min", 0, 1000, 1, kEach,
                    "Fastest fall of the trim; 0 = no limit of its own."),
#define SAGGAR_PID_PARAM(id, key, unit, min, max, trim, power, flags, doc) \
  plugin::param(key, unit, min, max, trim, flags, doc),
#include "controllers/pid/parameters.def"
#undef SAGGAR_PID_PARAM
  };
  static constexpr std::uint32_t kParamCount = std::extent_v<decltype(kParams)>;
};

/// Heater power of furnaces without controllers of their own, with a ramp/soak programmer for
/// furnaces that run in batches.
class PowerPlugin final : public Bank {
 public:
  PowerPlugin() : Bank(Duty::power, kParamCount) {}

  static constexpr plugin::About kAbout{
      "com.saggar.pid-power", "1.0.0", "Saggar",
      "PID of heater power, one per heating loop, with a ramp/soak programmer", SAGGAR_DUTY_HEAT};

  static constexpr saggar_port kPorts[] = {
      plugin::input("pv", "zone*.*.temperature", "degC", 1, kMostOutputs,
                    "Control thermocouple of each loop."),
      plugin::optional_input("setpoint", "zone*.*.working_setpoint", "degC", kMostOutputs,
                             "Temperature setpoint of each loop; without it parameter or program."),
      plugin::optional_input("feed_forward", "kiln.mains_voltage", "V", 1,
                             "Mains voltage: power falls with its square."),
      plugin::optional_input("schedule", "transport.group1.speed", "mm/s", 1,
                             "Tag that the gains may be scheduled on."),
      plugin::optional_input("load", "zone*.load", "kW", kMostOutputs,
                             "Heat that the rows in each zone take, as an estimator has it."),
      plugin::output("power", "zone*.*.power", "%", 1, kMostOutputs, "Heater power of each loop.")};

  static constexpr saggar_param kParams[] = {
      plugin::param("output_low_percent", "%", 0, 100, 0, kEach, "Lowest output."),
      plugin::param("output_high_percent", "%", 0, 100, 100, kEach, "Highest output."),
      plugin::param("rate_up_percent_per_s", "1", 0, 1000, 5, kEach,
                    "Fastest rise of the output; 0 = no limit of its own."),
      plugin::param("rate_down_percent_per_s", "1", 0, 1000, 0, kEach,
                    "Fastest fall of the output; 0 = no limit of its own."),
#define SAGGAR_PID_PARAM(id, key, unit, min, max, trim, power, flags, doc) \
  plugin::param(key, unit, min, max, power, flags, doc),
#include "controllers/pid/parameters.def"
#undef SAGGAR_PID_PARAM
#define SAGGAR_PID_PROGRAM(id, key, unit, min, max, value, flags, doc) \
  plugin::param(key, unit, min, max, value, flags, doc),
#include "controllers/pid/program.def"
#undef SAGGAR_PID_PROGRAM
#define SAGGAR_PID_STEP(n)                                                                         \
  plugin::param("program_" n "_target_degC", "degC", -273, 2000, 20, 0,                            \
                "Setpoint that program step " n " ramps to."),                                     \
      plugin::param("program_" n "_ramp_K_per_min", "K/min", 0.001, 1000, 2, 0,                    \
                    "Ramp rate of program step " n "."),                                           \
      plugin::param("program_" n "_soak_s", "s", 0, 1e6, 0, 0,                                     \
                    "Soak time of program step " n "."),                                           \
      plugin::param(                                                                               \
          "program_" n "_tolerance_K", "K", 0, 500, 0, 0,                                          \
          "Guaranteed soak: the time counts only while every PV is this near; 0 = always."),       \
      plugin::param("program_" n "_holdback", "1", 0, 3, 0, 0,                                     \
                    "Holdback of program step " n ": 0 off, 1 PV too low, 2 too high, 3 either."), \
      plugin::param("program_" n "_holdback_K", "K", 0, 500, 0, 0,                                 \
                    "Deviation at which holdback stops program step " n "."),
      SAGGAR_PID_STEP("1") SAGGAR_PID_STEP("2") SAGGAR_PID_STEP("3") SAGGAR_PID_STEP("4")
          SAGGAR_PID_STEP("5") SAGGAR_PID_STEP("6") SAGGAR_PID_STEP("7") SAGGAR_PID_STEP("8")
#undef SAGGAR_PID_STEP
  };
  static constexpr std::uint32_t kParamCount = std::extent_v<decltype(kParams)>;
};

static_assert(TrimPlugin::kParamCount == static_cast<std::uint32_t>(Param::setpoint));
static_assert(PowerPlugin::kParamCount ==
              static_cast<std::uint32_t>(Param::program_step_1) + kProgramSteps * kPerStep);

}  // namespace saggar::pid
