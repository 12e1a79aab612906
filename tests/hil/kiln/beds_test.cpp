#include "hil/kiln/beds.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

BedFigures figures() { return BedFigures::from(small_params(), 1); }

/// Steps of 5 s with constant heat from above and below.
void heat(Beds& beds, int steps) {
  for (int i = 0; i < steps; ++i) {
    beds.heat_top_J[0] = 150.0;
    beds.heat_base_J[0] = 150.0;
    beds.step(5);
  }
}

TEST(Beds, AChargeHoldsTheMolesOfItsMix) {
  Beds beds(figures(), 4);
  beds.push({5.0, 0.0, 1.03, 298.15});
  // 36.9 mol of M (hand: 5 kg / (0.092356 + 1.03 * 0.041962) kg/mol); water: 1 in M(OH)2 and 1.5 in
  // each LiOH.H2O.
  const Matter held = beds.content(0);
  EXPECT_NEAR(held.metal, 36.87, 0.02);
  EXPECT_NEAR(held.lithium, 36.87 * 1.03, 0.02);
  EXPECT_NEAR(held.water, 36.87 * (1.0 + 1.5 * 1.03), 0.05);
  EXPECT_EQ(held.oxygen, 0.0);
  EXPECT_EQ(held.carbon_dioxide, 0.0);
  EXPECT_NEAR(beds.solid_kg(0), 5.0, 1e-12);
  EXPECT_NEAR(beds.enthalpy_J(0), 0.0, 1e-9);  // at the reference temperature
  EXPECT_NEAR(beds.dryness(0), 0.0, 1e-12);
  EXPECT_NEAR(beds.depth_m[0] * 16, 0.0654, 0.0002);  // 5 kg / 850 kg/m3 / 0.09 m2
}

// Li2CO3 brings carbon dioxide and no water: 5 kg / (0.092004 + 1.03 * 0.036944) = 38.45 mol M.
TEST(Beds, ACarbonateMixHoldsItsCarbonDioxide) {
  auto params = small_params();
  params.powder = load_or_throw<MaterialFigures>("material/ncm622-carbonate.toml");
  Beds beds(BedFigures::from(params, 1), 4);
  beds.push({5.0, 0.0, 1.03, 298.15});
  const Matter held = beds.content(0);
  EXPECT_NEAR(held.metal, 38.45, 0.02);
  EXPECT_NEAR(held.carbon_dioxide, 0.5 * 1.03 * 38.45, 0.02);
  EXPECT_NEAR(held.water, 38.45, 0.02);
  EXPECT_NEAR(beds.solid_kg(0), 5.0, 1e-12);
}

TEST(Beds, CopyAColumnWithAllItsState) {
  Beds beds(figures(), 4);
  beds.push({5.0, 0.01, 1.03, 298.15});
  heat(beds, 800);
  Beds copy(figures(), 4);
  copy.set_count(2);
  copy.copy_column(1, beds, 0);
  EXPECT_EQ(copy.enthalpy_J(1), beds.enthalpy_J(0));
  EXPECT_EQ(copy.content(1).water, beds.content(0).water);
  EXPECT_EQ(copy.core_K(1), beds.core_K(0));
}

TEST(Beds, NewColumnsComeFirstAndOldOnesLeaveLast) {
  Beds beds(figures(), 3);
  beds.push({5.0, 0.0, 1.03, 300});
  beds.push({5.0, 0.0, 1.03, 400});
  beds.push({5.0, 0.0, 1.03, 500});
  beds.push({5.0, 0.0, 1.03, 600});  // the kiln is full: nothing happens
  EXPECT_EQ(beds.count(), 3U);
  EXPECT_NEAR(beds.core_K(0), 500, 1e-9);
  EXPECT_NEAR(beds.core_K(2), 300, 1e-9);
  beds.pop();
  EXPECT_EQ(beds.count(), 2U);
  EXPECT_NEAR(beds.core_K(1), 400, 1e-9);
}

// Found by a year of operation: during a gap the place of a column that had left was heated on and
// on, until it was no number any more.
TEST(Beds, ThePlaceOfAColumnThatHasLeftComesToRest) {
  Beds beds(figures(), 4);
  beds.push({5.0, 0.0, 1.03, 298.15});
  beds.push({5.0, 0.0, 1.03, 298.15});
  beds.heat_base_J[1] = beds.heat_wall_J[1] = -50.0;  // as in the cooling section
  beds.step(5);
  beds.pop();
  for (int i = 0; i < 20'000; ++i) beds.step(5);
  const double warmest = 298.16, coldest = 280.0;  // LiOH.H2O dries a little in dry air
  for (std::size_t r = 0; r < beds.rows(); ++r) {
    const double left_K = beds.row(beds.temperature_K, r)[1];
    EXPECT_TRUE(left_K > coldest && left_K < warmest) << left_K;
  }
  EXPECT_GT(beds.wall_K[1], coldest);
}

TEST(Beds, ContinueBitForBitFromASnapshot) {
  Beds straight(figures(), 4);
  straight.push({5.0, 0.01, 1.03, 298.15});
  heat(straight, 1000);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  straight.serialize(save);
  Beds restored(figures(), 4);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  restored.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  heat(straight, 500);
  heat(restored, 500);
  EXPECT_EQ(straight.enthalpy_J(0), restored.enthalpy_J(0));
  EXPECT_EQ(straight.core_K(0), restored.core_K(0));
  EXPECT_EQ(straight.content(0).water, restored.content(0).water);
}

}  // namespace
}  // namespace saggar::kiln
