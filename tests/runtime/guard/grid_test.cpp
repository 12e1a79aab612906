#include "runtime/guard/grid.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::guard {
namespace {

TEST(Grid, PicksTheNearestStepAndKeepsSmallChangesBack) {
  const Grid grid(0.1);
  EXPECT_EQ(grid.pick(750.26, 0, 0, 1000, 750.0), 750.3);
  EXPECT_EQ(grid.pick(750.06, 0, 0, 1000, 750.0), 750.0);     // less than one step
  EXPECT_EQ(grid.pick(750.06, 0.05, 0, 1000, 750.0), 750.1);  // what is owed makes it one
  EXPECT_EQ(grid.pick(750.1, 0, 0, 1000, 750.0), 750.1);      // exactly one, in binary a bit less
}

TEST(Grid, RoundsTowardsTheInsideOfTheLimits) {
  const Grid grid(0.1);
  EXPECT_EQ(grid.pick(750.37, 0, 0, 750.37, 750.0), 750.3);
  EXPECT_EQ(grid.pick(749.63, 0, 749.63, 1000, 750.0), 749.7);
  EXPECT_EQ(grid.pick(751, 0, 750.52, 750.58, 750.0), 750.0);  // no step in there: stay
  EXPECT_EQ(grid.pick(751, 0, 752, 750, 750.0), 750.0);        // empty: stay
}

TEST(Grid, AContinuousDeviceGetsTheGoal) {
  EXPECT_EQ(Grid(0).pick(0.33371, 0, 0, 1, 0.3), 0.33371);
  EXPECT_EQ(Grid(0).pick(2, 0, 0, 1, 0.3), 1);
}

TEST(Grid, FindsTheStepInside) {
  EXPECT_EQ(Grid(0.25).inside(990, 0, 757.4), 757.25);
  EXPECT_EQ(Grid(0.25).inside(-5, 0.1, 10), 0.25);
  EXPECT_TRUE(std::isnan(Grid(1).inside(5, 5.2, 5.8)));
}

}  // namespace
}  // namespace saggar::guard
