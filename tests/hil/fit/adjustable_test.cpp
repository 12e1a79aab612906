#include "hil/fit/adjustable.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {
namespace {

using ::testing::HasSubstr;

TEST(Adjustable, BoundsAreThreeUncertainties) {
  const auto made = Adjustable::of(kiln::small_params(), {"powder.porosity"});
  ASSERT_TRUE(made.ok());
  EXPECT_NEAR(made.value().value(made.value().high()), 0.67 + 3 * 0.05, 1e-12);
}

TEST(Adjustable, AnEnergyKeepsTheRateAtItsAnchor) {
  auto plant = kiln::small_params();
  const double anchor_K = 270 + 273.15;
  const double before = plant.powder.hydroxide.law().rate(anchor_K);
  Adjustable::of(plant, {"hydroxide.energy_J_per_mol"}).value().apply(plant, 2.0);
  EXPECT_NEAR(plant.powder.hydroxide.energy_J_per_mol.value, 134e3 + 2 * 6e3, 1e-6);
  EXPECT_NEAR(plant.powder.hydroxide.law().rate(anchor_K) / before, 1.0, 1e-12);
}

TEST(Adjustable, OnlyTheFactorOfARateMovesWithItsEnergy) {
  EXPECT_EQ(factor_beside("hydroxide.energy_J_per_mol"), "hydroxide.factor_per_s");
  EXPECT_EQ(factor_beside("synthesis.mixing_energy_J_per_mol"), "");
  EXPECT_EQ(factor_beside("powder.porosity"), "");
}

// 5 +- 4 exchanges per minute, not below 0.
TEST(Adjustable, AFactorKnowsItsEnergyAndTheEnergyItsFactor) {
  EXPECT_EQ(energy_beside("hydroxide.factor_per_s"), "hydroxide.energy_J_per_mol");
  EXPECT_EQ(energy_beside("bed.conductivity_factor"), "");
  EXPECT_EQ(energy_beside("hydroxide.energy_J_per_mol"), "");
}

TEST(Adjustable, BoundsStayWithinWhatTheFileMayHold) {
  const auto made = Adjustable::of(kiln::small_params(), {"bed.head_exchange_per_min"});
  ASSERT_TRUE(made.ok());
  EXPECT_NEAR(made.value().value(made.value().low()), 0.0, 1e-12);
  EXPECT_NEAR(made.value().value(made.value().high()), 17.0, 1e-12);
}

TEST(Adjustable, SaysWhatIsWrongWithAFigureAndWhatWouldBeRight) {
  const auto said = [](const Parameter& parameter) {
    const auto made = Adjustable::of(kiln::small_params(), parameter);
    return made.ok() ? "no complaint" : made.error().text();
  };
  EXPECT_THAT(said({"powder.colour"}), HasSubstr("is no figure"));
  EXPECT_THAT(said({"powder.porosity", 0.8, 0.9}), HasSubstr("leave out its value, 0.67"));
  EXPECT_THAT(said({"powder.porosity", 0.5, 1.2}), HasSubstr("bounds within 0.2..0.95"));
  EXPECT_THAT(said({"saggar.base_thickness_m"}),
              HasSubstr("saggar.base_thickness_m=0.006..0.024 would be right"));
}

}  // namespace
}  // namespace saggar::fit
