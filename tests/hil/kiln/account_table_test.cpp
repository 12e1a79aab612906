#include "hil/kiln/account_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace saggar::kiln {
namespace {

using ::testing::ContainsRegex;
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
    own.cracked = hour == 3 ? 2 : 0;
    own.too_old = hour == 9 ? 1 : 0;
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
  EXPECT_THAT(table, HasSubstr("lot,1,part,0.2500,25.000,900.000,,0.000"));
  EXPECT_THAT(table, HasSubstr("empty,,,6.7500,0.000,24300.000,,"));
  EXPECT_THAT(table, HasSubstr("all,2,,9.0000,225.000,32400.000,144.0000,"));
  EXPECT_THAT(table, HasSubstr(",90.0"));  // Nm3 of all
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 1 + 9 + 1 + 2 + 3);
  EXPECT_THAT(table, ContainsRegex("\nlot,0,[^\n]*,2,0\nlot,1,[^\n]*,0,1\n"));
  EXPECT_THAT(table, ContainsRegex("\nempty,[^\n]*,,\ngone,0,[^\n]*,0,0\nall,2,[^\n]*,2,1\n"));
}

// Columns 0 to 3 are lot 0: all of them came in, three left with 25 kg each. Half of its energy
// went with them or not, so it has no kWh per kg yet; and an hour without product never has.
TEST(AccountTable, RatiosOfWhatIsChargedInPartAreLeftEmpty) {
  Accounts accounts;
  LotSteps steps(8, 4);
  LotAccounts lots(5, 4.0);
  Ledger ledger;
  for (int hour = 1; hour <= 4; ++hour) {
    ledger.electric_J += 3600 * 3.6e6;
    ledger.product_kg += hour > 1 ? 25 : 0;
    ledger.supply_mol += 10 / 0.022414;
    steps.restart();
    LotOwn& own = steps.of(2);
    own.room_m = 1;
    own.product_kg = hour > 1 ? 25 : 0;
    own.columns_in = 1;
    own.columns_out = hour > 1 ? 1 : 0;
    accounts.advance(3600.0 * hour, ledger);
    lots.advance(3600, ledger, steps);
  }
  const std::string table = table_of(accounts, lots, 4);
  EXPECT_THAT(table, HasSubstr("lot,0,inside,1.0000,75.000,3600.000,,0.000"));
  EXPECT_THAT(table, ContainsRegex("\nlot,0,[^\n]*,10.000,,0.000,0.0000,0,0\n"));
  EXPECT_THAT(table, HasSubstr("hour,0,whole,1.0000,0.000,3600.000,,"));
  EXPECT_THAT(table, HasSubstr("hour,1,whole,1.0000,25.000,3600.000,144.0000,"));
}

// 300 lots of one column, each costing one cracked saggar: those that are no longer kept still
// count.
TEST(AccountTable, SaggarsOfLotsThatAreGoneStayInTheTotals) {
  Accounts accounts;
  LotSteps steps(4, 1);
  LotAccounts lots(7, 4.0);
  Ledger ledger;
  for (std::uint64_t column = 0; column < 300; ++column) {
    steps.restart();
    LotOwn& own = steps.of(column);
    own.room_m = 1;
    own.columns_in = own.columns_out = own.cracked = 1;
    ledger.electric_J += 1;
    lots.advance(5, ledger, steps);
  }
  const std::string table = table_of(accounts, lots, 1);
  const std::string gone = std::to_string(300 - 7 - LotAccounts::kPast);
  EXPECT_THAT(table,
              ContainsRegex("\ngone," + gone + ",[^\n]*," + gone + ",0\nall,300,[^\n]*,300,0\n"));
}

// The book explains every column and every word; a new one without a line there fails here.
TEST(AccountTable, EveryColumnAndWordStandsInTheBook) {
  std::ifstream in(SAGGAR_SOURCE_DIR "/docs/engineer/kiln.md");
  const std::string book((std::istreambuf_iterator<char>(in)), {});
  const auto from = book.find("## The account table");
  ASSERT_NE(from, std::string::npos);
  const std::string chapter = book.substr(from, book.find("\n## ", from + 1) - from);
  const std::string table = table_of(Accounts(), LotAccounts(5, 4.0), 4);
  std::istringstream head(table.substr(0, table.find('\n')));
  for (std::string column; std::getline(head, column, ',');) {
    EXPECT_THAT(chapter, HasSubstr("`" + column + "`"));
  }
  for (const char* word : {"hour", "shift", "lot", "empty", "gone", "all", "whole", "inside"}) {
    EXPECT_THAT(chapter, HasSubstr("`" + std::string(word) + "`"));
  }
}

}  // namespace
}  // namespace saggar::kiln
