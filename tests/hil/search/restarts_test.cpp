#include "hil/search/restarts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saggar::search {
namespace {

/// Rastrigin's function on -5 to 5, its optimum 0 at 1: some 10^n local optima.
double rastrigin(const Point& point) {
  double sum = 0;
  for (const double u : point) {
    const double x = 10.0 * u - 5.0 - 1.0;
    sum += x * x + 10.0 * (1.0 - std::cos(2.0 * std::numbers::pi * x));
  }
  return sum;
}

struct Found {
  double value = 1e300;
  std::size_t evaluations = 0, restarts = 0;
};

Found minimise(Searcher& search, double target, std::size_t most) {
  Found found;
  while (found.value > target && found.evaluations < most) {
    std::vector<double> values;
    for (const Point& point : search.ask()) {
      values.push_back(rastrigin(point));
      found.value = std::min(found.value, values.back());
    }
    found.evaluations += values.size();
    search.tell(values);
  }
  found.restarts = search.restarts();
  return found;
}

// Hansen and Kern (2004), figure 2: in 10 dimensions a descent needs a population of some hundred
// to find the bottom, at some 1e5 evaluations; a population of 10 nearly always ends beside it.
// Walls that mirror cost something on top: measured here 6e4 to 2.1e5.
TEST(Restarts, FindTheOneBottomAmongManyByGrowingPopulations) {
  RestartOptions options;
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    options.descent.seed = seed;
    Restarts search(10, options);
    const Found found = minimise(search, 1e-8, 400000);
    EXPECT_LT(found.value, 1e-8) << "seed " << seed;
    EXPECT_GE(found.restarts, 3U) << "10, 20, 40 and 80 are too few";
  }
}

TEST(Restarts, AreNeededByNoOneWhoDrawsEnough) {
  RandomSearch random(2, 100, 1);
  EXPECT_LT(minimise(random, 1.0, 100000).value, 1.0);
}

TEST(Restarts, BeginAtTheBestOfTheirScouts) {
  RestartOptions options;
  options.scouts = 50;
  options.descent.step = 1e-6;
  Restarts search(2, options);
  ASSERT_EQ(search.ask().size(), 50U);
  std::vector<double> values;
  Point best;
  for (const Point& point : search.ask()) {
    if (values.empty() || rastrigin(point) < *std::min_element(values.begin(), values.end())) {
      best = point;
    }
    values.push_back(rastrigin(point));
  }
  search.tell(values);
  EXPECT_NEAR(search.ask()[0][0], best[0], 1e-4);
  EXPECT_NEAR(search.ask()[0][1], best[1], 1e-4);
}

TEST(Restarts, LookElsewhereWhileAllScoutsAreWorthTheSame) {
  RestartOptions options;
  options.scouts = 20;
  Restarts search(2, options);
  const auto first = search.ask();
  search.tell(std::vector<double>(20, 1.0));
  EXPECT_EQ(search.ask().size(), 20U);
  EXPECT_NE(search.ask(), first);
  std::vector<double> values(20, 1.0);
  values[7] = 0.9;
  search.tell(values);
  EXPECT_EQ(search.ask().size(), 6U) << "a descent, with the usual population of 2 dimensions";
  EXPECT_EQ(search.restarts(), 0U);
}

TEST(Restarts, GiveUpADescentWithoutGain) {
  RestartOptions options;
  options.patience = 3;
  Restarts search(2, options);
  const std::size_t first = search.ask().size();
  for (int generation = 0; generation < 4; ++generation) {
    search.tell(std::vector<double>(search.ask().size(), 1.0));
  }
  EXPECT_EQ(search.restarts(), 1U);
  EXPECT_EQ(search.ask().size(), 2 * first);
}

TEST(RandomSearch, SameSeedSamePoints) {
  RandomSearch one(3, 5, 1), other(3, 5, 1), third(3, 5, 2);
  EXPECT_EQ(one.ask(), other.ask());
  EXPECT_NE(one.ask(), third.ask());
  const auto before = one.ask();
  one.tell(std::vector<double>(5, 0.0));
  EXPECT_NE(one.ask(), before);
}

}  // namespace
}  // namespace saggar::search
