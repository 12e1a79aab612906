#include "controllers/mpc/identify/model_error.hpp"

#include <gtest/gtest.h>

#include "tests/controllers/mpc/identify/synthetic.hpp"

namespace saggar::identify {
namespace {

using testing::make;

/// The fit of order 1 with the true dead time, which is exact without noise.
Chosen exact(const Regressors& data, const testing::Synthetic& plant) {
  Chosen c;
  c.order = 1;
  c.delays.assign(data.input_count(), 1 + plant.dead);
  c.fit = data.fit(data.columns(1, c.delays), -1);
  return c;
}

TEST(ModelError, AGainThatWasTakenTooSmallIsWhatIsLeft) {
  const testing::Synthetic plant{.zones = 1, .gain = 2, .dead = 0, .noise = 0.01, .hold = 30};
  const Series s = make(plant);
  const LagLimits limits;
  const Regressors data(s, 0, {0}, limits);
  Chosen c = exact(data, plant);
  const ModelError right = model_error(data, s, c, limits);
  EXPECT_NEAR(right.gain(right.theta, 0), 0, 0.02);
  c.fit.theta(1) *= 0.9;  // b of order 1: the gain is 1.8 now, with the same pole
  const ModelError wrong = model_error(data, s, c, limits);
  EXPECT_NEAR(wrong.gain(wrong.theta, 0), 0.2, 0.05);
  const Eigen::VectorXd step = wrong.step(wrong.theta, 0, 200);
  EXPECT_NEAR(step(199), 0.2, 0.05);
  EXPECT_LT(step(2), 0.1);  // a lag of ten samples is at a quarter of it after three
}

TEST(ModelError, EachBlockIsLeftOutOnce) {
  const Series s = make({.zones = 1, .samples = 610});
  const LagLimits limits;  // rows begin at 8 + 10 - 1 = 17: blocks 0 to 10 of 60 samples
  const Regressors data(s, 0, {0}, limits);
  const ModelError error = model_error(data, s, exact(data, {}), limits);
  EXPECT_EQ(error.without.size(), 11U);
}

TEST(ModelError, ToAGainThatIsKnownNothingIsAdded) {
  Series s = make({.zones = 3, .gain = 1, .neighbour = 0, .noise = 0.3});
  s.outputs[1].follows = 1;
  const LagLimits limits;
  const Regressors data(s, 1, {0, 1, 2}, limits);
  const ModelError error = model_error(data, s, exact(data, {}), limits);
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_NEAR(error.gain(error.theta, j), 0, 1e-6);
    EXPECT_GT(error.step(error.theta, j, 20).cwiseAbs().maxCoeff(), 0);
  }
}

}  // namespace
}  // namespace saggar::identify
