#include "runtime/guard/horizon.hpp"

#include <gtest/gtest.h>

namespace saggar::guard {
namespace {

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

}  // namespace
}  // namespace saggar::guard
