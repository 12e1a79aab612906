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

// Eleven runs of ten values up to 1, one of ten up to 77: the odd one does not set the limit. Three
// odd ones of twelve do, for nine of ten runs are to stay below (the 11th of 12).
TEST(Familiar, OneOddRunDoesNotSetWhatIsStrange) {
  const auto twelve = [](int odd) {
    std::vector<double> values;
    for (int run = 0; run < 12; ++run) {
      for (int i = 1; i <= 10; ++i) values.push_back((run < odd ? 77 : 1) * i / 10.0);
    }
    return values;
  };
  const std::vector<std::size_t> rows(12, 10);
  EXPECT_EQ(normal_limit(twelve(1), rows), 1);
  EXPECT_EQ(normal_limit(twelve(3), rows), 77);
  EXPECT_EQ(normal_limit({1, 2, 3}, {}), 3);
  EXPECT_EQ(normal_limit({}, {}), 0);
}

TEST(Familiar, ValuesThatAreNotToBeSeenAreLeftOut) {
  EXPECT_EQ(normal_limit({1, std::nan(""), 3}, {3}), 3);
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
