#include "hil/kiln/account_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace saggar::kiln {
namespace {

using ::testing::HasSubstr;

// 9 hours of 3.6 MJ a second, 25 kg and 10 Nm3 an hour: 3600 kWh, 144 kWh/kg, 0.4 Nm3/kg.
TEST(AccountTable, HasHoursWholeShiftsLotsAndTheirSum) {
  Accounts accounts;
  LotSteps steps(8, 4);
  LotAccounts lots(5, 4.0);
  Ledger ledger;
  for (int hour = 1; hour <= 9; ++hour) {
    ledger.electric_J += 3600 * 3.6e6;
    ledger.product_kg += 25;
    ledger.supply_mol += 10 / 0.022414;
    steps.restart();
    LotOwn& own = steps.of(hour < 9 ? 2 : 5);
    own.room_m = 1;
    own.product_kg = 25;
    own.columns_in = hour < 5 ? 1 : 0;
    own.columns_out = hour > 4 && hour < 9 ? 1 : 0;
    accounts.advance(3600.0 * hour, ledger);
    lots.advance(3600, ledger, steps);
  }
  const std::string table = table_of(accounts, lots, 4);
  EXPECT_THAT(table, HasSubstr("of,number,part,hours,product_kg,electric_kWh,kWh_per_kg,"));
  EXPECT_THAT(table, HasSubstr("hour,8,whole,1.0000,25.000,3600.000,144.0000,"));
  EXPECT_THAT(table, HasSubstr("shift,0,whole,8.0000,200.000,28800.000,144.0000,"));
  EXPECT_THAT(table, testing::Not(HasSubstr("shift,1")));
  EXPECT_THAT(table, HasSubstr("lot,0,whole,2.0000,200.000,7200.000,36.0000,"));
  EXPECT_THAT(table, HasSubstr("lot,1,part,0.2500,25.000,900.000,"));
  EXPECT_THAT(table, HasSubstr("empty,,,6.7500,0.000,24300.000,"));
  EXPECT_THAT(table, HasSubstr("all,,,9.0000,225.000,32400.000,144.0000,"));
  EXPECT_THAT(table, HasSubstr(",90.0"));  // Nm3 of all
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 9 + 1 + 2 + 3);
}

}  // namespace
}  // namespace saggar::kiln
