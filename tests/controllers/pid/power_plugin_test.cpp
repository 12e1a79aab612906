// The power plugin behind its SDK: closed loop, setpoint sources, ramp/soak program, scheduling.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <saggar/plugin/testing.hpp>

#include "controllers/pid/plugins.hpp"

namespace saggar::pid {
namespace {

using plugin::Status;
using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Outcome;
using plugin::testing::Rig;

Kiln furnace(bool with_setpoint_tags = false) {
  Kiln kiln;
  for (const char* loop : {"top", "bottom"}) {
    const std::string stem = std::string("zone01.") + loop;
    kiln.add({stem + ".temperature", "degC", 0, 1200, 0});
    if (with_setpoint_tags) kiln.add({stem + ".working_setpoint", "degC", 0, 1200, 0});
    kiln.add({stem + ".power", "%", 0, 100, 0});
  }
  kiln.add({"kiln.mains_voltage", "V", 0, 500, 0});
  kiln.add({"transport.group1.speed", "mm/s", 0, 20, 0});
  return kiln;
}

Rig make(std::map<std::string, double> params, bool with_setpoint_tags = false) {
  Options options;
  options.params = std::move(params);
  Rig rig = plugin::testing::rig_of<PowerPlugin>(furnace(with_setpoint_tags), options);
  rig.set("zone*.*.temperature", 20);
  rig.set("kiln.mains_voltage", 400);
  rig.set("transport.group1.speed", 5);
  rig.limits("zone*.*.power", 0, 100);
  rig.working("zone*.*.power", 0);
  rig.set_free("zone*.*.power", true);
  rig.driving(true);
  return rig;
}

// Two loops with a gain of 8 K per % and 600 s, 20 degC outside.
struct Furnace {
  std::array<double, 2> value{20, 20};
  void step(Rig& rig) {
    const char* stems[] = {"zone01.top", "zone01.bottom"};
    for (int k = 0; k < 2; ++k) {
      const double power = rig.proposal(std::string(stems[k]) + ".power");
      const double target = 20 + 8 * power;
      value[k] = target + (value[k] - target) * std::exp(-1 / 600.0);
      rig.set(std::string(stems[k]) + ".temperature", value[k]);
      rig.working(std::string(stems[k]) + ".power", power);
    }
  }
};

TEST(PowerPlugin, HeatsToTheSetpointAndStaysWithinItsLimits) {
  Rig rig = make({{"setpoint_degC", 500}, {"kp", 2}, {"ti_s", 600}});
  Furnace furnace;
  double highest = 0;
  for (int k = 0; k < 6000; ++k) {
    EXPECT_EQ(rig.step().wrong, "");
    furnace.step(rig);
    highest = std::max(highest, furnace.value[0]);
  }
  EXPECT_NEAR(furnace.value[0], 500, 0.1);
  EXPECT_NEAR(furnace.value[1], 500, 0.1);
  EXPECT_LT(highest, 502) << "no windup while the output stood at 100 %";
}

TEST(PowerPlugin, SetpointTagComesBeforeTheParameterAndABadOneHoldsTheOutput) {
  Rig rig =
      make({{"setpoint_degC", 20}, {"kp", 1}, {"ti_s", 0}, {"rate_up_percent_per_s", 0}}, true);
  rig.set("zone*.*.working_setpoint", 20);
  rig.step();
  rig.set("zone*.*.working_setpoint", 70);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 50, 1e-9);
  rig.set("zone01.top.working_setpoint", 0, SAGGAR_BAD);
  const Outcome out = rig.step();
  EXPECT_EQ(out.status, Status::degraded);
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 50, 1e-9);
}

TEST(PowerPlugin, FeedForwardOfTheMainsVoltageActsWithoutABump) {
  Rig rig = make({{"setpoint_degC", 20},
                  {"kp", 1},
                  {"ti_s", 0},
                  {"ff_gain", -0.25},
                  {"rate_up_percent_per_s", 0}});
  rig.working("zone*.*.power", 40);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 40, 1e-9);
  rig.set("kiln.mains_voltage", 380);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 45, 1e-9);
  rig.set("kiln.mains_voltage", 0, SAGGAR_BAD);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 45, 1e-9);
}

TEST(PowerPlugin, GainScheduleOnItsTagChangesTheGainWithoutABump) {
  Rig rig = make({{"setpoint_degC", 30},
                  {"kp", 1},
                  {"ti_s", 0},
                  {"schedule_on", 2},
                  {"schedule_points", 2},
                  {"schedule_at_1", 5},
                  {"schedule_at_2", 10},
                  {"schedule_gain_1", 1},
                  {"schedule_gain_2", 3},
                  {"rate_up_percent_per_s", 0}});
  rig.working("zone*.*.power", 40);
  rig.step();
  rig.set("transport.group1.speed", 7.5);  // gain 2
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 40, 1e-9);
  rig.set("zone01.top.temperature", 19);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 42, 1e-9);
  rig.set("transport.group1.speed", 0, SAGGAR_BAD);  // the factors stay
  rig.set("zone01.top.temperature", 18);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 44, 1e-9);
}

