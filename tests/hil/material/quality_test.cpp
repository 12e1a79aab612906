// Hand calculations of the maps of facts, section 3.4, and the specification of 3.3.
#include "hil/material/quality.hpp"

#include <gtest/gtest.h>

namespace saggar::material {
namespace {

// Row V8: Li0.98Ni1.02O2 has z = 0.02 and 1.43, Li0.85Ni1.15O2 has z = 0.15 and 1.20.
TEST(QualityMap, IntensityRatioIsTheLineThroughTheTwoMeasuredPoints) {
  const QualityMap map;
  EXPECT_NEAR(map({1, 0.02, 250, 1, 0, 0}).intensity_ratio, 1.43, 0.003);
  EXPECT_NEAR(map({1, 0.15, 250, 1, 0, 0}).intensity_ratio, 1.20, 0.003);
}

// 0.0418 mol Li per mol as LiOH is 10 296 ppm (row V17): 1e6 * 0.023947 / 0.09728 * 0.0418 = 10
// 290.
TEST(QualityMap, ResidualLithiumBecomesTheTitratedMass) {
  QualityMap map;
  map.surface_lithium = 0;
  const Laboratory hydroxide = map({1, 0, 250, 1.0418, 0, 0});
  EXPECT_NEAR(hydroxide.hydroxide_ppm, 10290, 5);
  EXPECT_EQ(hydroxide.carbonate_ppm, 0.0);
  // All of it as carbonate: 1e6 * 0.036944 / 0.09728 * 0.0418 = 15 874 ppm.
  const Laboratory carbonate = map({1, 0, 250, 1.0418, 1, 0});
  EXPECT_EQ(carbonate.hydroxide_ppm, 0.0);
  EXPECT_NEAR(carbonate.carbonate_ppm, 15874, 5);
}

// About -8 mAh/g for two more points of mixing: 203 * 2 * 0.02 = 8.1.
TEST(QualityMap, CapacityFallsByEightForTwoPointsOfMixing) {
  const QualityMap map;
  EXPECT_NEAR(map({1, 0.02, 250, 1, 0, 0}).capacity_mAh_per_g, 203.0, 1e-9);
  EXPECT_NEAR(map({1, 0.04, 250, 1, 0, 0}).capacity_mAh_per_g, 203.0 - 8.12, 1e-9);
  EXPECT_NEAR(map({0.9, 0.02, 250, 1, 0, 0}).capacity_mAh_per_g, 203.0 * 0.9, 1e-9);
  EXPECT_EQ(map({0.1, 0.9, 250, 1, 0, 0}).capacity_mAh_per_g, 0.0) << "never negative";
}

TEST(Specification, NamesEveryReasonForWhichPowderIsOut) {
  const QualityMap map;
  const Specification spec;
  const Fired good{0.999, 0.022, 250, 1.0, 0.005, 0};
  EXPECT_EQ(spec.judge(good, map(good), 0, 772, 768), 0);
  EXPECT_TRUE(has(spec.judge(good, map(good), 0.01, 772, 768), Defect::wet_core));
  EXPECT_TRUE(has(spec.judge(good, map(good), 0, 776, 768), Defect::too_hot));
  EXPECT_TRUE(has(spec.judge(good, map(good), 0, 772, 760), Defect::too_cold));
  const Fired raw{0.6, 0.12, 35, 1.2, 0.2, 0};
  const Defects all = spec.judge(raw, map(raw), 0, 772, 768);
  for (const Defect d : {Defect::unconverted, Defect::mixed, Defect::hydroxide, Defect::carbonate,
                         Defect::capacity, Defect::too_small}) {
    EXPECT_TRUE(has(all, d)) << static_cast<int>(d);
  }
  const Fired coarse{0.999, 0.16, 900, 1.0, 0, 0};
  EXPECT_TRUE(has(spec.judge(coarse, map(coarse), 0, 772, 768), Defect::too_large));
  EXPECT_TRUE(has(spec.judge(coarse, map(coarse), 0, 772, 768), Defect::intensity));
}

}  // namespace
}  // namespace saggar::material
