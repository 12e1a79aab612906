// Check values: facts on kinetics and equilibria (sections 2.1 to 2.5), each computed there from
// the published pair by an independent integration.
#include "hil/material/drying.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace saggar::material {
namespace {

HydrateReaction hydrate() {
  return {{6.46e9, 85710.0}, {61250.0, 160.4}, 61300.0};  // LIOH2009
}
HydroxideReaction hydroxide() { return {{1.27e10, 134000.0}, 20e3, 0.5, 48200.0}; }  // CARNEY2015

TEST(Hydrate, EquilibriumPressureMatchesItsCheckValues) {
  const VapourPressure p = hydrate().equilibrium;
  const std::pair<double, double> checks[] = {
      {25, 0.44e3}, {50, 3.0e3}, {70, 11.3e3}, {90, 37e3}, {100, 64e3}};
  for (const auto& [degC, Pa] : checks) {
    EXPECT_NEAR(p.pressure_Pa(degC + kZeroCelsius_K), Pa, 0.03 * Pa) << degC;
  }
}

TEST(Hydrate, PlateauTemperatureInvertsThePressure) {
  const VapourPressure p = hydrate().equilibrium;
  EXPECT_NEAR(p.temperature_K(1e5) - kZeroCelsius_K, 108.7, 0.1);
  EXPECT_NEAR(p.temperature_K(3e3) - kZeroCelsius_K, 50, 0.5);
  EXPECT_NEAR(p.temperature_K(30e3) - kZeroCelsius_K, 86, 1);
  EXPECT_NEAR(p.temperature_K(80e3) - kZeroCelsius_K, 104, 1);
}

TEST(Hydrate, DoesNotReactBelowItsEquilibrium) {
  EXPECT_EQ(hydrate().core_rate(100 + kZeroCelsius_K, 70e3), 0.0);
  EXPECT_GT(hydrate().core_rate(100 + kZeroCelsius_K, 60e3), 0.0);
}

TEST(Hydrate, FirstOrderHalfLivesMatchThePublishedPair) {
  const Arrhenius k = hydrate().k;
  const std::pair<double, double> checks[] = {{50, 128}, {60, 49}, {80, 8.5}, {100, 1.8}};
  for (const auto& [degC, minutes] : checks) {
    const double half = std::log(2.0) / k.rate(degC + kZeroCelsius_K) / 60.0;
    EXPECT_NEAR(half, minutes, 0.04 * minutes) << degC;
  }
}

/// Temperature in degC at which -d(remaining)/dt is largest at a constant heating rate.
template <class Step>
double peak_degC(double start_degC, double K_per_min, Step step) {
  const double dt = 0.02 / K_per_min * 60.0;  // 0.02 K per step
  double best = 0, at = start_degC;
  for (double t = start_degC; t < start_degC + 450; t += 0.02) {
    const double rate = step(t + kZeroCelsius_K, dt);
    if (rate > best) {
      best = rate;
      at = t;
    }
  }
  return at;
}

TEST(Hydrate, DerivativePeaksLieWhereThePublishedPairPutsThem) {
  const std::pair<double, double> checks[] = {{1, 80}, {2, 88}, {5, 100}, {10, 108}, {20, 118}};
  for (const auto& [rate, degC] : checks) {
    double y = 1.0;
    const double peak = peak_degC(20, rate, [&](double T, double dt) {
      const double before = y * y * y;
      y = std::max(0.0, y - dt * hydrate().core_rate(T, 0.0));
      return before - y * y * y;
    });
    EXPECT_NEAR(peak, degC, 1.5) << rate << " K/min";
  }
}

TEST(Hydroxide, HalfLivesMatchThePublishedPair) {
  const std::pair<double, double> checks[] = {{200, 565},  {220, 142}, {240, 40}, {250, 21.8},
                                              {260, 12.2}, {280, 4.1}, {300, 1.5}};
  for (const auto& [degC, minutes] : checks) {
    const double half = std::log(2.0) / hydroxide().rate(degC + kZeroCelsius_K, 0.0) / 60.0;
    EXPECT_NEAR(half, minutes, 0.04 * minutes) << degC;
  }
}

TEST(Hydroxide, DerivativePeaksLieWhereThePublishedPairPutsThem) {
  const std::pair<double, double> checks[] = {{1, 260}, {2, 272}, {5, 288}, {10, 301}, {20, 314}};
  for (const auto& [rate, degC] : checks) {
    double left = 1.0;
    const double peak = peak_degC(150, rate, [&](double T, double dt) {
      const double before = left;
      left *= std::exp(-dt * hydroxide().rate(T, 0.0));
      return before - left;
    });
    EXPECT_NEAR(peak, degC, 1.5) << rate << " K/min";
  }
}

TEST(Hydroxide, SteamRetardsIt) {
  // 1 / (1 + sqrt(80/20)) = 1/3.
  EXPECT_NEAR(hydroxide().retardation(80e3), 1.0 / 3.0, 1e-12);
  EXPECT_EQ(hydroxide().retardation(0.0), 1.0);
  EXPECT_LT(hydroxide().rate(550, 100e3), hydroxide().rate(550, 1e3));
}

TEST(Moisture, EvaporatesOnlyAboveTheDewPoint) {
  // Clausius-Clapeyron through 1e5 Pa at 99.6 degC with 44.0 kJ/mol: dS = 44000 / 372.75 = 118.04.
  const Evaporation e{1e-3, {44000.0, 118.04}, 44000.0};
  EXPECT_NEAR(e.saturation.temperature_K(1e5) - kZeroCelsius_K, 99.6, 0.1);
  EXPECT_EQ(e.rate(350.0, 1e5), 0.0);
  EXPECT_GT(e.rate(380.0, 1e5), 0.0);
  EXPECT_NEAR(e.rate(300.0, 0.0), 1e-3, 1e-15);
}

TEST(Mix, CompositionMatchesTheMassFractions) {
  // Li/M 1.03: 68.1 % M(OH)2 and 31.9 % LiOH.H2O by mass.
  const Mix mix;
  const double n = mix.hydroxide_mol_per_kg(1.03);
  EXPECT_NEAR(n * mix.hydroxide_kg_per_mol, 0.681, 0.001);
  EXPECT_NEAR(n * 1.03 * mix.lithium_kg_per_mol, 0.319, 0.001);
  // 5 kg hold 36.9 mol of M.
  EXPECT_NEAR(5.0 * n, 36.9, 0.05);
}

TEST(Mix, HeatsOfReactionMatchTheMassBasedFigures) {
  // 1460 kJ per kg of LiOH.H2O and 520 kJ per kg of M(OH)2.
  const Mix mix;
  EXPECT_NEAR(hydrate().heat_J_per_mol / mix.lithium_kg_per_mol, 1460e3, 10e3);
  EXPECT_NEAR(hydroxide().heat_J_per_mol / mix.hydroxide_kg_per_mol, 520e3, 5e3);
}

}  // namespace
}  // namespace saggar::material
