#include "hil/kiln/load.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

class LoadTest : public ::testing::Test {
 protected:
  LoadTest()
      : params(small_params()),
        layout(Layout::from(small_config())),
        load(layout, params, 1),
        around(5),
        coupling(5) {
    for (std::size_t k = 0; k < 5; ++k) {
      const double t = 500.0 + 80.0 * static_cast<double>(k);
      around.roof_K[k] = t + 20.0;
      around.floor_K[k] = t;
      around.gas_K[k] = t - 30.0;
    }
  }
  PlantParams params;
  Layout layout;
  Load load;
  Surroundings around;
  Coupling coupling;
  Ledger ledger;
};

TEST_F(LoadTest, FeedsAColumnPerPitchAndMovesThemAtTheSpeedOfTheirGroup) {
  const std::vector<double> speed = {0.01, 0.02};  // m/s
  for (int s = 0; s < 340; ++s) load.move(1.0, speed, true, ledger);
  // 3.4 m at a pitch of 0.34 m, and the column that has just entered.
  EXPECT_NEAR(static_cast<double>(load.beds().count()), 10.5, 1.0);
  const auto& at = load.position_m();
  EXPECT_NEAR(at[0] - at[1], -0.34, 1e-9);
  for (int s = 0; s < 400; ++s) load.move(1.0, speed, true, ledger);
  const std::size_t last = load.beds().count() - 1;
  EXPECT_GT(at[last] - at[last - 1], 0.6);  // the second group runs twice as fast
}

// 3.0 m/h at a pitch of 0.34 m is 8.8235 columns an hour, 2 rows of 2 layers each. 20000 columns
// are counted, so that the one at the entry is 0.005 %.
TEST_F(LoadTest, SaggarsPerHourAreSpeedOverPitchWhateverTheStep) {
  const double speed = 3.0 / 3600;
  ASSERT_EQ(layout.pitch_m, 0.34);
  for (const double dt_s : {5.0, 7.0}) {
    Load fed(layout, params, 1);
    const auto steps = static_cast<int>(20000 * 0.34 / speed / dt_s);
    for (int s = 0; s < steps; ++s) fed.move(dt_s, {speed, speed}, true, ledger);
    const double hours = steps * dt_s / 3600;
    EXPECT_NEAR(static_cast<double>(fed.fed()) / hours / (3.0 / 0.34), 1.0, 1e-4) << dt_s << " s";
    for (std::size_t j = 0; j + 1 < fed.beds().count(); ++j) {
      EXPECT_NEAR(fed.position_m()[j + 1] - fed.position_m()[j], 0.34, 1e-9);
    }
  }
}

TEST_F(LoadTest, AStepOfSeveralPitchesFeedsSeveralColumns) {
  load.move(1.0, {1.0, 1.0}, true, ledger);  // the first
  load.move(1.0, {1.0, 1.0}, true, ledger);  // -0.16 + 1 = 0.84, then 0.50, 0.16; -0.18 is not due
  ASSERT_EQ(load.beds().count(), 3U);
  EXPECT_NEAR(load.position_m()[0], -0.16 + 1.0 - 2 * 0.34, 1e-9);
}

