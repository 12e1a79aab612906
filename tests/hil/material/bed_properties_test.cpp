// Expected values: facts on the bed (section 1.5), computed there by an independent prototype.
#include "hil/material/bed_properties.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::material {
namespace {

TEST(BedConductivity, MatchesTheTableForLoosePowderInOxygen) {
  const PackedBed bed;  // porosity 0.67, solid 2 W/mK
  EXPECT_NEAR(bed_conductivity(bed, 300), 0.087, 0.003);
  EXPECT_NEAR(bed_conductivity(bed, 500), 0.118, 0.003);
  EXPECT_NEAR(bed_conductivity(bed, 700), 0.148, 0.003);
  EXPECT_NEAR(bed_conductivity(bed, 1050), 0.195, 0.005);
}

TEST(BedConductivity, MatchesTheTableForADenserBed) {
  PackedBed bed;
  bed.porosity = 0.60;
  bed.solid_W_per_mK = 4.0;
  EXPECT_NEAR(bed_conductivity(bed, 300), 0.128, 0.004);
  EXPECT_NEAR(bed_conductivity(bed, 500), 0.175, 0.004);
  EXPECT_NEAR(bed_conductivity(bed, 700), 0.218, 0.004);
  EXPECT_NEAR(bed_conductivity(bed, 1050), 0.286, 0.006);
}

TEST(BedConductivity, LiesBetweenGasAndSolid) {
  const PackedBed bed;
  for (double t = 300; t < 1300; t += 50) {
    EXPECT_GT(bed_conductivity(bed, t), 0.0267 * std::pow(t / 300, 0.8));
    EXPECT_LT(bed_conductivity(bed, t), 2.0);
  }
}

TEST(ConductivityFit, FollowsTheFormulaWithinItsStatedError) {
  for (const double exponent : {0.5, 0.8, 1.2}) {
    PackedBed bed;
    bed.gas_exponent = exponent;
    bed.factor = 1.3;
    const ConductivityFit fit = fit_conductivity(bed);
    for (double t = 300; t <= 1300; t += 5) {
      const double exact = bed_conductivity(bed, t);
      EXPECT_NEAR(fit(t), exact, 0.002 * exact) << "at " << t << " K, exponent " << exponent;
    }
  }
}

TEST(HeatCapacity, EnthalpyIsTheIntegralOfCp) {
  const HeatCapacity c;  // 900 + 0.25 (T - 300)
  // Hand calculation: 298.15 -> 798.15 K at a mean cp of 900 + 0.25 * 248.15 = 962.0375 J/kgK.
  EXPECT_NEAR(c.enthalpy(798.15), 500.0 * 962.0375, 1e-6);
  EXPECT_EQ(c.enthalpy(kReference_K), 0.0);
}

TEST(HeatCapacity, TemperatureInvertsEnthalpy) {
  const HeatCapacity c;
  const HeatCapacity flat{1000.0, 0.0};
  for (double t = 250; t < 1400; t += 13) {
    EXPECT_NEAR(c.temperature(c.enthalpy(t)), t, 1e-9);
    EXPECT_NEAR(flat.temperature(flat.enthalpy(t)), t, 1e-9);
  }
}

}  // namespace
}  // namespace saggar::material
