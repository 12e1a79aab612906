#include "hil/kiln/account.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

TEST(Account, IsTheDifferenceOfTwoLedgersPerKilogram) {
  Ledger from, to;
  from.electric_J = 1e9;
  to.electric_J = 1e9 + 2.5 * 3.6e6 * 100;  // 250 kWh
  to.product_kg = 100;
  to.supply_mol = 500 / material::kStandardMolar_m3;  // 500 Nm3
  to.gas_out_J = 7e8;
  to.gas_in_J = 1e8;
  const Account a = account_between(from, to, 1.0);
  EXPECT_NEAR(a.kWh_per_kg(), 2.5, 1e-12);
  EXPECT_NEAR(a.Nm3_per_kg(), 5.0, 1e-12);
  EXPECT_EQ(a.gas_J, 6e8);
  EXPECT_NEAR(a.unexplained(), (9e8 - 6e8) / 9e8, 1e-12);
  EXPECT_EQ((a + a).hours, 2.0);
  EXPECT_NEAR((a + a).kWh_per_kg(), 2.5, 1e-12);
  EXPECT_TRUE(std::isnan(Account().kWh_per_kg()) && std::isnan(Account().Nm3_per_kg()))
      << "without product there is nothing to judge";
}

TEST(Accounts, CloseEveryHourAndAddUpToShifts) {
  Accounts accounts;
  Ledger ledger;
  for (int s = 1; s <= 16 * 3600; ++s) {
    ledger.electric_J += 1000;
    accounts.advance(s, ledger);
  }
  EXPECT_EQ(accounts.count(), 16U);
  EXPECT_EQ(accounts.hour(3).electric_J, 3.6e6);
  EXPECT_EQ(accounts.shift(1).electric_J, 8 * 3.6e6);
  EXPECT_EQ(accounts.shift(1).hours, 8.0);
  EXPECT_EQ(accounts.shift(2).hours, 0.0) << "not there yet";
}

TEST(Accounts, KeepAWeek) {
  Accounts accounts;
  Ledger ledger;
  for (int h = 1; h <= 200; ++h) {
    ledger.electric_J += h;
    accounts.advance(3600.0 * h, ledger);
  }
  EXPECT_EQ(accounts.count(), 200U);
  EXPECT_EQ(accounts.hour(199).electric_J, 200.0);
  EXPECT_EQ(accounts.sum(0, 32).hours, 0.0) << "gone";
  EXPECT_EQ(accounts.sum(0, 200).hours, 168.0);
}

// Over some hours the parts explain what the heaters gave, but for what brick and load store.
TEST(Accounts, PartsExplainTheHeatersOfARunningKiln) {
  const auto kiln = small_kiln();
  kiln->advance(4 * 3600.0);
  const Account all = kiln->accounts().sum(0, 4);
  EXPECT_NEAR(all.hours, 4.0, 0.01);
  EXPECT_GT(all.product_kg, 10);
  EXPECT_NEAR(all.unexplained(), 0.0, 0.05);
}

}  // namespace
}  // namespace saggar::kiln