TEST(PowerPlugin, GainScheduleOnThePvUsesEachLoopsOwn) {
  Rig rig = make({{"setpoint_degC", 0},
                  {"kp", 0.1},
                  {"ti_s", 0},
                  {"schedule_on", 1},
                  {"schedule_points", 2},
                  {"schedule_at_1", 100},
                  {"schedule_at_2", 200},
                  {"schedule_gain_1", 1},
                  {"schedule_gain_2", 2}});
  rig.working("zone*.*.power", 50);
  rig.set("zone01.top.temperature", 100);
  rig.set("zone01.bottom.temperature", 200);
  rig.step();
  rig.set("zone01.top.temperature", 99);
  rig.set("zone01.bottom.temperature", 201);
  rig.step();
  EXPECT_NEAR(rig.proposal("zone01.top.power"), 50.1, 1e-9);
  EXPECT_NEAR(rig.proposal("zone01.bottom.power"), 49.8, 1e-9);
}

const std::map<std::string, double> kProgram = {{"program_steps", 1},
                                                {"program_1_target_degC", 300},
                                                {"program_1_ramp_K_per_min", 6},
                                                {"program_1_soak_s", 600},
                                                {"program_1_tolerance_K", 3},
                                                {"program_1_holdback", 1},
                                                {"program_1_holdback_K", 15},
                                                {"program_run", 1},
                                                {"kp", 4},
                                                {"ti_s", 400},
                                                {"program_recovery_K_per_min", 6}};

double setpoint_of(Rig& rig) {  // from the proportional share: p = kp (sp - pv)
  const auto* ext = rig.extension<saggar_ext_explain>(SAGGAR_EXT_EXPLAIN);
  saggar_cause causes[8] = {};
  const std::uint32_t n = ext->causes(rig.self(), 0, 0, causes, 8);
  for (std::uint32_t k = 0; k < n; ++k) {
    if (std::string_view(causes[k].label) == "proportional") return causes[k].share / 4;
  }
  return std::nan("");
}

TEST(PowerPlugin, ProgramRampsFromThePvAndSoaksWithGuarantee) {
  Rig rig = make(kProgram);
  Furnace furnace;
  int within = 0, steps = 0;
  for (; steps < 20000; ++steps) {
    rig.step();
    if (std::fabs(furnace.value[0] - 300) <= 3 && std::fabs(furnace.value[1] - 300) <= 3) ++within;
    furnace.step(rig);
    if (steps == 600) {
      EXPECT_LT(furnace.value[0], 90) << "6 K/min, not a step";
    }
  }
  EXPECT_NEAR(furnace.value[0], 300, 0.5) << "stays at its end";
  EXPECT_GT(within, 600);
}

TEST(PowerPlugin, ProgramHoldsAndStopsByParameter) {
  Rig rig = make(kProgram);
  const auto* tune = rig.extension<saggar_ext_tune>(SAGGAR_EXT_TUNE);
  for (int k = 0; k < 100; ++k) rig.step();
  rig.set("zone*.*.temperature", 30);
  rig.step();
  const double before = setpoint_of(rig);
  EXPECT_EQ(tune->set_parameter(rig.self(), "program_run", plugin::kAllElements, 2), SAGGAR_OK);
  for (int k = 0; k < 100; ++k) rig.step();
  EXPECT_NEAR(setpoint_of(rig), before, 1e-9);
  tune->set_parameter(rig.self(), "program_run", plugin::kAllElements, 1);
  for (int k = 0; k < 10; ++k) rig.step();
  EXPECT_NEAR(setpoint_of(rig), before + 1, 1e-9);
  tune->set_parameter(rig.self(), "program_run", plugin::kAllElements, 0);
  rig.step();
  EXPECT_NEAR(setpoint_of(rig), 20 - 30, 1e-9) << "back to setpoint_degC";
}

TEST(PowerPlugin, ProgramWaitsWhileAnotherDrivesAndComesBackFromThePv) {
  auto params = kProgram;
  params["ti_s"] = 0;
  Rig rig = make(params);
  for (int k = 0; k < 150; ++k) rig.step();
  const double before = setpoint_of(rig) + 20;
  EXPECT_NEAR(before, 35, 0.2);
  rig.driving(false);
  rig.set("zone*.*.temperature", 25);
  for (int k = 0; k < 5000; ++k) rig.step();
  rig.driving(true);
  rig.step();
  EXPECT_NEAR(setpoint_of(rig), 0.1, 1e-6) << "from the PV, at the recovery rate";
  for (int k = 0; k < 200; ++k) rig.step();
  EXPECT_GT(setpoint_of(rig) + 25, before);
}

TEST(PowerPlugin, StateWithARunningProgramContinuesBitIdentical) {
  Rig rig = make(kProgram);
  Furnace furnace;
  for (int k = 0; k < 3500; ++k) {
    rig.step();
    furnace.step(rig);
  }
  EXPECT_EQ(rig.restore_difference(
                500, [](Rig& r, int k) { r.set("zone*.*.temperature", 298 + std::sin(0.05 * k)); }),
            "");
}

TEST(PowerPlugin, AProgramThatCannotRunIsRefused) {
  EXPECT_THROW(make({{"program_steps", 2}, {"program_loop_first", 2}, {"program_loop_last", 1}}),
               std::runtime_error);
  EXPECT_THROW(make({{"program_steps", 1}, {"program_loop_last", 2}}), std::runtime_error);
}

}  // namespace
}  // namespace saggar::pid
