#include "hil/kiln/kiln.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

std::vector<std::uint8_t> bytes_of(Kiln& kiln) {
  std::vector<std::uint8_t> bytes;
  auto archive = domain::Archive::saving(bytes);
  kiln.serialize(archive);
  return bytes;
}

TEST(Kiln, TheSameSeedGivesTheSameBits) {
  const auto a = small_kiln(3), b = small_kiln(3), c = small_kiln(4);
  for (int i = 0; i < 600; ++i) {
    a->advance(1.0);
    b->advance(1.0);
    c->advance(1.0);
  }
  EXPECT_EQ(bytes_of(*a), bytes_of(*b));
  EXPECT_NE(bytes_of(*a), bytes_of(*c));
}

TEST(Kiln, TheWidthOfTheStepsDoesNotMatter) {
  const auto coarse = small_kiln(), fine = small_kiln();
  coarse->advance(300.0);
  for (int i = 0; i < 3000; ++i) fine->advance(0.1);
  EXPECT_EQ(coarse->time_ns(), fine->time_ns());
  EXPECT_EQ(coarse->power_kW(), fine->power_kW());
  EXPECT_EQ(coarse->load().enthalpy_J(), fine->load().enthalpy_J());
}

TEST(Kiln, RestoreAndContinueEqualsTheStraightRunBitForBit) {
  const auto straight = small_kiln(), restored = small_kiln();
  straight->inject({100, faults::Kind::scr_short, "zone02.top", 1.0, 400});
  restored->inject({100, faults::Kind::scr_short, "zone02.top", 1.0, 400});
  for (int i = 0; i < 203; ++i) straight->advance(1.0);  // in the middle of a bed step and a fault
  const std::vector<std::uint8_t> saved = bytes_of(*straight);
  auto archive = domain::Archive::loading(saved.data(), saved.size());
  restored->serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  for (int i = 0; i < 400; ++i) {
    straight->advance(1.0);
    restored->advance(1.0);
  }
  EXPECT_EQ(bytes_of(*straight), bytes_of(*restored));
}

// Noise, lots, sensor errors and spread of the restored plant are the saved one's: 2 h feed six new
// columns, of a new lot.
TEST(Kiln, ARestoredPlantGoesOnWithItsLotsWhateverSeedItWasMadeWith) {
  const auto straight = small_kiln(3), restored = small_kiln(4);
  straight->inject({10, faults::Kind::heater_open, "zone02.top", 0.5, 400});
  straight->advance(100);
  const std::vector<std::uint8_t> saved = bytes_of(*straight);
  auto archive = domain::Archive::loading(saved.data(), saved.size());
  restored->serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  const std::uint64_t fed = straight->load().fed();
  for (Kiln* k : {straight.get(), restored.get()}) k->advance(2 * 3600);
  EXPECT_GE(straight->load().fed(), fed + 5);
  EXPECT_EQ(bytes_of(*straight), bytes_of(*restored));
}

// A gap leaves places that the receiving kiln, warm and full, has columns in: what it meant to give
// these must not reach what the snapshot left there.
TEST(Kiln, ASnapshotTakenInAGapGoesOnBitForBitInAFullKiln) {
  const auto straight = small_kiln(), restored = small_kiln();
  const std::size_t full = straight->load().beds().count();
  straight->inject({10, faults::Kind::feed_gap, "", 1.0, 20 * 3600});
  restored->inject({10, faults::Kind::feed_gap, "", 1.0, 20 * 3600});
  straight->advance(4 * 3600);
  ASSERT_LT(straight->load().beds().count() + 5, full);
  const std::vector<std::uint8_t> saved = bytes_of(*straight);
  auto archive = domain::Archive::loading(saved.data(), saved.size());
  restored->serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  for (Kiln* k : {straight.get(), restored.get()}) k->advance(3600);
  EXPECT_EQ(bytes_of(*straight), bytes_of(*restored));
}

