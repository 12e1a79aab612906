#include "hil/train/familiar.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/train/two_runs.hpp"

namespace saggar::train {
namespace {

TEST(Familiar, AQuantileIsAValueThatWasThere) {
  EXPECT_EQ(quantile({5, 1, 4, 2, 3}, 0.6), 3);
  EXPECT_EQ(quantile({5, 1, 4, 2, 3}, 0.999), 5);
  EXPECT_EQ(quantile({}, 0.5), 0);
}

/// Four points at (+-1, 0) and (0, +-2): variances 2/3 and 8/3 (n - 1), no covariance.
Split cross() {
  Split split;
  split.learn.x = {4, 2, {1, 0, -1, 0, 0, 2, 0, -2}};
  split.learn.y = {4, 2, {0, 1, 0, 1, 0, 1, 0, 1}};
  split.held_out.x.width = 2;
  split.held_out.y.width = 2;
  return split;
}

TEST(Familiar, MeanFactorAndDistanceAreThoseOfTheHand) {
  const config::PolicyDomain d =
      familiar(cross(), {{0, 1, 0, 1, 0, 1, 0, 1}}, testing::two_signals());
  ASSERT_EQ(d.cholesky.size(), 3U);
  EXPECT_NEAR(d.cholesky[0], std::sqrt(2.0 / 3 + 1e-4), 1e-5);
  EXPECT_NEAR(d.cholesky[1], 0, 1e-6);
  EXPECT_NEAR(d.cholesky[2], std::sqrt(8.0 / 3 + 1e-4), 1e-5);
  // Each point is sqrt(1 / (2/3)) = sqrt(4 / (8/3)) = 1.2247 away.
  EXPECT_NEAR(d.distance, std::sqrt(1.5), 1e-3);
  EXPECT_EQ(d.spread, (std::vector<double>{0}));  // of one member
}

TEST(Familiar, SpreadIsBetweenMembersAndResidualInTheUnitOfThePrediction) {
  Signals s = testing::two_signals();
  s.predictions[0].scale = 10;
  // Members 0.1 and 0.3 on the output: deviation 0.1414; 0.5 and 1.1 on what came as 1.
  const config::PolicyDomain d = familiar(cross(),
                                          {{0.1F, 0.5F, 0.1F, 0.5F, 0.1F, 0.5F, 0.1F, 0.5F},
                                           {0.3F, 1.1F, 0.3F, 1.1F, 0.3F, 1.1F, 0.3F, 1.1F}},
                                          s);
  EXPECT_NEAR(d.spread[0], 0.2 / std::sqrt(2.0), 1e-5);
  EXPECT_NEAR(d.residual[0], 0.2 * 10, 1e-4);
}

}  // namespace
}  // namespace saggar::train
