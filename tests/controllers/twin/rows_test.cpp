#include "controllers/twin/rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace saggar::twin {
namespace {

Places p2() {
  Places p;
  p.zones = 30;
  p.layers = 2;
  p.groups = 1;
  return p;
}

/// One row in a zone that stays as it is.
struct Standing {
  Figures f;
  Rows rows{f, p2(), 8};
  Surroundings around{30};
  Exchange out{30};
  double at_m = 21.0;  // middle of zone 11
  explicit Standing(double degC) {
    for (std::size_t k = 0; k < 30; ++k) {
      around.roof_K[k] = around.floor_K[k] = around.gas_K[k] = degC + 273.15;
      around.steam[k] = 0.1;
      around.oxygen[k] = 0.85;
    }
    rows.push(0, 5.0);
  }
  /// @return heat that the row took, J, all of its saggars
  double go(double seconds) {
    double heat = 0;
    for (double t = 0; t < seconds; t += 15) {
      rows.step(15, 1, around, &at_m, 1, out);
      rows.fire(15, around, &at_m, 0, 1);
      const double T = around.roof_K[10];
      heat += 15 * (out.roof_W_per_K[10] * T - out.roof_W[10] + out.floor_W_per_K[10] * T -
                    out.floor_W[10] + out.gas_W_per_K[10] * T - out.gas_W[10]);
    }
    return heat;
  }
};

TEST(TwinRows, CoreStandsAtTheBoilingOfTheHydrateWhileItDries) {
  Standing s(450);
  s.go(2.5 * 3600);
  // LiOH.H2O boils at 108.7 degC in pure steam and at 90 degC in half of it (facts, 2.3).
  EXPECT_GT(s.rows.core_K(0) - 273.15, 85);
  EXPECT_LT(s.rows.core_K(0) - 273.15, 112);
  EXPECT_GT(s.rows.surface_K(0) - 273.15, 350);
  EXPECT_FALSE(s.rows.dry(0, 0.99));
}

TEST(TwinRows, HeatTakenIsThatOfWaterAndOfWarming) {
  Standing s(450);
  const double heat = s.go(24 * 3600);
  EXPECT_TRUE(s.rows.dry(0, 0.99));
  EXPECT_NEAR(s.rows.core_K(0) - 273.15, 450, 3);
  // By hand for one saggar at 450 degC, J: 36.7 mol x (1.03 x 61.3 + 48.2) kJ of water and 1.4 mol
  // of moisture at 61.3 (the twin counts it as hydrate), 4.2 kg ceramic x 0.885 kJ/kgK x 425
  // K, 3.63 kg powder x 0.953 x 425, steam from 25 degC to where it rises, 76 mol x 38 J x about
  // 250 K; and of the lithiation, for what has reacted, 12 kJ and half a mole of steam less a
  // quarter of oxygen.
  const double x = s.rows.conversion(0);
  const double one = 36.7e3 * (1.03 * 61.3 + 48.2) + 1.4e3 * 61.3 + 4.2 * 885 * 425 +
                     3.63 * 953 * 425 + 76 * 38 * 250.0 +
                     36.7 * x * (12e3 + (0.5 * 38 - 0.25 * 32.3) * 425);
  EXPECT_GT(x, 0.5);
  EXPECT_NEAR(heat / 8.0 / one, 1.0, 0.03);
}

TEST(TwinRows, ConductionIsWhatDryingWaitsFor) {
  Standing slow(450), quick(450);
  Factors better;
  better.conduction = 1.2;
  quick.rows.use(better);
  slow.go(5 * 3600);
  quick.go(5 * 3600);
  EXPECT_GT(quick.rows.dryness(0), slow.rows.dryness(0) + 0.03);
}

TEST(TwinRows, SteamThatRisesKeepsTheOxygenOutOfWetPowder) {
  Standing s(450);
  s.go(2.0 * 3600);
  // The deepest node of the lower layer. Half of LiOH.H2O gone in some 4 h is 1.3e-3 mol/s of steam
  // through 0.065 m: N L / (c D A) = 1.3e-3 x 0.065 / (8.6e-4 x 0.09) = 1.1 on top of what it thins
  // in the head-space (1.3e-3 against 5 x 1.8 l/min = 3e-3 mol/s): 0.85 x 0.70 x e^-1.1 = 0.2.
  const std::size_t deep = (2 * s.rows.nodes() - 1) * s.rows.stride();
  EXPECT_LT(s.rows.pore_oxygen[deep], 0.3);
  s.go(72 * 3600);
  // Dry, and hardly any of it still reacts: what the chamber has.
  EXPECT_GT(s.rows.pore_oxygen[deep], 0.8);
}

TEST(TwinRows, PowderThatLacksOxygenIsLithiatedLateAndDoesNotSwing) {
  Standing open(700), shut(700);
  Factors less;
  less.pores = less.breath = 0.3;
  shut.rows.use(less);
  const std::size_t deep = (2 * shut.rows.nodes() - 1) * shut.rows.stride();
  open.go(5 * 3600);
  shut.go(5 * 3600);
  EXPECT_LT(shut.rows.conversion(0), open.rows.conversion(0) - 0.1);
  double swing = 0;
  for (int i = 0; i < 40; ++i) {
    const double before = shut.rows.pore_oxygen[deep];
    shut.rows.step(30, 1, shut.around, &shut.at_m, 1, shut.out);
    shut.rows.fire(30, shut.around, &shut.at_m, 0, 1);
    swing = std::max(swing, std::abs(shut.rows.pore_oxygen[deep] - before));
  }
  EXPECT_LT(swing, 0.02);
}

TEST(TwinRows, PrimaryParticlesGrowAsTheirLawSays) {
  Standing s(770);
  s.go(16 * 3600);
  const double before = std::pow(s.rows.size_nm(0, 0), 3);
  s.go(2 * 3600);
  // R5 at 770 degC: 5.31e22 exp(-402e3 / R T) nm3/s, 7200 s.
  const double grown = 7200 * 5.31e22 * std::exp(-402e3 / (8.314462618 * 1043.15));
  EXPECT_NEAR((std::pow(s.rows.size_nm(0, 0), 3) - before) / grown, 1.0, 0.05);
  // d ln d / dT = Q / (3 R T^2) = 1.48 %/K (facts, 2.5)
  EXPECT_NEAR(s.rows.size_per_K(0), 0.0148, 0.001);
}

TEST(TwinRows, AHotAndWetNodeDoesNotBreakTheStep) {
  Standing s(450);
  s.go(3600);
  s.around.roof_K.assign(30, 1200);
  s.around.floor_K.assign(30, 1200);
  for (double& t : s.rows.temperature_K) t = 900;  // wet powder at 627 degC: no such thing
  s.go(3600);
  EXPECT_TRUE(std::isfinite(s.rows.core_K(0)));
  EXPECT_GT(s.rows.core_K(0), 300);
  EXPECT_LT(s.rows.core_K(0), 1300);
}

}  // namespace
}  // namespace saggar::twin
