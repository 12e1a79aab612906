#include "hil/material/fast_exp.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::material {
namespace {

TEST(FastExp, IsWithinItsStatedErrorOverTheWholeRange) {
  double worst = 0;
  for (double x = -690.0; x < 690.0; x += 0.00731) {
    worst = std::max(worst, std::abs(fast_exp(x) / std::exp(x) - 1.0));
  }
  EXPECT_LT(worst, 3e-13);
  EXPECT_EQ(fast_exp(0.0), 1.0);
}

TEST(FastExp, ClampsInsteadOfOverflowing) {
  EXPECT_EQ(fast_exp(1e6), fast_exp(700.0));
  EXPECT_EQ(fast_exp(-1e6), fast_exp(-700.0));
  EXPECT_TRUE(std::isfinite(fast_exp(1e300)));
  EXPECT_GT(fast_exp(-1e300), 0.0);
}

}  // namespace
}  // namespace saggar::material
