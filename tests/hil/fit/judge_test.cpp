#include "hil/fit/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {
namespace {

// Student's quantile at 0.975: any table.
TEST(Judge, TakesStudentsQuantile) {
  EXPECT_EQ(within95(0), std::numeric_limits<double>::infinity());
  EXPECT_NEAR(within95(1), 12.706, 1e-3);
  EXPECT_NEAR(within95(4), 2.776, 1e-3);
  EXPECT_NEAR(within95(5), 2.571, 0.01);
  EXPECT_NEAR(within95(10), 2.228, 2e-3);
  EXPECT_NEAR(within95(30), 2.042, 1e-3);
  EXPECT_NEAR(within95(std::numeric_limits<double>::infinity()), 1.960, 1e-3);
}

TEST(Judge, AResidualFollowsOrDoesNot) {
  const double smooth[] = {1, 1, 1, 1, -1, -1, -1, -1}, rough[] = {1, -1, 1, -1};
  EXPECT_NEAR(following(smooth, 8), (6.0 - 1.0) / 8.0, 1e-12);
  EXPECT_NEAR(following(rough, 4), -0.75, 1e-12);
  EXPECT_EQ(following(rough, 0), 0.0);
}

// Two figures, orthogonal columns of length 10 and 0.5: one is known to a tenth of its uncertainty,
// the other to twice it, which is less than was known before.
TEST(Judge, WhatMovesTheDataByLessThanTheirErrorIsUnknown) {
  const auto plant = kiln::small_params();
  std::vector<Adjustable> figures;
  for (const char* key : {"powder.porosity", "powder.emissivity"}) {
    figures.push_back(Adjustable::of(plant, {key}).value());
  }
  AtBest best;
  best.u = {0.0, 0.0};
  best.residuals = Eigen::VectorXd::Zero(200);
  best.jacobian = Eigen::MatrixXd::Zero(200, 2);
  best.jacobian(0, 0) = 10;
  best.jacobian(1, 1) = 0.5;
  Outcome out;
  out.plant = plant;
  judge(best, figures, {}, out);
  ASSERT_EQ(out.unknown.size(), 1U);
  EXPECT_EQ(out.unknown[0], "the data say nothing of powder.emissivity");
  EXPECT_NEAR(out.estimates[0].high95, 0.67 + 1.96 * 0.1 * 0.05, 1e-5);
  EXPECT_NEAR(out.estimates[0].low, 0.67 - 3 * 0.05, 1e-12);
  EXPECT_FALSE(out.at_bound());
}

// Residuals 3 and 4 along the two figures and 5 along none: 9 + 16 would go. A figure on its bound
// does not move, and one whose effect is below 1 is not asked for.
TEST(Judge, SaysHowFarTheSquaresWouldStillFall) {
  const auto plant = kiln::small_params();
  std::vector<Adjustable> figures;
  for (const char* key : {"powder.porosity", "powder.emissivity"}) {
    figures.push_back(Adjustable::of(plant, {key}).value());
  }
  AtBest best;
  best.u = {0.0, 0.0};
  best.residuals = Eigen::Vector3d(3, 4, 5);
  best.jacobian = Eigen::MatrixXd::Zero(3, 2);
  best.jacobian(0, 0) = 10;
  best.jacobian(1, 1) = 2;
  EXPECT_NEAR(still_falls(best, figures, {}), 25, 1e-12);
  best.u[0] = figures[0].high();
  EXPECT_NEAR(still_falls(best, figures, {}), 16, 1e-12);
  best.jacobian(1, 1) = 0.5;
  EXPECT_EQ(still_falls(best, figures, {}), 0);
}

}  // namespace
}  // namespace saggar::fit
