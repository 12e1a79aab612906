#include <gtest/gtest.h>

#include "tests/runtime/filter/filter_rig.hpp"

namespace saggar::testing {
namespace {

TEST(FilterNominal, OneLoopPerMvThatHasAPvWithALimit) {
  domain::Plant plant = full_plant(2, 3);  // four zone setpoints, inlets, damper, drive
  ASSERT_EQ(filter::nominal_loops(plant, {}).size(), 4U);
  plant.mvs[1].trip = 0;  // no limiter, and no limits of the PV: nothing to keep
  const auto loops = filter::nominal_loops(plant, {{0.9, 1.1}, {300, 900}, {10, 20}});
  ASSERT_EQ(loops.size(), 3U);
  EXPECT_EQ(loops[1].mv, 2);
  EXPECT_EQ(loops[1].gain.high, 1.1);
  EXPECT_EQ(loops[1].lag_s.low, 300);
  EXPECT_EQ(loops[1].dead_time_s.high, 20);
  EXPECT_TRUE(loops[1].neighbours.empty());
}

TEST(FilterNominal, NeighboursAreTheOtherLoopsOfTheZoneAndOfTheNext) {
  const domain::Plant plant = full_plant(3, 2);  // six zone setpoints
  const auto loops = filter::nominal_loops(plant, {{1, 1}, {500, 1300}, {0, 120}, 0.15});
  ASSERT_EQ(loops.size(), 6U);
  EXPECT_EQ(loops[0].neighbours.size(), 3U);  // its zone's other, two of the next
  EXPECT_EQ(loops[2].neighbours.size(), 5U);
  for (const filter::Effect& effect : loops[2].neighbours) {
    EXPECT_NE(effect.loop, 2);
    EXPECT_EQ(effect.gain.low, 0);
    EXPECT_EQ(effect.gain.high, 0.15);
  }
  EXPECT_EQ(loops[2].neighbour_lag_s.low, 500);
  EXPECT_EQ(loops[2].neighbour_dead_time_s.high, 120);
}

}  // namespace
}  // namespace saggar::testing
