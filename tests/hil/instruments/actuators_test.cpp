// HI-21: what a device with an error makes of its setpoint, by hand.
#include "hil/instruments/actuators.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::instruments {
namespace {

/// Range 0 to 200, own recipe 50.
Actuators one() { return Actuators({{0, 200, 50}}); }

TEST(Actuators, ASoundDeviceAimsAtItsSetpointToTheBit) {
  Actuators devices = one();
  EXPECT_EQ(devices.aim(0, 0.1 + 0.2, 0.5), 0.1 + 0.2);
}

TEST(Actuators, AStuckOneStaysWhereItWasAlsoWhenItIsSetAgain) {
  Actuators devices = one();
  devices.set(0, {.stuck = 1}, 61.5);
  EXPECT_EQ(devices.aim(0, 90, 0.5), 61.5);
  devices.set(0, {.weak = 0.5, .stuck = 1}, 70);
  EXPECT_EQ(devices.aim(0, 90, 0.5), 61.5);
  devices.set(0, {}, 0);
  EXPECT_EQ(devices.aim(0, 90, 0.5), 90);
}

TEST(Actuators, ReachIsCutFromTheTopOfTheRange) {
  Actuators devices = one();
  devices.set(0, {.out_of_reach = 0.25}, 50);
  EXPECT_EQ(devices.aim(0, 190, 0.5), 150);
  EXPECT_EQ(devices.aim(0, 120, 0.5), 120);
}

TEST(Actuators, ADeadBandIsAShareOfTheRangeAroundTheLastThatWasFollowed) {
  Actuators devices = one();
  devices.set(0, {.dead_band = 0.01}, 50);  // 2 of 200
  EXPECT_EQ(devices.aim(0, 52, 0.5), 50);
  EXPECT_EQ(devices.aim(0, 52.5, 0.5), 52.5);
  EXPECT_EQ(devices.aim(0, 51, 0.5), 52.5);
}

// After one time constant 1 - 1/e of the way, whatever the steps.
TEST(Actuators, ASlowOneFollowsExactlyForAnyStep) {
  for (const double dt_s : {0.5, 1.0, 30.0}) {
    Actuators devices = one();
    devices.set(0, {.lag_s = 60}, 50);
    double aim = 0;
    for (double t = 0; t < 60; t += dt_s) aim = devices.aim(0, 150, dt_s);
    EXPECT_NEAR(aim, 50 + 100 * (1 - std::exp(-1.0)), 1e-9);
  }
}

TEST(Actuators, AWeakOneGoesLessAndAReversedOneTheOtherWayFromItsOwnRecipeWithinItsRange) {
  Actuators devices = one();
  devices.set(0, {.weak = 0.3}, 50);
  EXPECT_NEAR(devices.aim(0, 150, 0.5), 120, 1e-12);
  devices.set(0, {.reversed = 1}, 50);
  EXPECT_EQ(devices.aim(0, 70, 0.5), 30);
  EXPECT_EQ(devices.aim(0, 150, 0.5), 0);  // -50 is below its range
}

}  // namespace
}  // namespace saggar::instruments
