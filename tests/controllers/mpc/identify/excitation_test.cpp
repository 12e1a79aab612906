#include "controllers/mpc/identify/excitation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::identify {
namespace {

Plan six_inputs() {
  Plan p;
  p.switching_s = 600;
  p.group_s = 31 * 600;
  p.rest_s = 1200;
  for (int i = 0; i < 6; ++i)
    p.inputs.push_back({"zone" + std::to_string(i + 1), i % 2, 3, -10, 10, 2.0 / 60});
  return p;
}

TEST(Excitation, OneGroupMovesAtATimeAndEachGoesToBothSidesAsOften) {
  const Excitation e(six_inputs());
  EXPECT_EQ(e.duration_s(), 3 * 1200 + 2 * 31 * 600);
  std::vector<int> up(6, 0), down(6, 0);
  for (double t = 0; t < e.duration_s(); t += 600) {
    for (std::size_t i = 0; i < 6; ++i) {
      const double level = e.level(i, t);
      if (e.group(t) != static_cast<int>(i % 2)) {
        EXPECT_EQ(level, 0);
        continue;
      }
      EXPECT_EQ(std::fabs(level), 3);
      ++(level > 0 ? up : down)[i];
    }
  }
  for (std::size_t i = 0; i < 6; ++i) {  // a maximal sequence of 31: 16 ones and 15 zeros
    EXPECT_EQ(up[i], 16);
    EXPECT_EQ(down[i], 15);
  }
}

TEST(Excitation, InputsOfAGroupHardlyCorrelate) {
  // Over one whole period shifted copies correlate by -1/31 of the square of the amplitude.
  const Excitation e(six_inputs());
  for (const std::size_t other : {2U, 4U}) {
    double sum = 0;
    for (int s = 0; s < 31; ++s) {
      const double t = 1200 + 600 * s;
      sum += e.level(0, t) * e.level(other, t) / 9;
    }
    EXPECT_NEAR(sum, -1, 1e-9);
  }
}

TEST(Excitation, EveryRegisterRunsThroughAllItsStates) {
  for (int bits = 5; bits <= 12; ++bits) {
    const int period = (1 << bits) - 1;
    Plan p;
    p.switching_s = 1;
    p.group_s = period;
    p.rest_s = 0;
    p.inputs.push_back({"u", 0, 1, -1, 1, 100});
    const Excitation e(p);
    int ones = 0;
    for (int s = 0; s < period; ++s) ones += e.level(0, s + 0.5) > 0 ? 1 : 0;
    EXPECT_EQ(ones, (period + 1) / 2) << bits;
    double sum = 0;  // against itself one later: -1, as of all maximal sequences
    for (int s = 0; s < period; ++s)
      sum += e.level(0, s + 0.5) * e.level(0, (s + 1) % period + 0.5);
    EXPECT_EQ(sum, -1) << bits;
  }
}

TEST(Excitation, StepsGoUpBackDownAndBackOneInputAtATime) {
  Plan p = six_inputs();
  p.shape = Shape::step;
  const Excitation e(p);
  EXPECT_EQ(e.duration_s(), 3 * 1200 + 6 * 4 * 600);
  EXPECT_EQ(e.level(0, 1300), 3);
  EXPECT_EQ(e.level(0, 1900), 0);
  EXPECT_EQ(e.level(0, 2500), -3);
  EXPECT_EQ(e.level(0, 3100), 0);
  EXPECT_EQ(e.level(2, 1300), 0);
  EXPECT_EQ(e.level(2, 3700), 3);
}

TEST(Excitation, TheSameSeedGivesTheSameTestAndAnotherAnother) {
  Plan p = six_inputs();
  const Excitation one(p), two(p);
  p.seed = 2;
  const Excitation other(p);
  int different = 0;
  for (double t = 0; t < one.duration_s(); t += 600) {
    EXPECT_EQ(one.level(0, t), two.level(0, t));
    different += one.level(0, t) != other.level(0, t) ? 1 : 0;
  }
  EXPECT_GT(different, 5);
}

TEST(Excitation, APlanThatCannotBeRunSaysWhatWouldBeRight) {
  Plan p = six_inputs();
  EXPECT_EQ(Excitation::problem(p), "");
  p.inputs[1].amplitude = 12;
  EXPECT_NE(Excitation::problem(p).find("at most 10 would be right"), std::string::npos);
  p = six_inputs();
  p.switching_s = 120;  // 6 K at 2 K/min take 180 s
  EXPECT_NE(Excitation::problem(p).find("240 s or more"), std::string::npos)
      << Excitation::problem(p);
  p = six_inputs();
  p.inputs[0].group = 3;
  EXPECT_NE(Excitation::problem(p).find("group 2"), std::string::npos);
  p = six_inputs();
  p.group_s = 1000;
  EXPECT_NE(Excitation::problem(p).find("4800 s"), std::string::npos);
}

TEST(Excitation, TheSwitchingTimeFollowsTheTimeConstant) {
  EXPECT_DOUBLE_EQ(switching_for(600, 2, 60), 840);  // 2.8 x 600 / 2
  EXPECT_DOUBLE_EQ(switching_for(10, 2, 60), 60);
}

}  // namespace
}  // namespace saggar::identify
