#include "hil/search/dice.hpp"

#include <gtest/gtest.h>

namespace saggar::search {
namespace {

TEST(Dice, NamesGiveStreamsOfTheirOwn) {
  Dice one(7, "faults"), same(7, "faults"), name(7, "targets"), seed(8, "faults");
  const double first = one.uniform();
  EXPECT_EQ(first, same.uniform());
  EXPECT_NE(first, name.uniform());
  EXPECT_NE(first, seed.uniform());
}

TEST(Dice, FallEvenly) {
  Dice dice(1, "even");
  std::size_t counts[6] = {};
  for (int i = 0; i < 60000; ++i) ++counts[dice.below(6)];
  // Binomial, 10000 expected, standard deviation 91: five of them.
  for (const std::size_t count : counts) EXPECT_NEAR(static_cast<double>(count), 10000, 460);
  EXPECT_EQ(dice.below(0), 0U);
  EXPECT_EQ(dice.below(1), 0U);
}

TEST(Dice, NormalDrawsHaveTheirMeanSpreadAndTails) {
  Dice dice(1, "normal");
  double sum = 0, squares = 0;
  int beyond = 0;
  constexpr int kDraws = 100000;
  for (int i = 0; i < kDraws; ++i) {
    const double x = dice.normal();
    sum += x;
    squares += x * x;
    beyond += std::abs(x) > 3 ? 1 : 0;
  }
  EXPECT_NEAR(sum / kDraws, 0, 0.016);       // five standard errors, 1 / sqrt(n)
  EXPECT_NEAR(squares / kDraws, 1, 0.023);   // sqrt(2 / n)
  EXPECT_NEAR(beyond, 0.0027 * kDraws, 82);  // 270, standard deviation 16.4
}

}  // namespace
}  // namespace saggar::search
