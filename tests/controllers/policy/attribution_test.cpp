#include "controllers/policy/attribution.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::policy {
namespace {

/// y[0] = 2 x0 - x1; y[1] = x0^2 x1.
class Known final : public Network {
 public:
  void run(const float* x, float* y) override {
    y[0] = 2 * x[0] - x[1];
    y[1] = x[0] * x[0] * x[1];
  }
  void slopes(const float* x, std::size_t output, float* slope) override {
    slope[0] = output == 0 ? 2 : 2 * x[0] * x[1];
    slope[1] = output == 0 ? -1 : x[0] * x[0];
  }
};

TEST(Attribution, OfALinearMapIsItsTerms) {
  Known known;
  std::vector<double> shares;
  attribute(known, {3, 4}, 0, shares);
  ASSERT_EQ(shares.size(), 2U);
  EXPECT_NEAR(shares[0], 6, 1e-6);
  EXPECT_NEAR(shares[1], -4, 1e-6);
}

// By hand: x0 has 2 x0^2 x1 / 3, x1 has x0^2 x1 / 3; the midpoint rule is off by 1 / (4 16^2).
TEST(Attribution, SharesOfAProductAddUpToWhatItDoes) {
  Known known;
  std::vector<double> shares;
  attribute(known, {1.5, -2}, 1, shares);
  const double all = 1.5 * 1.5 * -2;
  EXPECT_NEAR(shares[0], 2 * all / 3, 0.01);
  EXPECT_NEAR(shares[1], all / 3, 0.01);
  EXPECT_NEAR(shares[0] + shares[1], all, 0.01);
}

}  // namespace
}  // namespace saggar::policy
