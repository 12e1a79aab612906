// The parts of the guard alone: grid, horizon, read-back.
#include <gtest/gtest.h>

#include <cmath>

#include "runtime/guard/grid.hpp"
#include "runtime/guard/horizon.hpp"
#include "runtime/guard/readback.hpp"

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

TEST(Horizon, LimitsTheRangeOverTheWindowAndForgetsAfterIt) {
  Horizon horizon(60, {2.0});
  for (int t = 0; t < 30; ++t) {
    horizon.advance(t);
    horizon.push(0, t == 10 ? 1.5 : 0.5);
  }
  EXPECT_DOUBLE_EQ(horizon.low(0), -0.5);  // 1.5 - 2
  EXPECT_DOUBLE_EQ(horizon.high(0), 2.0);  // 0.0 (where it began) + 2
  int forgotten = 0;
  for (int t = 30; t < 200; ++t) {
    horizon.advance(t);
    horizon.push(0, 0.5);
    if (forgotten == 0 && horizon.low(0) == -1.5) forgotten = t;
  }
  EXPECT_GE(forgotten, 70);  // 10 + 60: never sooner
  EXPECT_LE(forgotten, 76);  // and at most two buckets of 3.75 s later
}

TEST(Horizon, APauseLongerThanTheWindowLeavesOnlyTheNewest) {
  Horizon horizon(60, {2.0});
  horizon.advance(0);
  horizon.push(0, 2.0);
  horizon.push(0, 1.0);
  horizon.advance(1e6);
  EXPECT_EQ(horizon.low(0), -1.0);
  EXPECT_EQ(horizon.high(0), 3.0);
}

TEST(Readback, VerifiesWithinOneStep) {
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 1, 2, 3), Readback::Found::waiting);
  EXPECT_EQ(readback.look(750.3, 750.21, 0.1, 2, 3, 3), Readback::Found::verified);
  EXPECT_EQ(readback.look(750.3, 0, 0.1, 9, 9, 3), Readback::Found::idle);
}

TEST(Readback, ASlowPollGetsTwoFramesBeforeItCountsAsAMiss) {  // "or 2 polls"
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 10, 2, 3), Readback::Found::waiting);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 20, 3, 3), Readback::Found::missed);
  EXPECT_EQ(readback.misses(), 1);
}

TEST(Readback, AnUnreadableValueIsAMissAndAGoodOneEndsTheCount) {
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, NAN, 0.1, 4, 5, 3), Readback::Found::missed);
  EXPECT_EQ(readback.look(750.3, 750.3, 0.1, 5, 6, 3), Readback::Found::verified);
  EXPECT_EQ(readback.misses(), 0);
}

}  // namespace
}  // namespace saggar::guard
