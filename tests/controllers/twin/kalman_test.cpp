#include "controllers/twin/kalman.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::twin {
namespace {

TEST(Kalman, OneMeasurementOfOneUnknownIsTheWeightedMean) {
  Kalman filter(1);
  filter.prior(0, 2.0);
  const double h[] = {1.0};
  const auto seen = filter.correct(h, 3.0, 1.0, 0.0);
  // By hand: gain = 4 / (4 + 1), mean = 0.8 * 3, variance = 4 * (1 - 0.8).
  EXPECT_DOUBLE_EQ(seen.variance, 5.0);
  EXPECT_DOUBLE_EQ(filter.mean(0), 2.4);
  EXPECT_NEAR(filter.covariance(0, 0), 0.8, 1e-15);
}

TEST(Kalman, MeasurementsInAnyOrderGiveWhatLeastSquaresGives) {
  // Two unknowns, priors 1 and 3, sums 4 = a + b and 1 = a - b, noise 0.5 each: normal equations
  // (I/P + H'H/r) x = H'y/r are [1 + 8, 0; 0, 1/9 + 8] x = 4 [5, 3].
  for (const bool turned : {false, true}) {
    Kalman filter(2);
    filter.prior(0, 1.0);
    filter.prior(1, 3.0);
    const double sum[] = {1, 1}, difference[] = {1, -1};
    const auto take = [&](const double* h, double y) {
      filter.correct(h, y - h[0] * filter.mean(0) - h[1] * filter.mean(1), 0.25, 0.0);
    };
    turned ? take(difference, 1) : take(sum, 4);
    turned ? take(sum, 4) : take(difference, 1);
    EXPECT_NEAR(filter.mean(0), 20.0 / 9.0, 1e-12);
    EXPECT_NEAR(filter.mean(1), 12.0 / (8.0 + 1.0 / 9.0), 1e-12);
    EXPECT_NEAR(filter.covariance(0, 0), 1.0 / 9.0, 1e-12);
  }
}

TEST(Kalman, StaysSymmetricAndPositiveOverManySharpMeasurements) {
  Kalman filter(3);
  for (std::size_t i = 0; i < 3; ++i) filter.prior(i, 1e3);
  for (int k = 0; k < 10000; ++k) {
    const double h[] = {1.0, std::sin(0.1 * k), 1e-6 * k};
    filter.correct(h, 0.1, 1e-10, 0.0);
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_GT(filter.covariance(i, i), 0.0);
    for (std::size_t j = 0; j < 3; ++j) {
      EXPECT_DOUBLE_EQ(filter.covariance(i, j), filter.covariance(j, i));
    }
  }
}

TEST(Kalman, ABadMeasurementChangesNothing) {
  Kalman filter(1);
  filter.prior(0, 1.0);
  const double h[] = {1.0};
  filter.correct(h, std::numeric_limits<double>::quiet_NaN(), 1.0, 0.0);
  filter.correct(h, 100.0, 1.0, 6.0);  // 70 sigmas: beyond the gate
  EXPECT_DOUBLE_EQ(filter.mean(0), 0.0);
  EXPECT_DOUBLE_EQ(filter.covariance(0, 0), 1.0);
}

TEST(Kalman, ForgettingGoesBackToItsRest) {
  Kalman filter(1);
  filter.prior(0, 1.0);
  const double h[] = {1.0};
  filter.correct(h, 5.0, 1e-6, 0.0);
  for (int i = 0; i < 100; ++i) filter.forget(0, 0.9, 1.0);
  EXPECT_NEAR(filter.mean(0), 0.0, 1e-3);
  EXPECT_NEAR(filter.covariance(0, 0), 1.0, 1e-6);
}

}  // namespace
}  // namespace saggar::twin
