#include "controllers/pid/slope.hpp"

#include <gtest/gtest.h>

namespace saggar::pid {
namespace {

TEST(Slope, IsExactOnARampForAnyTimeStep) {
  // s / (1 + T s) on 2 t: 2 (1 - exp(-t / T)), here with uneven time steps
  const double T = 7;
  Slope slope;
  slope.prime(0);
  double t = 0;
  for (double dt : {0.1, 3.0, 1.0, 0.4, 12.0}) {
    t += dt;
    slope.step(2 * t, dt, decay_of(dt, T));
    EXPECT_NEAR(slope.value, 2 * (1 - std::exp(-t / T)), 1e-13);
  }
}

TEST(Slope, WithoutAFilterIsTheDifferenceQuotient) {
  Slope slope;
  slope.prime(5);
  slope.step(8, 2, decay_of(2, 0));
  EXPECT_DOUBLE_EQ(slope.value, 1.5);
}

TEST(Slope, PrimingLeavesNoRate) {
  Slope slope;
  slope.prime(1);
  slope.step(100, 1, decay_of(1, 3));
  slope.prime(50);
  slope.step(50, 1, decay_of(1, 3));
  EXPECT_EQ(slope.value, 0);
}

}  // namespace
}  // namespace saggar::pid
