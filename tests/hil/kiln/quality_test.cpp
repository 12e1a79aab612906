#include "hil/kiln/quality.hpp"

#include <gtest/gtest.h>

#include "hil/kiln/single_saggar.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

SaggarReport after(double hours, double mix_kg, double oxygen = 0.93) {
  const PlantParams params = small_params();
  MuffleFigures muffle;
  muffle.gas = {0.005, oxygen, 0.0};
  SingleSaggar saggar(BedFigures::from(params, 1), {mix_kg, 0.0, 1.03, 298.15}, reference_profile(),
                      muffle);
  saggar.run(hours);
  return report_of(saggar.beds(), 0, 0, quality_map(params.powder), specification(params.powder));
}

TEST(Quality, AFiringAsTheRecipeMeansItIsInSpecification) {
  const SaggarReport r = after(21, 5.0);
  EXPECT_EQ(text_of(r.defects), "in specification");
  EXPECT_GT(r.least_conversion, 0.99);
  EXPECT_NEAR(r.mean.mixing, 0.022, 0.004);  // typical 2 % (facts 2.5)
  EXPECT_NEAR(r.mean.size_nm, 242, 15);      // 240-244 nm (facts 2.6)
  EXPECT_GT(r.least_soaked_h, 7.0);
  EXPECT_NEAR(r.product_kg / 5.0, 0.7228, 0.004) << "product per kg mix (facts 2.2, Li/M 1.03)";
}

TEST(Quality, AFiringCutShortSaysAllThatIsWrongWithIt) {
  const SaggarReport r = after(6.5, 5.0);
  for (const auto defect :
       {material::Defect::wet_core, material::Defect::unconverted, material::Defect::mixed,
        material::Defect::too_cold, material::Defect::too_small}) {
    EXPECT_TRUE(material::has(r.defects, defect)) << name(defect);
  }
  EXPECT_NE(text_of(r.defects).find("core not dry"), std::string::npos) << text_of(r.defects);
}

// Facts 2.5: zeq 2.3 % in oxygen and 3.5 % with 21 % of it at 770 degC.
TEST(Quality, ThinOxygenMixesNickelIntoTheLithiumSites) {
  const SaggarReport thin = after(21, 5.0, 0.21), rich = after(21, 5.0, 0.93);
  EXPECT_GT(thin.mean.mixing, rich.mean.mixing + 0.008);
  EXPECT_LT(thin.laboratory.intensity_ratio, rich.laboratory.intensity_ratio);
}

TEST(Exits, KeepTheLastReportsAndCountAll) {
  Exits exits;
  for (std::uint64_t i = 0; i < Exits::kKept + 5; ++i) {
    SaggarReport r;
    r.column = i;
    exits.add(r);
  }
  EXPECT_EQ(exits.count(), Exits::kKept + 5);
  EXPECT_EQ(exits[Exits::kKept + 4].column, Exits::kKept + 4);
  EXPECT_EQ(exits[5].column, 5U);
}

TEST(Kiln, WhatLeavesIsReportedWithItsQuality) {
  const auto kiln = small_kiln();
  kiln->advance(3600);
  const Exits& exits = kiln->load().exits();
  ASSERT_GT(exits.count(), 4U);
  const SaggarReport &first = exits[0], &last = exits[exits.count() - 1];
  EXPECT_GT(last.column, first.column);
  EXPECT_GT(last.time_s, 0.0);
  EXPECT_NE(last.defects, 0) << "five short zones do not make a cathode";
}

}  // namespace
}  // namespace saggar::kiln
