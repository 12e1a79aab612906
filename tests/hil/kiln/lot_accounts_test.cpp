#include "hil/kiln/lot_accounts.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

/// Largest difference of two accounts, as share of the larger of both sums, of any sum.
double difference(const Account& a, const Account& b) {
  double worst = 0;
  for (const auto sum : kSums) {
    const double scale = std::max({std::abs(a.*sum), std::abs(b.*sum), 1e-12});
    worst = std::max(worst, std::abs(a.*sum - b.*sum) / scale);
  }
  return worst;
}

// By hand, a step of 36 s in a kiln of 60 m. Columns of two, so column 7 is of lot 3 and 8 of
// lot 4. Lot 3 stands on 15 m and took 300 J, lot 4 on 30 m and took 200 J; 15 m are empty. Of 1700
// J of the heaters 1200 J are nobody's own: 1/4, 1/2 and 1/4 of them. Gas: 500 J less 60 J that
// left the powder of lot 4. Supply: 400 mol at 22.414 l.
TEST(LotAccounts, WhatIsOwnIsExactAndTheRestGoesByRoom) {
  LotSteps steps(20, 2);
  LotAccounts accounts(13, 60.0);
  accounts.restart(Ledger{});
  LotOwn& three = steps.of(7);
  three.room_m = 15;
  three.chamber_J = 300;
  three.reaction_J = 120;
  three.columns_out = 1;
  three.product_kg = 29;
  LotOwn& four = steps.of(8);
  four.room_m = 30;
  four.chamber_J = 200;
  four.released_J = 60;
  four.oxygen_mol = 2;
  four.columns_in = 1;
  Ledger ledger;
  ledger.electric_J = 1700;
  ledger.reaction_J = 120;
  ledger.gas_out_J = 500;
  ledger.shell_J = 80;
  ledger.supply_mol = 400;
  ledger.oxygen_taken_mol = 2;
  ledger.product_kg = 29;
  accounts.advance(36, ledger, steps);
  ASSERT_EQ(accounts.first(), 3U);
  ASSERT_EQ(accounts.end(), 5U);
  const Account &a = accounts.lot(3).account, &b = accounts.lot(4).account;
  EXPECT_NEAR(a.electric_J, 300 + 300, 1e-9);
  EXPECT_NEAR(b.electric_J, 200 + 600, 1e-9);
  EXPECT_NEAR(accounts.empty().electric_J, 300, 1e-9);
  EXPECT_NEAR(a.gas_J, 110, 1e-9);
  EXPECT_NEAR(b.gas_J, 60 + 220, 1e-9);
  EXPECT_NEAR(accounts.empty().gas_J, 110, 1e-9);
  EXPECT_NEAR(a.shell_J, 20, 1e-9);
  EXPECT_NEAR(b.shell_J, 40, 1e-9);
  EXPECT_NEAR(a.reaction_J, 120, 1e-9);
  EXPECT_NEAR(b.reaction_J, 0, 1e-9);
  EXPECT_NEAR(a.supply_Nm3, 100 * 0.022414, 1e-4);
  EXPECT_NEAR(b.taken_Nm3, 2 * 0.022414, 1e-6);
  EXPECT_NEAR(a.hours, 0.0025, 1e-12);
  EXPECT_NEAR(b.hours, 0.005, 1e-12);
  EXPECT_NEAR(a.product_kg, 29, 1e-9);
  EXPECT_EQ(accounts.lot(3).columns_out, 1U);
  EXPECT_EQ(accounts.lot(4).columns_in, 1U);
  EXPECT_LT(difference(accounts.sum(), account_between(Ledger{}, ledger, 0.01)), 1e-12);
}

TEST(LotAccounts, ColumnsPushedTogetherShareTheRoomThereIs) {
  LotSteps steps(20, 2);
  LotAccounts accounts(13, 10.0);
  steps.of(0).room_m = 9;
  steps.of(2).room_m = 3;
  Ledger ledger;
  ledger.shell_J = 100;
  accounts.advance(5, ledger, steps);
  EXPECT_NEAR(accounts.lot(0).account.shell_J, 75, 1e-9);
  EXPECT_NEAR(accounts.lot(1).account.shell_J, 25, 1e-9);
  EXPECT_NEAR(accounts.empty().shell_J, 0, 1e-9);
}

TEST(LotAccounts, LotsThatAreGoneStayInTheSum) {
  LotSteps steps(20, 2);
  LotAccounts accounts(13, 10.0);
  Ledger ledger;
  for (std::uint64_t column = 0; column < 400; ++column) {
    steps.restart();
    steps.of(column).room_m = 8;
    ledger.shell_J += 100;
    ledger.supply_mol += 3;
    accounts.advance(5, ledger, steps);
  }
  EXPECT_EQ(accounts.end(), 200U);
  EXPECT_EQ(accounts.first(), 200U - 13 - LotAccounts::kPast);
  EXPECT_NEAR(accounts.lot(199).account.shell_J, 160, 1e-9);
  EXPECT_NEAR(accounts.gone().account.shell_J, 160.0 * static_cast<double>(accounts.first()), 1e-6);
  EXPECT_LT(difference(accounts.sum(), account_between(Ledger{}, ledger, 400 * 5 / 3600.0)), 1e-12);
}

