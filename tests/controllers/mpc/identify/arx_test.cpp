#include "controllers/mpc/identify/arx.hpp"

#include <gtest/gtest.h>

namespace saggar::identify {
namespace {

Arx first_order() {  // y[t] = 0.5 y[t-1] + 2 u[t-3]: gain 2 / (1 - 0.5) = 4
  Arx m;
  m.a = Eigen::VectorXd::Constant(1, 0.5);
  m.inputs.push_back({0, 3, Eigen::VectorXd::Constant(1, 2.0)});
  return m;
}

TEST(Arx, AStepIsNothingUntilItsDeadTimeAndThenGoesToTheGain) {
  const Arx m = first_order();
  const Eigen::VectorXd y = m.step(0, 40);
  // A step at time 0: at 1 and 2 samples nothing, at 3 the 2, at 4 it is 0.5 x 2 + 2 = 3.
  EXPECT_EQ(y(0), 0);
  EXPECT_EQ(y(1), 0);
  EXPECT_EQ(y(2), 2);
  EXPECT_EQ(y(3), 3);
  EXPECT_NEAR(y(39), 4, 1e-9);
  EXPECT_EQ(m.gain(0), 4);
}

TEST(Arx, AnIntegratingOutputRisesByItsGainEachPeriod) {
  Arx m = first_order();
  m.integrating = true;
  const Eigen::VectorXd y = m.step(0, 60);
  EXPECT_NEAR(y(59) - y(58), 4, 1e-9);
}

TEST(Arx, ItsPolesAreTheRootsOfItsRecursion) {  // (q - 0.9)(q - 0.5) = q^2 - 1.4 q + 0.45
  Arx m;
  m.a.resize(2);
  m.a << 1.4, -0.45;
  EXPECT_NEAR(m.largest_pole(), 0.9, 1e-12);
}

TEST(Arx, ParametersGoOutAndInInOneOrder) {
  Arx m = first_order();
  const Eigen::VectorXd p = m.parameters();
  ASSERT_EQ(p.size(), 2);
  EXPECT_EQ(p(0), 0.5);
  EXPECT_EQ(p(1), 2);
  m.set_parameters(2 * p);
  EXPECT_EQ(m.inputs[0].b(0), 4);
}

}  // namespace
}  // namespace saggar::identify
