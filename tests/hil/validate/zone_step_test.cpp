// On a kiln of five zones; the figures of P2 are judged by tests/hil/kiln/warm_test.cpp.
#include "hil/validate/zone_step.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::validate {
namespace {

TEST(ZoneStep, WarmsItsOwnZoneMostAndItsNeighboursLess) {
  const auto kiln = kiln::small_kiln();
  const ZoneStep step = step_zone(*kiln, 3, 2, 0.15);
  ASSERT_EQ(step.rise_K_per_kW.size(), 720U);
  EXPECT_GT(step.gain_K_per_kW, 0.5);
  EXPECT_GT(step.end_coupling_up, 0.02);
  EXPECT_LT(step.end_coupling_up, 0.9);
  EXPECT_LT(step.end_coupling_down, 0.9);
  EXPECT_GT(step.time_constant_h, 0.05);
  EXPECT_LT(step.time_constant_h, 2.0);
  EXPECT_LT(step.dead_time_min, 60 * step.time_constant_h);
}

}  // namespace
}  // namespace saggar::validate
