#include "hil/instruments/furnace_controllers.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::instruments {
namespace {

PidSettings settings() {
  return {.gain_percent_per_K = 2.0,
          .integral_s = 500.0,
          .derivative_s = 0.0,
          .derivative_filter_s = 5.0,
          .setpoint_weight = 0.5,
          .ramp_K_per_min = 6.0,
          .power_limit_percent = 100.0,
          .break_hold_s = 300.0};
}

/// First-order plant: 0.5 K per %, time constant 1000 s, at 20 degC without power.
class Furnace {
 public:
  explicit Furnace(double start) : degC(start) {}
  void heat(double percent, double dt) { degC += dt / 1000.0 * (20.0 + 0.5 * percent * 20 - degC); }
  double degC;
};

TEST(FurnaceControllers, BringALoopToItsSetpointWithoutOffset) {
  FurnaceControllers loops(settings(), 1, 400.0);
  Furnace furnace(400.0);
  for (int i = 0; i < 40000; ++i) {
    loops.scan({500.0}, {furnace.degC}, {0}, 0.5);
    furnace.heat(loops.output_percent()[0], 0.5);
  }
  EXPECT_NEAR(furnace.degC, 500.0, 0.05);
  EXPECT_NEAR(loops.output_percent()[0], 48.0, 0.5);  // (500 - 20) / 10
}

TEST(FurnaceControllers, TheWorkingSetpointRampsAtItsRate) {
  FurnaceControllers loops(settings(), 1, 400.0);
  for (int i = 0; i < 120; ++i) loops.scan({500.0}, {400.0}, {0}, 0.5);  // one minute
  EXPECT_NEAR(loops.working()[0], 406.0, 1e-9);
  for (int i = 0; i < 120; ++i) loops.scan({300.0}, {400.0}, {0}, 0.5);
  EXPECT_NEAR(loops.working()[0], 400.0, 1e-9);
}

TEST(FurnaceControllers, ALongSaturationDoesNotWindUp) {
  FurnaceControllers loops(settings(), 1, 500.0);
  Furnace furnace(20.0);
  loops.preset(0, 500.0, 20.0, 100.0);
  double highest = 0;
  for (int i = 0; i < 60000; ++i) {
    loops.scan({500.0}, {furnace.degC}, {0}, 0.5);
    EXPECT_LE(loops.output_percent()[0], 100.0);
    EXPECT_GE(loops.output_percent()[0], 0.0);
    furnace.heat(loops.output_percent()[0], 0.5);
    highest = std::max(highest, furnace.degC);
  }
  EXPECT_LT(highest, 510.0);
  EXPECT_NEAR(furnace.degC, 500.0, 0.1);
}

TEST(FurnaceControllers, TheOutputNeverExceedsThePowerLimit) {
  PidSettings limited = settings();
  limited.power_limit_percent = 60.0;
  FurnaceControllers loops(limited, 1, 500.0);
  for (int i = 0; i < 5000; ++i) {
    loops.scan({900.0}, {20.0}, {0}, 0.5);
    ASSERT_LE(loops.output_percent()[0], 60.0);
  }
  EXPECT_EQ(loops.output_percent()[0], 60.0);
}

TEST(FurnaceControllers, ABrokenSensorHoldsTheOutputThenCutsIt) {
  FurnaceControllers loops(settings(), 1, 500.0);
  loops.preset(0, 500.0, 500.0, 40.0);
  for (int i = 0; i < 600; ++i) loops.scan({500.0}, {1372.0}, {1}, 0.5);  // 300 s
  EXPECT_EQ(loops.output_percent()[0], 40.0);
  loops.scan({500.0}, {1372.0}, {1}, 0.5);
  EXPECT_EQ(loops.output_percent()[0], 0.0);
}

TEST(FurnaceControllers, AMendedSensorTakesOverWithoutABump) {
  FurnaceControllers loops(settings(), 1, 500.0);
  loops.preset(0, 500.0, 500.0, 40.0);
  for (int i = 0; i < 100; ++i) loops.scan({500.0}, {1372.0}, {1}, 0.5);
  loops.scan({500.0}, {499.0}, {0}, 0.5);
  EXPECT_NEAR(loops.output_percent()[0], 40.0, 0.1);
}

TEST(FurnaceControllers, ManualHoldsItsValueAndAutomaticStartsFromIt) {
  FurnaceControllers loops(settings(), 1, 500.0);
  loops.manual(0, 33.0);
  loops.scan({500.0}, {450.0}, {0}, 0.5);
  EXPECT_EQ(loops.output_percent()[0], 33.0);
  loops.automatic(0, 450.0);
  loops.scan({500.0}, {450.0}, {0}, 0.5);
  EXPECT_NEAR(loops.output_percent()[0], 33.0, 0.2);
}

}  // namespace
}  // namespace saggar::instruments
