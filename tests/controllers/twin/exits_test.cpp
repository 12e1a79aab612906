#include "controllers/twin/exits.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::twin {
namespace {

TEST(Exits, SamplesOfRowsThatWereFollowedCorrectTheSize) {
  Exits exits{Settings{}};
  for (int i = 0; i < 40; ++i) {
    exits.left({3600.0 * i, static_cast<std::uint64_t>(i), 200.0, 0.02, 0.03});
  }
  // Ten samples, all 10 % larger than the model, known 6 h after they were taken.
  for (int i = 0; i < 10; ++i) exits.learn(3600.0 * (i + 6), {6.0, 0.02, 220.0, 0.03});
  EXPECT_NEAR(exits.ln_size.value, std::log(1.1), 0.15 * std::log(1.1));
  // By hand: 1 / (1 / 0.1^2 + 10 / 0.06^2)
  EXPECT_NEAR(exits.ln_size.variance, 1.0 / (100.0 + 10.0 / 0.0036), 1e-9);
  EXPECT_NEAR(exits.mixing.value, 0.0, 1e-12);
}

TEST(Exits, TheSameSampleCountsOnceAndAStrangeOneNotAtAll) {
  Exits exits{Settings{}};
  exits.left({0.0, 1, 200.0, 0.02, 0.03});
  exits.learn(3600.0, {1.0, 0.02, 220.0, 0.03});
  const double once = exits.ln_size.variance;
  exits.learn(3630.0, {1.0 + 30.0 / 3600.0, 0.02, 220.0, 0.03});
  EXPECT_EQ(exits.ln_size.variance, once);
  exits.learn(7.0 * 3600.0, {1.0, 0.02, 220.0, 0.03});  // taken when no row left
  EXPECT_EQ(exits.ln_size.variance, once);
}

}  // namespace
}  // namespace saggar::twin
