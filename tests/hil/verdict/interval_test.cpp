// The bootstrap interval: by hand where that can be done, by drawing where it cannot.
#include "hil/verdict/interval.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/hil/verdict/draws.hpp"

namespace saggar::verdict {
namespace {

TEST(Interval, StretchIsThatOfStudentsTables) {
  // t of 97.5 %: 2.0930 for 19, 2.0452 for 29, 1.9842 for 99 degrees of freedom; z 1.9600.
  EXPECT_NEAR(stretch(20), 2.0930 / 1.9600 * std::sqrt(20.0 / 19), 5e-4);
  EXPECT_NEAR(stretch(30), 2.0452 / 1.9600 * std::sqrt(30.0 / 29), 5e-4);
  EXPECT_NEAR(stretch(100), 1.9842 / 1.9600 * std::sqrt(100.0 / 99), 5e-4);
}

TEST(Interval, OfTwoNumbersByHand) {
  // Resamples of {0, 2} have the means 0, 1, 1 and 2 with equal chance: 2.5 % is 0, 97.5 % is 2.
  const std::vector<double> differences = {0, 2};
  const Interval i = mean_interval(differences);
  EXPECT_DOUBLE_EQ(i.mean, 1);
  EXPECT_DOUBLE_EQ(i.low, 1 - stretch(2));
  EXPECT_DOUBLE_EQ(i.high, 1 + stretch(2));
}

TEST(Interval, OfAShareIsThatOfTheBinomial) {
  // 10 of 40 are 1. Means of resamples are binomial(40, 1/4) / 40: P(<= 4) = 1.6 %, P(<= 5) = 4.3
  // %, P(<= 14) = 94.6 %, P(<= 15) = 97.4 %, P(<= 16) = 98.8 %; so 5/40 and 15/40 or 16/40.
  std::vector<double> differences(40, 0.0);
  for (std::size_t i = 0; i < 10; ++i) differences[i] = 1;
  const Interval i = mean_interval(differences);
  EXPECT_DOUBLE_EQ(i.mean, 0.25);
  EXPECT_NEAR((i.low - 0.25) / stretch(40), 5.0 / 40 - 0.25, 1e-12);
  EXPECT_NEAR((i.high - 0.25) / stretch(40), 15.5 / 40 - 0.25, 0.5 / 40 + 1e-12);
}

TEST(Interval, OfEqualNumbersIsThatNumberToTheBit) {
  const std::vector<double> tenths(23, 0.1), zeros(20, 0.0), one = {7.5};
  for (const auto* same : {&tenths, &zeros, &one}) {
    const Interval i = mean_interval(*same);
    EXPECT_EQ(i.mean, same->front());
    EXPECT_EQ(i.low, same->front());
    EXPECT_EQ(i.high, same->front());
  }
}

TEST(Interval, OfNothingIsNoNumber) {
  const Interval i = mean_interval({});
  EXPECT_TRUE(std::isnan(i.mean) && std::isnan(i.low) && std::isnan(i.high));
}

TEST(Interval, IsTheSameBitsAgainAndOnEveryMachine) {
  std::vector<double> differences;
  for (int i = 0; i < 24; ++i) differences.push_back((i * 37 % 24) * 0.25 - 2);
  const Interval a = mean_interval(differences), b = mean_interval(differences);
  EXPECT_EQ(a.low, b.low);
  EXPECT_EQ(a.high, b.high);
  // Quarters add up without rounding; only the stretch rounds, and sqrt is exact everywhere. So
  // these are numbers to be found again on any machine; a few lines of Python gave the same.
  EXPECT_EQ(a.mean, 0.875);
  EXPECT_DOUBLE_EQ((a.low - a.mean) / stretch(24), -0.6875);
  EXPECT_DOUBLE_EQ((a.high - a.mean) / stretch(24), 0.6875);
  Bootstrap other;
  other.seed = 21;
  const Interval c = mean_interval(differences, other);
  EXPECT_NEAR(c.low, a.low, 0.05) << "another seed, about the same interval";
}

/// How many of 1000 intervals of n draws hold the true mean.
template <class Draw>
int covered(std::size_t n, double mean, Draw&& draw) {
  Bootstrap how;
  how.resamples = 1000;
  int held = 0;
  for (int i = 0; i < 1000; ++i) {
    std::vector<double> x(n);
    for (double& v : x) v = draw();
    how.seed = static_cast<std::uint64_t>(i);
    const Interval interval = mean_interval(x, how);
    held += interval.low <= mean && mean <= interval.high ? 1 : 0;
  }
  return held;
}

// 950 of 1000 is right; the standard deviation of that count is 7.
TEST(Interval, HoldsTheTruthNinetyFiveTimesInAHundred) {
  testing::Normal normal(1);
  EXPECT_NEAR(covered(20, 3, [&] { return 3 + 2 * normal(); }), 950, 20);
  EXPECT_NEAR(covered(50, 3, [&] { return 3 + 2 * normal(); }), 950, 20);
}

TEST(Interval, OfSkewedNumbersHoldsItALittleLessOften) {
  // Squares of normal numbers have the mean 1 and a skewness of 2.8: worse than figures are.
  testing::Normal normal(2);
  const auto square = [&] {
    const double x = normal();
    return x * x;
  };
  const int held = covered(20, 1, square);
  EXPECT_GT(held, 880);
  EXPECT_LT(held, 960);
}

}  // namespace
}  // namespace saggar::verdict
