// The fast bed (5 s steps, split and linearised) against CVODE at a relative tolerance of 1e-8 on
// the same equations, written down a second time: every node, every minute of the whole residence.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/hil/reference/cvode.hpp"
#include "tests/hil/reference/recipe_firing.hpp"
#include "tests/hil/reference/saggar_equations.hpp"

namespace saggar::reference {
namespace {

using State = SaggarEquations::State;

/// The largest difference of one quantity, and where it was.
struct Worst {
  double value = 0, at_h = 0;
  std::size_t node = 0;

  void see(double difference, double hours, std::size_t where) {
    if (std::abs(difference) > std::abs(value)) *this = {difference, hours, where};
  }
  std::string text() const {
    return std::to_string(value) + " at " + std::to_string(at_h) + " h, node " +
           std::to_string(node);
  }
};

struct Differences {
  Worst kelvin, hydrate, hydroxide, conversion, mixing_share, size_share;
};

void compare(SaggarEquations& equations, const double* y, const kiln::Beds& fast, double hours,
             Differences& worst) {
  for (std::size_t i = 0; i < equations.nodes(); ++i) {
    const std::size_t n = i * fast.stride();
    const double* s = y + equations.at(i, State::kEnthalpy);
    const double core = std::max(s[State::kCore], 0.0);
    const auto exact = equations.temperature_K(y, i);
    worst.kelvin.see(fast.temperature_K[n] - exact, hours, i);
    worst.hydrate.see(fast.hydrate_gone(0, 0, i) - (1.0 - core * core * core), hours, i);
    worst.hydroxide.see(fast.hydroxide_gone(0, 0, i) - (1.0 - s[State::kHydroxide]), hours, i);
    worst.conversion.see(fast.conversion[n] - s[State::kConversion], hours, i);
    worst.mixing_share.see(fast.mixing[n] / s[State::kMixing] - 1.0, hours, i);
    worst.size_share.see(std::cbrt(fast.size_nm3[n] / s[State::kCube]) - 1.0, hours, i);
  }
}

Differences fire(const RecipeFiring& firing) {
  constexpr double kRelative = 1e-8;
  SaggarEquations equations(firing.figures, firing.charge, firing.profile, firing.muffle);
  Cvode exact(std::ref(equations), equations.start(), kRelative, equations.tolerance(kRelative));
  kiln::SingleSaggar fast(firing.figures, firing.charge, firing.profile, firing.muffle);
  Differences worst;
  for (double t = 60; t <= firing.hours * 3600.0; t += 60) {
    exact.to(t);
    while (fast.time_s() < t - 1.0) fast.step(5.0);
    compare(equations, exact.y(), fast.beds(), t / 3600.0, worst);
  }
  return worst;
}

void expect_within_bars(const Differences& worst) {
  ::testing::Test::RecordProperty("temperature_K", worst.kelvin.text());
  ::testing::Test::RecordProperty("hydrate", worst.hydrate.text());
  ::testing::Test::RecordProperty("hydroxide", worst.hydroxide.text());
  ::testing::Test::RecordProperty("conversion", worst.conversion.text());
  ::testing::Test::RecordProperty("mixing_share", worst.mixing_share.text());
  ::testing::Test::RecordProperty("size_share", worst.size_share.text());
  EXPECT_LE(std::abs(worst.kelvin.value), 0.2) << worst.kelvin.text();
  EXPECT_LE(std::abs(worst.hydrate.value), 0.002) << worst.hydrate.text();
  EXPECT_LE(std::abs(worst.hydroxide.value), 0.002) << worst.hydroxide.text();
  EXPECT_LE(std::abs(worst.conversion.value), 0.002) << worst.conversion.text();
  EXPECT_LE(std::abs(worst.mixing_share.value), 0.005) << worst.mixing_share.text();
  EXPECT_LE(std::abs(worst.size_share.value), 0.005) << worst.size_share.text();
}

TEST(SingleSaggarReference, P2WithNcm811UnderOxygenIsWithinItsBars) {
  expect_within_bars(fire(p2_firing()));
}

// Here oxygen breaks through a bed that had none, against decomposition in what is too thin: the
// hardest quarter of an hour of all recipes.
TEST(SingleSaggarReference, P1WithNcm622InAirIsWithinItsBars) {
  expect_within_bars(fire(p1_firing()));
}

}  // namespace
}  // namespace saggar::reference
