// Expected values by hand from Skogestad (2003), equations 23 to 25 and the half rule.
#include "controllers/pid/simc.hpp"

#include <gtest/gtest.h>

namespace saggar::pid {
namespace {

TEST(Simc, LagDominantProcessGetsTiOfEightDeadTimes) {
  const Settings s = simc_pi({2, 3600, 180});
  EXPECT_DOUBLE_EQ(s.kp, 5);       // 3600 / (2 (180 + 180))
  EXPECT_DOUBLE_EQ(s.ti_s, 1440);  // min(3600, 8 * 180)
  EXPECT_EQ(s.td_s, 0);
}

TEST(Simc, ShortTimeConstantIsItsOwnTi) {
  const Settings s = simc_pi({-4, 100, 100}, 300);
  EXPECT_DOUBLE_EQ(s.kp, 100.0 / (4 * 400));
  EXPECT_DOUBLE_EQ(s.ti_s, 100);
}

TEST(Simc, SecondOrderGetsItsSmallerTimeConstantAsTdOfTheSeriesForm) {
  const Settings s = simc_pid({1, 100, 10}, 20);
  EXPECT_EQ(s.form, Form::series);
  EXPECT_DOUBLE_EQ(s.kp, 5);
  EXPECT_DOUBLE_EQ(s.ti_s, 80);
  EXPECT_DOUBLE_EQ(s.td_s, 20);
  EXPECT_FALSE(problem(s));
}

TEST(Simc, HalfRuleSharesTheNeglectedTimeConstant) {
  const Fopdt m = half_rule(1, 100, 20, 5);
  EXPECT_DOUBLE_EQ(m.time_constant_s, 110);
  EXPECT_DOUBLE_EQ(m.dead_time_s, 15);
}

}  // namespace
}  // namespace saggar::pid
