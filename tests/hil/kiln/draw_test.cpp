#include "hil/kiln/draw.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

TEST(DrawPlant, EveryFigureWithAnUncertaintyMovesWithinItAndNoOther) {
  const PlantParams nominal = plant_or_throw("kiln/p2.plant.toml");
  double sum2 = 0;
  constexpr int kPlants = 400;
  for (int seed = 1; seed <= kPlants; ++seed) {
    const PlantParams drawn = draw_plant(nominal, static_cast<std::uint64_t>(seed));
    const double moved = drawn.saggar.mass_kg.value - nominal.saggar.mass_kg.value;
    EXPECT_LE(std::abs(moved), nominal.saggar.mass_kg.uncertainty);
    sum2 += moved * moved / kPlants;
    EXPECT_EQ(drawn.saggar.length_m.value, nominal.saggar.length_m.value);
    EXPECT_EQ(drawn.bed.nodes, nominal.bed.nodes);
  }
  // Half the width is one standard deviation, a little less for what is cut off.
  EXPECT_NEAR(std::sqrt(sum2) / nominal.saggar.mass_kg.uncertainty, 0.48, 0.06);
}

TEST(DrawPlant, IsTheSameForTheSameSeedAndAnotherForAnother) {
  const PlantParams nominal = plant_or_throw("kiln/p2.plant.toml");
  EXPECT_EQ(text_of(draw_plant(nominal, 7)), text_of(draw_plant(nominal, 7)));
  EXPECT_NE(text_of(draw_plant(nominal, 7)), text_of(draw_plant(nominal, 8)));
  EXPECT_NE(text_of(draw_plant(nominal, 7)), text_of(nominal));
}

// The rate at 270 degC, where R2 is known, moves by the uncertainty of A alone, however far E does.
TEST(DrawPlant, ARateIsHeldWhereItIsKnown) {
  const PlantParams nominal = plant_or_throw("kiln/p2.plant.toml");
  const RateFigures& r2 = nominal.powder.hydroxide;
  const double anchor = r2.anchor_degC.value + material::kZeroCelsius_K;
  const double most = r2.factor_per_s.uncertainty / r2.factor_per_s.value;
  double spread_elsewhere = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RateFigures drawn = draw_plant(nominal, seed).powder.hydroxide;
    EXPECT_LE(std::abs(drawn.law().rate(anchor) / r2.law().rate(anchor) - 1.0), most + 1e-9);
    const double cold = drawn.law().rate(473.15) / r2.law().rate(473.15);
    spread_elsewhere = std::max(spread_elsewhere, std::abs(std::log(cold)));
  }
  EXPECT_GT(spread_elsewhere, std::log(1.0 + most)) << "E moves the rate elsewhere";
}

TEST(DrawPlant, ADrawnPlantRunsAndDiffersInWhatNobodySees) {
  auto drawn = draw_plant(small_params(), 3);
  const auto own = Kiln::make(small_config(), drawn, small_recipe(), 3);
  const auto nominal = Kiln::make(small_config(), small_params(), small_recipe(), 3);
  ASSERT_TRUE(own.ok() && nominal.ok());
  for (Kiln* k : {own.value().get(), nominal.value().get()}) k->advance(1800);
  EXPECT_NE(own.value()->power_kW(), nominal.value()->power_kW());
  EXPECT_NEAR(own.value()->energy_balance().relative(), 0.0, 1e-10);
}

}  // namespace
}  // namespace saggar::kiln