// A gap of any length: the row behind it starts at the entry, not a pitch behind the one before it.
TEST_F(LoadTest, AfterAGapTheNextColumnStandsAtTheEntry) {
  for (int s = 0; s < 100; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  for (int s = 0; s < 60; ++s) load.move(1.0, {0.01, 0.01}, false, ledger);
  load.move(1.0, {0.01, 0.01}, true, ledger);
  EXPECT_NEAR(load.position_m()[0], -0.16, 1e-9);
  EXPECT_GT(load.position_m()[1] - load.position_m()[0], 0.34 + 0.2);
}

TEST_F(LoadTest, ColumnsPushButNeverOverlap) {
  for (int s = 0; s < 3000; ++s) load.move(1.0, {0.01, 0.001}, true, ledger);
  for (std::size_t j = 0; j + 1 < load.beds().count(); ++j) {
    EXPECT_GE(load.position_m()[j + 1] - load.position_m()[j], 0.32 - 1e-9);
  }
}

TEST_F(LoadTest, AFeedGapLeavesAHoleThatTravels) {
  for (int s = 0; s < 300; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  EXPECT_TRUE(load.present());
  for (int s = 0; s < 200; ++s) load.move(1.0, {0.01, 0.01}, false, ledger);
  EXPECT_FALSE(load.present());
  for (int s = 0; s < 300; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  double widest = 0;
  for (std::size_t j = 0; j + 1 < load.beds().count(); ++j) {
    widest = std::max(widest, load.position_m()[j + 1] - load.position_m()[j]);
  }
  EXPECT_NEAR(widest, 2.2, 0.25);
}

TEST_F(LoadTest, TheZonesGiveExactlyWhatTheColumnsReceive) {
  for (int s = 0; s < 800; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  load.couple(around, coupling);
  double given = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    given += coupling.roof.W_per_K[k] * around.roof_K[k] - coupling.roof.W[k];
    given += coupling.floor.W_per_K[k] * around.floor_K[k] - coupling.floor.W[k];
    given += coupling.gas.W_per_K[k] * around.gas_K[k] - coupling.gas.W[k];
  }
  const double before = load.enthalpy_J();
  const Ledger old = ledger;
  load.heat(5.0, around, coupling, ledger);
  double steam = 0;
  for (const double w : coupling.released_W) steam += 5.0 * w;
  const double received = load.enthalpy_J() - before + steam +
                          (ledger.reaction_J - old.reaction_J) + (ledger.cooling_J - old.cooling_J);
  EXPECT_NEAR(received / (5.0 * given), 1.0, 1e-10);
}

TEST_F(LoadTest, WaterLeavesAsSteamOrStays) {
  for (int s = 0; s < 600; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  double steam = 0;
  const double before = load.content().water;
  for (int i = 0; i < 400; ++i) {
    load.couple(around, coupling);
    load.heat(5.0, around, coupling, ledger);
    for (const double n : coupling.steam_mol_per_s) steam += 5.0 * n;
  }
  EXPECT_GT(steam, 1.0);
  EXPECT_NEAR(before - load.content().water, steam, 1e-9 * before);
}

TEST_F(LoadTest, HotterZonesAreSeenByTheColumnsNearThemOnly) {
  for (int s = 0; s < 800; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  load.couple(around, coupling);
  for (std::size_t k = 0; k + 1 < 4; ++k) EXPECT_GT(coupling.roof.W_per_K[k], 0.0);
  // 2 m of zone hold 5.9 columns of 0.32 m: 0.94 of the length.
  EXPECT_NEAR(coupling.cover[1], 0.94, 0.1);
}

TEST(Lots, AChargeFollowsFromItsNumberAlone) {
  const auto params = small_params();
  const Lots lots(params.lots, 298.15, 5), same(params.lots, 298.15, 5),
      other(params.lots, 298.15, 6);
  double mean = 0, square = 0;
  for (std::uint64_t i = 0; i < 5000; ++i) {
    const Charge c = lots.charge(i, i);
    EXPECT_EQ(c.mix_kg, same.charge(i, i).mix_kg);
    mean += c.mix_kg / 5000;
    square += c.mix_kg * c.mix_kg / 5000;
  }
  EXPECT_NEAR(mean, 5.0, 0.005);
  EXPECT_NEAR(std::sqrt(square - mean * mean), 0.05, 0.003);  // 1 %
  EXPECT_NE(lots.charge(0, 0).moisture_fraction, other.charge(0, 0).moisture_fraction);
  EXPECT_EQ(lots.charge(0, 0).li_per_m, lots.charge(24, 24).li_per_m);  // one lot is 25 columns
  EXPECT_NE(lots.charge(0, 0).li_per_m, lots.charge(25, 25).li_per_m);
  EXPECT_NEAR(lots.charge(0, 0).li_per_m, 1.03, 0.0031);
}

}  // namespace
}  // namespace saggar::kiln
