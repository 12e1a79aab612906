#include "controllers/mpc/lu.hpp"

#include <gtest/gtest.h>

namespace saggar::mpc {
namespace {

TEST(Lu, SolvesASystemThatNeedsPivoting) {
  Lu lu(3);  // first pivot 0; solution 1, -2, 3 by construction
  const double a[3][3] = {{0, 2, 1}, {4, 1, -1}, {2, 0, 3}};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) lu.at(i, j) = a[i][j];
  }
  ASSERT_TRUE(lu.factor());
  double x[3] = {-1, -1, 11};
  lu.solve(x);
  EXPECT_NEAR(x[0], 1, 1e-14);
  EXPECT_NEAR(x[1], -2, 1e-14);
  EXPECT_NEAR(x[2], 3, 1e-14);
}

TEST(Lu, SaysThatAMatrixIsSingular) {
  Lu lu(2);
  lu.at(0, 0) = 1, lu.at(0, 1) = 2, lu.at(1, 0) = 2, lu.at(1, 1) = 4;
  EXPECT_FALSE(lu.factor());
}

}  // namespace
}  // namespace saggar::mpc
