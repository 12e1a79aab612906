#include "runtime/monitor/distance.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <stdexcept>

namespace saggar::monitor {
namespace {

// Covariance {4, 2; 2, 5} = L L' with L = {2, 0; 1, 2}.
Distance two() { return Distance({10, 20}, {2, 99, 1, 2}); }

TEST(Distance, IsTheEuclideanOneAfterWhitening) {
  Distance d = two();
  // x - mean = (2, 5): white = (1, (5 - 1) / 2) = (1, 2), length sqrt(5)
  const double x[] = {12, 25};
  EXPECT_DOUBLE_EQ(d.of(x), std::sqrt(5.0));
}

TEST(Distance, SeesAPairThatNeverCameTogetherThoughEachIsUsual) {
  Distance d({0, 0}, {1, 0, 0.99, std::sqrt(1 - 0.99 * 0.99)});  // correlation 0.99
  const double usual[] = {1.5, 1.5}, strange[] = {1.5, -1.5};
  EXPECT_LT(d.of(usual), 1.6);
  EXPECT_GT(d.of(strange), 20);  // sqrt(1.5^2 + (2.985 / 0.1411)^2) = 21.2
}

TEST(Distance, NamesTheFeatureThatStandsOut) {
  Distance d = two();
  const double x[] = {12, 20 + 3 * std::sqrt(5.0)};  // sigmas 1 and 3: sqrt(1 + 4) is its deviation
  d.of(x);
  EXPECT_EQ(d.worst().feature, 1U);
  EXPECT_NEAR(d.worst().sigmas, 3, 1e-12);
}

TEST(Distance, OfDataOfItsCloudHasAMeanSquareOfTheirNumber) {
  Distance d = two();
  std::mt19937_64 draw(7);
  std::normal_distribution<double> normal;
  double sum = 0;
  constexpr int kDraws = 20000;
  for (int i = 0; i < kDraws; ++i) {
    const double a = normal(draw), b = normal(draw);
    const double x[] = {10 + 2 * a, 20 + a + 2 * b};
    sum += d.of(x) * d.of(x);
  }
  EXPECT_NEAR(sum / kDraws, 2, 5 * 2 / std::sqrt(kDraws));  // chi-square, 2: variance 4
}

TEST(Distance, OfWhatIsNoNumberIsInfinite) {
  Distance d = two();
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    const double x[] = {10, bad};
    EXPECT_EQ(d.of(x), std::numeric_limits<double>::infinity());
    EXPECT_EQ(d.worst().feature, 1U);
  }
}

TEST(Distance, RefusesADomainThatIsNone) {
  EXPECT_THROW(Distance({}, {}), std::invalid_argument);
  EXPECT_THROW(Distance({1, 2}, {1, 0, 1}), std::invalid_argument);
  EXPECT_THROW(Distance({1, 2}, {1, 0, 1, 0}), std::invalid_argument);
  EXPECT_THROW(Distance({1, std::nan("")}, {1, 0, 1, 1}), std::invalid_argument);
  EXPECT_THROW(Distance({1, 2}, {1, 0, std::nan(""), 1}), std::invalid_argument);
}

}  // namespace
}  // namespace saggar::monitor
