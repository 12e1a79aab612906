#include "controllers/mpc/identify/planned_test.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::identify {
namespace {

PlannedTest one_input() {
  Plan p;
  p.switching_s = 60;
  p.group_s = 600;
  p.rest_s = 100;
  p.inputs.push_back({"u", 0, 2, -5, 5, 1});
  return PlannedTest(p, {{4.0}}, WatchSettings());
}

TEST(PlannedTest, RunsItsPlanAndEndsWithTheInputBack) {
  PlannedTest test = one_input();
  EXPECT_EQ(test.level(0), 0);
  ASSERT_TRUE(test.begin());
  EXPECT_FALSE(test.begin());
  double largest = 0;
  for (int t = 0; t < 800; ++t) {
    test.see(0, 1);
    test.advance(1);
    largest = std::max(largest, std::fabs(test.level(0)));
  }
  EXPECT_EQ(largest, 2);
  EXPECT_EQ(test.phase(), TestPhase::returning);
  EXPECT_EQ(test.end(), TestEnd::finished);
  EXPECT_EQ(test.level(0), 0);
  test.is_back();
  EXPECT_EQ(test.phase(), TestPhase::over);
}

TEST(PlannedTest, CanBeAbortedInAnyCycle) {
  PlannedTest test = one_input();
  for (int at = 1; at < 700; at += 33) {
    test.begin();
    for (int t = 0; t < at; ++t) test.advance(1);
    test.abort();
    EXPECT_EQ(test.level(0), 0);
    EXPECT_EQ(test.end(), TestEnd::aborted);
    test.is_back();
  }
}

TEST(PlannedTest, AnOutputOutsideItsBandForLongerThanItsHoldEndsIt) {
  PlannedTest test = one_input();
  test.begin();
  for (int t = 0; t < 200; ++t) {
    test.see(0, t % 20 < 10 ? 4.5 : 0);  // shorter than 30 s each time
    test.advance(1);
  }
  EXPECT_TRUE(test.running());
  int cycles = 0;
  while (test.running() && cycles < 100) {
    test.see(0, -4.5);
    test.advance(1);
    ++cycles;
  }
  EXPECT_EQ(cycles, 31);
  EXPECT_EQ(test.end(), TestEnd::too_far);
  EXPECT_EQ(test.culprit(), 0U);
  EXPECT_EQ(test.level(0), 0);
}

TEST(PlannedTest, AnOutputThatIsNotSeenEndsIt) {
  PlannedTest test = one_input();
  test.begin();
  for (int t = 0; t < 31; ++t) {
    test.see(0, std::nan(""));
    test.advance(1);
  }
  EXPECT_EQ(test.end(), TestEnd::bad_value);
}

TEST(PlannedTest, WaitsOnlySoLongForInputsThatDoNotComeBack) {
  PlannedTest test = one_input();
  test.begin();
  test.advance(1);
  test.abort(TestEnd::lost);
  for (int t = 0; t < 1201; ++t) test.advance(1);
  EXPECT_EQ(test.phase(), TestPhase::over);
}

}  // namespace
}  // namespace saggar::identify
