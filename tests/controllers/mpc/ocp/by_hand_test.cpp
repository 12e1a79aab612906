// Problems whose answer one can work out on paper.
#include <gtest/gtest.h>

#include "tests/controllers/mpc/ocp/problems.hpp"

namespace saggar::ocp {
namespace {

/// One state, one input, one stage: x1 = 0.5 x0 + 2 u.
Problem single(bool band = false) {
  Problem p({1, 1, band ? 1U : 0U, 1, false});
  const double a = 0.5, b = 2;
  p.dynamics(0, &a, &b);
  p.q(0)[0] = 3, p.r_weight(0)[0] = 1, p.reference(0)[0] = 10, p.x0()[0] = 4;
  return p;
}

// min 3/2 (2 + 2u - 10)^2 + 1/2 u^2: 6 (2u - 8) + u = 0, u = 48 / 13.
TEST(ByHand, AFreeMinimumOfOneVariable) {
  Problem p = single();
  Solver solver(p);
  const Answer answer = solver.solve();
  ASSERT_EQ(answer.status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 48.0 / 13, 1e-9);
  EXPECT_NEAR(solver.state(0)[0], 2 + 96.0 / 13, 1e-9);
  // 3/2 (8 - 96/13)^2 + 1/2 (48/13)^2 = 96 / 13
  EXPECT_NEAR(answer.residual.objective, 96.0 / 13, 1e-9);
}

// Held at 3: what another unit of room would be worth is 6 (8 - 6) - 3 = 9.
TEST(ByHand, ABoundHoldsAndHasItsPrice) {
  Problem p = single();
  p.high(0)[0] = 3, p.low(0)[0] = -3;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 3, 1e-9);
  EXPECT_NEAR(solver.bound_multiplier(0)[0], 9, 1e-6);
}

// From 1 at most +0.5: 1.5; the price 6 (8 - 3) - 1.5 = 28.5.
TEST(ByHand, ARateHoldsFromTheInputInForce) {
  Problem p = single();
  p.u_before()[0] = 1, p.rise(0)[0] = 0.5, p.fall(0)[0] = 0.5;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 1.5, 1e-9);
  EXPECT_NEAR(solver.rate_multiplier(0)[0], 28.5, 1e-6);
}

// With S = 4 and 1 in force: 6 (2u - 8) + u + 4 (u - 1) = 0, u = 52 / 17.
TEST(ByHand, AMoveCosts) {
  Problem p = single();
  p.u_before()[0] = 1, p.s_weight(0)[0] = 4;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 52.0 / 17, 1e-9);
}

// A band up to x = 6 (u = 2), rho1 = 100: the pull there is 6 (8 - 4) - 2 = 22 in u, 11 in x,
// less than 100: the edge holds.
TEST(ByHand, ABandHoldsWhileThePullIsBelowItsPrice) {
  Problem p = single(true);
  p.band_low(0)[0] = 0, p.band_high(0)[0] = 6, p.rho1(0)[0] = 100, p.rho2(0)[0] = 1;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.state(0)[0], 6, 1e-8);
  EXPECT_NEAR(solver.band_multiplier(0)[0], 11, 1e-6);
}

// rho1 = 5, rho2 = 1: 6 (2u - 8) + u + 2 (5 + (2 + 2u - 6)) = 0, u = 46 / 17, x = 126 / 17 > 6.
TEST(ByHand, ABandIsExceededWhereItIsWorthIt) {
  Problem p = single(true);
  p.band_low(0)[0] = 0, p.band_high(0)[0] = 6, p.rho1(0)[0] = 5, p.rho2(0)[0] = 1;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 46.0 / 17, 1e-8);
  EXPECT_NEAR(solver.state(0)[0], 126.0 / 17, 1e-8);
}

// A linear price g = 13 moves the free minimum: 13 u = 48 - 13.
TEST(ByHand, ALinearPriceOfAnInputMovesTheMinimum) {
  Problem p = single();
  p.linear(0)[0] = 13;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 35.0 / 13, 1e-9);
}

// Integrator x+ = x + u, two stages, only the end counts (q = 1, r = 6), R = 1: both inputs equal
// u, (2u - 6) + u = 0, u = 2.
TEST(ByHand, TwoStagesShareTheWork) {
  Problem p({1, 1, 0, 2, false});
  const double one = 1;
  for (std::size_t k = 0; k < 2; ++k) p.dynamics(k, &one, &one), p.r_weight(k)[0] = 1;
  p.q(1)[0] = 1, p.reference(1)[0] = 6;
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], 2, 1e-9);
  EXPECT_NEAR(solver.input(1)[0], 2, 1e-9);
}

// A disturbance known for the whole way is answered before it is felt: integrator, w = 1 at both
// stages, reference 0, R = 1, q = 1 at both: 2u0 + ... solved by the normal equations
// [3 1; 1 2] u = -[3; 2]: u = -(4/5, 3/5).
TEST(ByHand, AKnownDisturbanceIsAnswered) {
  Problem p({1, 1, 0, 2, false});
  const double one = 1;
  for (std::size_t k = 0; k < 2; ++k) {
    p.dynamics(k, &one, &one), p.r_weight(k)[0] = 1, p.q(k)[0] = 1, p.w(k)[0] = 1;
  }
  Solver solver(p);
  ASSERT_EQ(solver.solve().status, Status::solved);
  EXPECT_NEAR(solver.input(0)[0], -0.8, 1e-9);
  EXPECT_NEAR(solver.input(1)[0], -0.6, 1e-9);
}

}  // namespace
}  // namespace saggar::ocp
