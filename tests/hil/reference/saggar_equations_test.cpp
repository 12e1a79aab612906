// The second writing of the bed against what must hold of it, so that it can serve as a reference.
#include "tests/hil/reference/saggar_equations.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/reference/cvode.hpp"
#include "tests/hil/reference/recipe_firing.hpp"

namespace saggar::reference {
namespace {

using State = SaggarEquations::State;

TEST(SaggarEquations, AColdDrySaggarInAColdMuffleStaysAsItIs) {
  auto firing = p2_firing();
  firing.charge.moisture_fraction = 0;
  firing.profile.points = {{0, 25}, {10, 25}};
  firing.muffle.gas.steam = 0.02;  // above the 0.44 kPa of LiOH.H2O at 25 degC: facts 2.3
  SaggarEquations equations(firing.figures, firing.charge, firing.profile, firing.muffle);
  const auto y = equations.start();
  std::vector<double> rate(y.size());
  equations(0, y.data(), rate.data());
  EXPECT_NEAR(equations.temperature_K(y.data(), 3), 298.15, 1e-9);
  EXPECT_NEAR(rate[equations.at(3, State::kEnthalpy)], 0.0, 1e-6);
  EXPECT_EQ(rate[equations.at(3, State::kCore)], 0.0);
}

// Hand calculation: 5 kg with 0.5 % moisture is 4.975 kg of dry mix, 4.975 / (0.092356 + 1.03 x
// 0.041962) = 36.69 mol of M, so 36.69 x 0.09728 kg of LiMO2 and 36.69 x 0.03 x 0.023947 kg LiOH.
TEST(SaggarEquations, HeatReachesTheCoreOnlyThroughTheBed) {
  auto firing = p2_firing();
  firing.profile.points = {{0, 200}, {10, 200}};
  SaggarEquations equations(firing.figures, firing.charge, firing.profile, firing.muffle);
  Cvode solver(std::ref(equations), equations.start(), 1e-6, equations.tolerance(1e-6));
  solver.to(600);
  const double top = equations.temperature_K(solver.y(), 0);
  const double core = equations.temperature_K(solver.y(), 8);
  EXPECT_GT(top, core + 10);
  EXPECT_LT(core, 330);
  EXPECT_GT(equations.base_K(solver.y()), core + 10);
}

}  // namespace
}  // namespace saggar::reference
