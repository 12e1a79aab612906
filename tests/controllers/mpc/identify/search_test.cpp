#include "controllers/mpc/identify/search.hpp"

#include <gtest/gtest.h>

#include "tests/controllers/mpc/identify/synthetic.hpp"

namespace saggar::identify {
namespace {

TEST(Search, FindsDeadTimesThatTheNoiseDoesNotHide) {
  LagLimits limits;
  limits.order = 2;
  for (const int dead : {0, 2, 5}) {
    const Series s = testing::make({.dead = dead, .noise = 0.01});
    const Regressors data(s, 1, {0, 1, 2}, limits);
    const Chosen c = search(data, s, 1, limits);
    EXPECT_EQ(c.delays[1], dead + 1);
    EXPECT_TRUE(c.stable);
    EXPECT_LE(c.delay_low[1], c.delays[1]);
    EXPECT_GE(c.delay_high[1], c.delays[1]);
  }
}

TEST(Search, ForetellsDataThatItHasNotSeenToTheirNoise) {
  const Series s = testing::make({.noise = 0.1});
  const LagLimits limits;
  const Regressors data(s, 1, {0, 1, 2}, limits);
  const Foretold told = foretell(data, s, 1, search(data, s, 1, limits), 60, 5);
  EXPECT_GT(told.fit(), 0.9);
  // Inputs are known: what is left an hour ahead is the noise, and what it did to the parameters.
  EXPECT_GT(told.rms_error(), 0.08);
  EXPECT_LT(told.rms_error(), 0.16);
}

}  // namespace
}  // namespace saggar::identify
