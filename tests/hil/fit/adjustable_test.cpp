#include "hil/fit/adjustable.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::fit {
namespace {

TEST(Adjustable, FindsFiguresOfMaterialAndPlant) {
  auto plant = kiln::small_params();
  EXPECT_EQ(find_figure(plant, "powder.porosity"), &plant.powder.powder.porosity);
  EXPECT_EQ(find_figure(plant, "bed.conductivity_factor"), &plant.bed.conductivity_factor);
  EXPECT_EQ(find_figure(plant, "powder.colour"), nullptr);
}

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

TEST(Adjustable, SaysWhatIsWrongWithAKey) {
  EXPECT_FALSE(Adjustable::of(kiln::small_params(), {"powder.colour"}).ok());
  EXPECT_FALSE(Adjustable::of(kiln::small_params(), {"powder.porosity", 0.8, 0.9}).ok());
}

}  // namespace
}  // namespace saggar::fit