TEST(Kiln, ASnapshotOfAnotherKilnIsRefused) {
  const auto kiln = small_kiln();
  std::vector<std::uint8_t> bytes = bytes_of(*kiln);
  bytes.resize(bytes.size() / 2);
  auto archive = domain::Archive::loading(bytes.data(), bytes.size());
  small_kiln()->serialize(archive);
  EXPECT_FALSE(archive.ok());
}

/// Largest error of the balances of matter, as share of what the kiln holds of it.
double worst_matter(const Kiln& kiln) {
  const Matter held = kiln.load().content();
  double worst = 0;
  for (const auto substance : {&Matter::water, &Matter::oxygen, &Matter::carbon_dioxide,
                               &Matter::lithium, &Matter::metal}) {
    const Balance b = kiln.balance(substance);
    const double scale = std::max({held.*substance, std::abs(b.in), std::abs(b.out), 1e-3});
    worst = std::max(worst, std::abs(b.error()) / scale);
  }
  return worst;
}

TEST(Kiln, EnergyAndMatterCloseToRoundingAtAnyMoment) {
  const auto kiln = small_kiln();
  for (int i = 0; i < 2 * 3600; ++i) {
    kiln->advance(1.0);
    if (i % 701 != 0 || i == 0) continue;
    EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10) << "after " << i << " s";
    EXPECT_LT(worst_matter(*kiln), 1e-10);
  }
  EXPECT_GT(kiln->ledger().electric_J, 0.0);
  EXPECT_GT(kiln->ledger().reaction_J, 0.0);
  EXPECT_GT(kiln->ledger().gas_out.water, 0.0);
}

TEST(Kiln, BalancesAlsoCloseThroughFaults) {
  const auto kiln = small_kiln();
  kiln->inject({60, faults::Kind::feed_gap, "", 1.0, 1200});
  kiln->inject({300, faults::Kind::o2_supply_drop, "", 0.5, 600});
  kiln->inject({500, faults::Kind::scr_short, "zone03.top", 1.0, 600});
  for (int i = 0; i < 3600; ++i) kiln->advance(1.0);
  EXPECT_NEAR(kiln->energy_balance().relative(), 0.0, 1e-10);
  EXPECT_LT(worst_matter(*kiln), 1e-10);
}

TEST(Kiln, APoorFitIsRefusedWithWhatWouldBeRight) {
  auto params = small_params();
  params.kiln = "p1";
  const auto other = Kiln::make(small_config(), params, small_recipe(), 1);
  ASSERT_FALSE(other.ok());
  EXPECT_THAT(other.error().text(), ::testing::HasSubstr("physics of kiln \"p1\""));
  const auto wrong = Kiln::make(small_config(), small_params(), {1.0, 2.0}, 1);
  ASSERT_FALSE(wrong.ok());
  EXPECT_THAT(wrong.error().text(), ::testing::HasSubstr("needs 15 recipe values"));
}

TEST(Kiln, ManualPowerMovesAZone) {
  const auto kiln = small_kiln();
  const double before = sample(*kiln, "zone04.top.temperature").value;
  kiln->manual(6, 100.0);
  kiln->advance(900);
  EXPECT_GT(sample(*kiln, "zone04.top.temperature").value, before + 10);
  kiln->automatic(6);
  kiln->advance(5400);
  EXPECT_NEAR(sample(*kiln, "zone04.top.temperature").value, 600, 3);
}

TEST(Kiln, AKilnWithTopHeatersOnlyRuns) {
  auto config = small_config();
  config.chamber.loops_per_zone = 1;
  const std::vector<double> recipe = {200, 300, 400, 450, 500, 0.3, 0.3, 30, 30, 50};
  auto made = Kiln::make(config, small_params(), recipe, 1);
  ASSERT_TRUE(made.ok()) << made.error().text();
  Kiln& kiln = *made.value();
  kiln.advance(600);
  EXPECT_GT(kiln.power_kW(), 1.0);
  EXPECT_NEAR(kiln.energy_balance().relative(), 0.0, 1e-10);
}

}  // namespace
}  // namespace saggar::kiln
