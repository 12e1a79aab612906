#include "hil/kiln/saggars.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

WearFigures figures() {
  WearFigures f = small_params().wear;
  f.life_firings.value = 20;
  f.retire_firings.value = 25;
  f.layer_power.value = 0.5;
  return f;
}
constexpr double kContact_m2 = 0.168;  // 0.09 m2 of base and 1.2 m x 65 mm of wall

// Facts 1.4: 1.6 to 3.4e-5 mol/cm2 in each of 25 firings make 211 to 447 um.
TEST(Saggars, TheLayerFollowsFromTheLithiumInTheWall) {
  const Saggars saggars(figures(), 4, kContact_m2, 1);
  SaggarRow row;
  row.lithium_mol = 25 * 1.6e-5 * 1e4 * kContact_m2;
  EXPECT_NEAR(saggars.layer_um(row), 211, 2);
  row.lithium_mol = 25 * 3.4e-5 * 1e4 * kContact_m2;
  EXPECT_NEAR(saggars.layer_um(row), 447, 2);
}

// By diffusion, n^0.5: the first firing takes 5 x the mean of 25, the last 5 (5 - 4.89898). At
// power 1 all take the same.
TEST(Saggars, ANewWallTakesMoreAndTheMeanOfALifeIsTheSame) {
  WearFigures f = figures();
  const Saggars diffusion(f, 4, kContact_m2, 1);
  EXPECT_NEAR(diffusion.uptake_after(0), 5.0, 1e-12);
  EXPECT_NEAR(diffusion.uptake_after(24), 0.50510, 1e-5);
  double mean = 0;
  for (std::uint32_t n = 0; n < 25; ++n) mean += diffusion.uptake_after(n) / 25;
  EXPECT_NEAR(mean, 1.0, 1e-12);
  f.layer_power.value = 1.0;
  const Saggars alike(f, 4, kContact_m2, 1);
  EXPECT_EQ(alike.uptake_after(0), 1.0);
  EXPECT_EQ(alike.uptake_after(24), 1.0);
}

// 329 um after 25 firings, by root: 329 (n / 25)^0.5.
TEST(Saggars, TheFirstStockIsOfAllAgesAndHasTheirLayers) {
  const Saggars saggars(figures(), 5000, kContact_m2, 7), other(figures(), 5000, kContact_m2, 8);
  std::map<std::uint32_t, int> ages;
  std::set<std::uint32_t> serials;
  for (const SaggarRow& row : saggars.rows()) {
    ++ages[row.firings];
    serials.insert(row.serial);
    EXPECT_NEAR(saggars.layer_um(row), 329 * std::sqrt(row.firings / 25.0), 1e-9);
  }
  EXPECT_EQ(serials.size(), 5000U);
  ASSERT_EQ(ages.size(), 25U);
  EXPECT_EQ(ages.rbegin()->first, 24U);
  for (const auto& [age, count] : ages) EXPECT_NEAR(count, 200, 60) << age;
  EXPECT_NE(saggars.lithium_mol(), other.lithium_mol());
  EXPECT_EQ(saggars.lithium_mol(), Saggars(figures(), 5000, kContact_m2, 7).lithium_mol());
}

TEST(Saggars, ComeBackInTheOrderInWhichTheyLeft) {
  WearFigures f = figures();
  f.cracked_per_1000.value = f.old_cracked_per_1000.value = 0;
  Saggars saggars(f, 10, kContact_m2, 1);
  const std::uint32_t first = saggars.take(), second = saggars.take();
  saggars.give_back(second, 0, {});
  saggars.give_back(first, 0, {});
  EXPECT_EQ(saggars.waiting(), 10U);
  for (int i = 0; i < 8; ++i) saggars.take();
  EXPECT_EQ(saggars.take(), second);
  EXPECT_EQ(saggars.take(), first);
}

TEST(Saggars, OneThatIsTooOldIsReplacedByANewOne) {
  WearFigures f = figures();
  f.cracked_per_1000.value = f.old_cracked_per_1000.value = 0;
  Saggars saggars(f, 1, kContact_m2, 1);
  const std::uint32_t serial = saggars.rows()[0].serial, before = saggars.rows()[0].firings;
  const double lithium = saggars.lithium_mol();
  for (std::uint32_t n = before; n < 24; ++n) {
    EXPECT_EQ(saggars.give_back(saggars.take(), 0.04, {n, 780.5F}), After::goes_on);
    EXPECT_EQ(saggars.rows()[0].trip(n).lot, n);
  }
  EXPECT_EQ(saggars.rows()[0].serial, serial);
  EXPECT_EQ(saggars.rows()[0].firings, 24U);
  EXPECT_EQ(saggars.rows()[0].hottest_degC, 780.5);
  EXPECT_EQ(saggars.give_back(saggars.take(), 0.04, {}), After::too_old);
  EXPECT_NE(saggars.rows()[0].serial, serial);
  EXPECT_EQ(saggars.rows()[0].firings, 0U);
  EXPECT_EQ(saggars.rows()[0].lithium_mol, 0.0);
  EXPECT_NEAR(saggars.discarded_lithium_mol(), lithium + 0.04 * (25 - before), 1e-12);
  EXPECT_EQ(saggars.too_old(), 1U);
}