// Every sum, hour by hour, through an empty stretch, a drop of oxygen and an open door.
TEST(LotAccounts, LotsCloseAgainstTheKilnInEveryHour) {
  auto params = small_params();
  params.lots.columns_per_lot = 3;
  for (const bool every : {false, true}) {
    params.numerics.every_saggar = every;
    auto made = Kiln::make(small_config(), params, small_recipe(), 1);
    ASSERT_TRUE(made.ok()) << made.error().text();
    Kiln& kiln = *made.value();
    kiln.inject({1800, faults::Kind::feed_gap, "", 1.0, 12 * 3600});
    kiln.inject({2000, faults::Kind::o2_supply_drop, "", 0.5, 3000});
    kiln.inject({9000, faults::Kind::door_open, "exit", 1.0, 600});
    for (std::uint64_t hour = 1; hour <= 20; ++hour) {
      kiln.advance(3600);
      ASSERT_EQ(kiln.accounts().count(), hour);
      ASSERT_LT(difference(kiln.lot_accounts().sum(), kiln.accounts().sum(0, hour)), 1e-9)
          << "hour " << hour;
    }
    EXPECT_GT(kiln.lot_accounts().end(), 10U);
    EXPECT_GT(kiln.lot_accounts().empty().hours, 1.0) << "the gap takes 12 h to pass";
    EXPECT_GT(kiln.lot_accounts().lot(2).account.reaction_J, 0.0);
  }
}

// A full kiln has no empty room but the joint between two columns.
TEST(LotAccounts, AFullKilnIsChargedToItsLots) {
  const auto kiln = small_kiln();
  kiln->advance(4 * 3600);
  const LotAccounts& lots = kiln->lot_accounts();
  EXPECT_LT(lots.empty().hours, 0.03 * 4);
  EXPECT_NEAR(lots.sum().hours, 4.0, 1e-9);
}

// What zones give to the load is what its lots are charged with, and their oxygen is the ledger's.
TEST(LotAccounts, OwnHeatIsWhatTheZonesGave) {
  const auto params = small_params();
  const Layout layout = Layout::from(small_config());
  Load load(layout, params, 1);
  Surroundings around(5);
  Coupling coupling(5);
  Ledger ledger;
  for (std::size_t k = 0; k < 5; ++k) {
    around.roof_K[k] = around.floor_K[k] = around.gas_K[k] = 500.0 + 80.0 * static_cast<double>(k);
  }
  for (int s = 0; s < 800; ++s) load.move(1.0, {0.01, 0.01}, true, ledger);
  load.couple(around, coupling);
  double given = 0;
  for (std::size_t k = 0; k < 5; ++k) {
    for (const Exchange* e : {&coupling.roof, &coupling.floor, &coupling.gas}) {
      given += e->W_per_K[k] * around.roof_K[k] - e->W[k];
    }
  }
  load.restart_lot_steps();
  const double before = ledger.oxygen_taken_mol, absorbed = ledger.reaction_J;
  load.heat(5.0, around, coupling, ledger);
  LotOwn all;
  for (const LotOwn& own : load.lot_steps().rows()) {
    all.chamber_J += own.chamber_J;
    all.reaction_J += own.reaction_J;
    all.oxygen_mol += own.oxygen_mol;
    all.room_m += own.room_m;
  }
  EXPECT_NEAR(all.chamber_J / (5.0 * given), 1.0, 1e-12);
  EXPECT_NEAR(all.reaction_J, ledger.reaction_J - absorbed, 1e-6);
  EXPECT_NEAR(all.oxygen_mol, ledger.oxygen_taken_mol - before, 1e-12);
  EXPECT_NEAR(all.room_m, 8.0, 0.34);  // 800 s at 10 mm/s
}

TEST(LotAccounts, AreInTheSnapshot) {
  const auto straight = small_kiln(), restored = small_kiln();
  straight->advance(1500);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  straight->serialize(save);
  auto back = domain::Archive::loading(bytes.data(), bytes.size());
  restored->serialize(back);
  for (Kiln* k : {straight.get(), restored.get()}) k->advance(3000);
  for (const auto sum : kSums) {
    EXPECT_EQ(straight->lot_accounts().sum().*sum, restored->lot_accounts().sum().*sum);
  }
}

}  // namespace
}  // namespace saggar::kiln
