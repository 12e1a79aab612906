#include <gtest/gtest.h>

#include <cmath>
#include <saggar/plugin/whole_steps.hpp>

namespace saggar::plugin {
namespace {

constexpr double kStep = 0.1;  // of an Eurotherm-like loop, in K

TEST(WholeSteps, IsOnTheGridOfTheDeviceNotOnThatOfTheTrim) {
  double said = 0;
  EXPECT_DOUBLE_EQ(whole_steps(0.52, said, 770.04, kStep), 770.6);  // 770.56
  EXPECT_DOUBLE_EQ(said, 0.52);
}

TEST(WholeSteps, HairsDoNotMoveIt) {
  double said = 0;
  int moves = 0;
  double last = whole_steps(0.551, said, 700, kStep);
  for (int k = 0; k < 1000; ++k) {  // to and fro about the edge of 0.55
    const double now = whole_steps(k % 2 == 0 ? 0.549 : 0.551, said, 700, kStep);
    moves += now != last ? 1 : 0;
    last = now;
  }
  EXPECT_EQ(moves, 0);
}

TEST(WholeSteps, FollowsASlowRampByAStepAtATimeAndIsNeverAStepAndAHalfBehind) {
  double said = 0, last = 700;
  int moves = 0;
  for (int k = 1; k <= 1000; ++k) {
    const double asked = 0.001 * k, now = whole_steps(asked, said, 700, kStep);
    EXPECT_LT(std::abs(now - 700 - asked), 1.5 * kStep + 1e-9);
    moves += now != last ? 1 : 0;
    last = now;
  }
  EXPECT_LE(moves, 10);  // 1 K in steps of 0.1 K
  EXPECT_GE(moves, 9);
}

TEST(WholeSteps, WithoutAStepItIsWhatWasAsked) {
  double said = 3;
  EXPECT_DOUBLE_EQ(whole_steps(0.5512, said, 700, 0), 700.5512);
  EXPECT_DOUBLE_EQ(said, 0.5512);
}

}  // namespace
}  // namespace saggar::plugin