// F10: 0.3 of 1000 firings within the life, here 30 and 200 so that few firings show it.
TEST(Saggars, CrackMoreOftenBeyondTheirLife) {
  WearFigures f = figures();
  f.cracked_per_1000.value = 30;
  f.old_cracked_per_1000.value = 200;
  Saggars saggars(f, 4000, kContact_m2, 3);
  double young = 0, old = 0, cracked_young = 0, cracked_old = 0;
  for (int i = 0; i < 40000; ++i) {
    const std::uint32_t index = saggars.take();
    const bool is_old = saggars.rows()[index].firings >= 20;
    const bool cracks = saggars.give_back(index, 0, {}) == After::cracked;
    (is_old ? old : young) += 1;
    (is_old ? cracked_old : cracked_young) += cracks ? 1 : 0;
  }
  EXPECT_NEAR(cracked_young / young, 0.03, 0.004);
  EXPECT_NEAR(cracked_old / old, 0.2, 0.02);
}

/// A load that is only pushed through, with a loop of few columns.
class SaggarLoop : public ::testing::Test {
 protected:
  SaggarLoop() : params(small_params()) {
    params.wear.spare_columns = 2;
    params.wear.cracked_per_1000.value = params.wear.old_cracked_per_1000.value = 0;
  }
  PlantParams params;
  Ledger ledger;
};

// 2 rows x 2 layers; the same four boxes come back on one column, one firing older.
TEST_F(SaggarLoop, TheExitSaysWhichSaggarsCarriedAColumnAndTheyComeBackOneFiringOlder) {
  Load load(Layout::from(small_config()), params, 1);
  for (int s = 0; s < 17000; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  const Exits& exits = load.exits();
  ASSERT_GT(exits.count(), 800U);
  ASSERT_LE(exits.count(), Exits::kKept);
  std::map<std::uint32_t, std::uint32_t> last;
  std::size_t again = 0;
  for (std::uint64_t i = 0; i < exits.count(); ++i) {
    const SaggarReport& r = exits[i];
    ASSERT_EQ(r.carrier_count, 2U);
    EXPECT_EQ(r.lot, r.column / 25);
    for (std::size_t k = 0; k < 2; ++k) {
      const Carrier& c = r.carriers[k];
      if (last.count(c.serial) != 0) {
        EXPECT_EQ(c.firings, last[c.serial] + 1);
        ++again;
      }
      last[c.serial] = c.firings;
      EXPECT_LE(c.firings, 25U);
    }
  }
  EXPECT_GT(again, 1000U);
  EXPECT_GT(load.saggars().too_old(), 20U);
  std::set<std::uint32_t> inside;
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    for (std::size_t l = 0; l < 2; ++l) {
      for (std::size_t r = 0; r < 2; ++r) inside.insert(load.saggar_at(j, l, r));
    }
  }
  EXPECT_EQ(inside.size(), 4 * load.beds().count()) << "none is in two places";
  EXPECT_EQ(inside.size() + load.saggars().waiting(), load.saggars().rows().size());
}

// All lithium that the kiln says left in walls is in the rows, saggar by saggar.
TEST(Saggars, HoldAllTheLithiumThatLeftTheKilnInWalls) {
  for (const bool every : {false, true}) {
    auto params = small_params();
    params.numerics.every_saggar = every;
    params.wear.spare_columns = 1;
    params.powder.synthesis.wall_mol_per_m2s.value *=
        1e3;  // a day of P2 in some hours of a short kiln
    auto made = Kiln::make(small_config(), params, small_recipe(), 1);
    ASSERT_TRUE(made.ok()) << made.error().text();
    Kiln& kiln = *made.value();
    const auto held = [&] {
      return kiln.load().saggars().lithium_mol() + kiln.load().saggars().discarded_lithium_mol();
    };
    const double before = held();
    kiln.advance(12 * 3600);
    const double out = kiln.ledger().saggars_out.lithium;
    EXPECT_GT(out, 0.1);
    EXPECT_NEAR(held() - before, out, 1e-9 * out);
    const Balance lithium = kiln.balance(&Matter::lithium);
    EXPECT_NEAR(lithium.error() / lithium.in, 0.0, 1e-10);
  }
}

/// Lithium that the bottom node of one column of a small kiln loses in a minute, with so much
/// uptake of its wall.
double lost(double uptake) {
  const auto kiln = small_kiln();
  Beds& beds = const_cast<Load&>(kiln->load()).beds();
  const std::size_t j = beds.count() * 3 / 4, at = (beds.nodes() - 1) * beds.stride() + j;
  const double before = beds.in_wall[at];
  beds.wall_uptake[j] = uptake;
  kiln->advance(60);
  return beds.in_wall[at] - before;
}

TEST(Saggars, ThePowderLosesLithiumByTheUptakeOfItsSaggars) {
  const double mean = lost(1.0);
  EXPECT_GT(mean, 0.0);
  EXPECT_NEAR(lost(5.0) / mean, 5.0, 1e-3);
  EXPECT_NEAR(lost(0.5) / mean, 0.5, 1e-3);
  const auto kiln = small_kiln();
  const Load& load = kiln->load();
  for (std::size_t j = 0; j < load.beds().count(); ++j) {
    for (std::size_t l = 0; l < 2; ++l) {
      double all = 0;
      for (std::size_t r = 0; r < 2; ++r) all += load.saggars().uptake(load.saggar_at(j, l, r));
      EXPECT_EQ(load.beds().wall_uptake[l * load.beds().stride() + j], all / 2);
    }
  }
}

}  // namespace
}  // namespace saggar::kiln
