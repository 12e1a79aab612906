#include "controllers/pid/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::pid {
namespace {

Schedule three() {
  Schedule s;
  s.count = 3;
  s.at = {100, 200, 400};
  s.scale = {Scale{1, 1, 1}, Scale{2, 3, 0.5}, Scale{4, 1, 1}};
  return s;
}

TEST(Schedule, IsLinearBetweenBreakpointsAndFlatOutside) {
  const Schedule s = three();
  EXPECT_EQ(s.look_up(-5), (Scale{1, 1, 1}));
  EXPECT_EQ(s.look_up(150), (Scale{1.5, 2, 0.75}));
  EXPECT_EQ(s.look_up(200), (Scale{2, 3, 0.5}));
  EXPECT_EQ(s.look_up(300), (Scale{3, 2, 0.75}));
  EXPECT_EQ(s.look_up(1e9), (Scale{4, 1, 1}));
}

TEST(Schedule, WithoutBreakpointsChangesNothing) { EXPECT_EQ(Schedule{}.look_up(77), Scale{}); }

TEST(Schedule, BreakpointsMustRiseAndFactorsMustBeAboveZero) {
  EXPECT_TRUE(three().valid());
  Schedule s = three();
  s.at[1] = 100;
  EXPECT_FALSE(s.valid());
  s = three();
  s.scale[2].ti = 0;
  EXPECT_FALSE(s.valid());
  s = three();
  s.scale[0].gain = std::nan("");
  EXPECT_FALSE(s.valid());
  s.count = 5;
  EXPECT_FALSE(s.valid());
}

}  // namespace
}  // namespace saggar::pid
