#include "controllers/mpc/identify/regressors.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/controllers/mpc/identify/synthetic.hpp"

namespace saggar::identify {
namespace {

TEST(Regressors, AFitFromSumsOfProductsIsThatOfTheRows) {
  const Series s = testing::make({.samples = 400});
  const Regressors data(s, 1, {0, 1, 2}, LagLimits());
  const auto columns = data.columns(2, {3, 3, 3});
  const Fit fit = data.fit(columns, -1);
  const Eigen::MatrixXd phi = data.matrix()(Eigen::all, columns);
  const Eigen::VectorXd right = phi.colPivHouseholderQr().solve(data.target());
  EXPECT_LT((fit.theta - right).cwiseAbs().maxCoeff(), 1e-5 * right.cwiseAbs().maxCoeff());
  EXPECT_NEAR(data.error(fit, data.folds()), (data.target() - phi * right).squaredNorm(), 1e-6);
}

TEST(Regressors, NeighbouringRowsShareAFoldAndFoldsTakeTurns) {
  const Regressors data(testing::make({.samples = 400}), 0, {0}, LagLimits());
  for (Eigen::Index r = 0; r < data.rows(); ++r) EXPECT_EQ(data.fold(r), data.sample(r) / 60 % 4);
}

TEST(Regressors, ARowWithAMissingLagIsLeftOut) {
  Series s = testing::make({.samples = 400});
  const Regressors whole(s, 0, {0}, LagLimits());
  s.y(200, 0) = std::numeric_limits<double>::quiet_NaN();
  const Regressors less(s, 0, {0}, LagLimits());
  // The sample itself and the eight rows that would have it as a lag.
  EXPECT_EQ(whole.rows() - less.rows(), 9);
}

TEST(Regressors, WhatIsKnownIsKeptByEveryFit) {
  Series s = testing::make({.samples = 400});
  s.outputs[1].follows = 1;
  const Regressors data(s, 1, {0, 1, 2}, LagLimits());
  for (int fold = -1; fold < 4; ++fold) {
    const Fit fit = data.fit(data.columns(2, {1, 1, 1}), fold);
    const Arx m = data.model(fit, 2, {1, 1, 1}, 60, false);
    EXPECT_NEAR(m.gain(0), 0, 1e-6);
    EXPECT_NEAR(m.gain(1), 1, 1e-6);
    EXPECT_NEAR(m.gain(2), 0, 1e-6);
  }
}

}  // namespace
}  // namespace saggar::identify
