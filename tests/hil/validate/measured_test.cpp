#include "hil/validate/measured.hpp"

#include <gmock/gmock.h>

#include <string>

namespace saggar::validate {
namespace {

using ::testing::HasSubstr;

const std::string kHead = "# kind: tga\n# material: lno\n# profile: 0 25, 2 500\n";

Measured good(const std::string& text) {
  auto read = read_measured("a.csv", text);
  EXPECT_TRUE(read.ok()) << read.error().text();
  return read.ok() ? std::move(read).value() : Measured{};
}
std::string complaint(const std::string& text) {
  const auto read = read_measured("a.csv", text);
  return read.ok() ? "no complaint" : read.error().text();
}

TEST(Measured, ReadsHeaderProfileAndRows) {
  const Measured m = good(
      "## made up\n# kind: thermocouple_in_powder\n# material: ncm811\n# mix_kg: 5\n"
      "# li_per_m: 1.05\n# o2: 0.9\n# h2o: 0.1\n# position_mm: 5, 33\n# profile: 0 25, 1.5 300\n"
      "\ntime_min, temperature_top_degC, temperature_core_degC\r\n0,25,25\r\n30,100,40.5\r\n");
  EXPECT_EQ(m.kind, MeasuredKind::thermocouple_in_powder);
  EXPECT_EQ(m.mix_kg, 5);
  EXPECT_EQ(m.gas.oxygen, 0.9);
  EXPECT_THAT(m.time_h, ::testing::ElementsAre(0, 0.5));
  ASSERT_EQ(m.columns.size(), 2U);
  EXPECT_EQ(m.columns[1].values[1], 40.5);
  EXPECT_NEAR(m.muffle.at_K(0.75 * 3600), 25 + 0.5 * 275 + 273.15, 1e-9);
}

TEST(Measured, TakesTheFurnaceFromAColumnAndKeepsFewPointsOfIt) {
  std::string text = "# kind: tga\n# material: lno\ntime_s,muffle_degC,mass_percent\n";
  for (int i = 0; i < 5000; ++i) {
    text += std::to_string(i) + "," + std::to_string(25 + 0.1 * i) + ",100\n";
  }
  const Measured m = good(text);
  EXPECT_LE(m.muffle.points.size(), Measured::kMostPoints + 2);
  EXPECT_NEAR(m.muffle.at_K(4321), 273.15 + 25 + 432.1, 1e-3);
}

TEST(Measured, SaysWhereAndWhatWouldBeRight) {
  EXPECT_THAT(complaint("# kind: dsc\n"), HasSubstr("a.csv:1:9: kind is 'dsc'; tga, "));
  EXPECT_THAT(complaint("# kind: tga\n# li_per_m: 12\n"),
              HasSubstr("a.csv:2:13: li_per_m is '12'; a number of 0.5 to 2 would be right"));
  EXPECT_THAT(complaint("# kind: tga\n# lithium: 1\n"),
              HasSubstr("2:3: there is no key 'lithium'"));
  EXPECT_THAT(complaint("# kind tga\n"), HasSubstr("1:3: is no key: value"));
  EXPECT_THAT(complaint("# kind: tga\n# o2: 95\n"), HasSubstr("2:7: o2 (a fraction) is '95'"));
  EXPECT_THAT(complaint("time_h,mass_percent\n"), HasSubstr("1:1: no key 'kind'"));
  EXPECT_THAT(complaint(kHead + "minutes,mass_percent\n"),
              HasSubstr("4:1: the first column is 'minutes'"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_g\n"), HasSubstr("4:8: there is no column 'mass_g'"));
  EXPECT_THAT(complaint(kHead + "time_h\n"), HasSubstr("nothing measured among the columns"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,100\n1,9O\n"),
              HasSubstr("6:3: mass_percent is '9O'"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,100\n1\n"),
              HasSubstr("6:1: has 1 values for 2 columns"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n1,100\n1,99\n"),
              HasSubstr("6:1: the time does not rise here"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,100\n2000,99\n"), HasSubstr("0 to 1000 h"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,100\n# o2: 1\n"),
              HasSubstr("6:3: a key below"));
  EXPECT_THAT(complaint("# kind: tga\n# profile: 0 25, 6\n"),
              HasSubstr("2:18: a point of the profile"));
  EXPECT_THAT(complaint("# kind: tga\n# profile: 1 25, 1 30\n"), HasSubstr("do not rise"));
}

// Spreadsheets of half the world write 0,5;99,9 into a file of comma-separated values.
TEST(Measured, SaysOfAKeyWithoutItsMarkAndOfSemicolonsWhatWouldBeRight) {
  EXPECT_THAT(complaint("kind: tga\n# material: lno\n"),
              HasSubstr("a.csv:1:1: the key 'kind' lacks its mark; # kind: tga would be right"));
  EXPECT_THAT(complaint("# kind: tga\n profile: 0 25, 2 500\n"),
              HasSubstr("a.csv:2:2: the key 'profile' lacks its mark; # profile: 0 25, 2 500 "));
  EXPECT_THAT(complaint(kHead + "time_h;mass_percent\n0;100\n"),
              HasSubstr("a.csv:4:7: cells are separated by semicolons; commas between cells and "));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,5;99,9\n"),
              HasSubstr("a.csv:5:4: cells are separated by semicolons"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0\t100\n"), HasSubstr("by tabs"));
}

TEST(Measured, WantsWhatTheModelNeeds) {
  const std::string rows = "time_h,mass_percent\n0,100\n1,99\n";
  EXPECT_THAT(complaint("# kind: tga\n# material: lno\n" + rows),
              HasSubstr("no temperatures of the furnace"));
  EXPECT_THAT(complaint("# kind: tga\n# profile: 0 25\n" + rows), HasSubstr("no key 'material'"));
  EXPECT_THAT(complaint(kHead + "time_h,mass_percent\n0,100\n"), HasSubstr("fewer than two rows"));
  EXPECT_THAT(complaint(kHead + "# o2: 0.9\n# h2o: 0.2\n" + rows),
              HasSubstr("add up to more than 1"));
  EXPECT_THAT(complaint(kHead + "time_h,muffle_degC,mass_percent\n0,25,100\n1,50,99\n"),
              HasSubstr("one of both would be right"));
  const std::string bed = "# kind: thermocouple_in_powder\n# material: lno\n# profile: 0 25\n";
  const std::string temperatures = "time_h,temperature_degC\n0,25\n1,50\n";
  EXPECT_THAT(complaint(bed + "# position_mm: 10\n" + temperatures), HasSubstr("no key 'mix_kg'"));
  EXPECT_THAT(complaint(bed + "# mix_kg: 5\n" + temperatures),
              HasSubstr("position_mm has 0 values for 1 thermocouples"));
}

TEST(Measured, TakesOneStandardErrorForAllColumnsOrOneForEach) {
  const std::string head = "# kind: xrd\n# material: lno\n# profile: 0 25, 2 500\n";
  const std::string rows = "time_h,conversion_percent,mixing_percent\n0,0,12\n1,1,11\n";
  EXPECT_TRUE(good(head + rows).standard_error.empty());
  EXPECT_THAT(good(head + "# standard_error: 0.3\n" + rows).standard_error,
              ::testing::ElementsAre(0.3, 0.3));
  EXPECT_THAT(good(head + "# standard_error: 1, 0.2\n" + rows).standard_error,
              ::testing::ElementsAre(1, 0.2));
  EXPECT_THAT(complaint(head + "# standard_error: 1, 1, 1\n" + rows),
              HasSubstr("standard_error has 3 values for 2 measured columns"));
  EXPECT_THAT(complaint(head + "# standard_error: 0\n"), HasSubstr("4:19: standard_error is '0'"));
}

TEST(Measured, SeesSlipsOfUnits) {
  const std::string head = "# kind: tga\n# material: lno\n# profile: ";
  const std::string rows = "time_min,mass_percent\n0,100\n160,75\n";
  good(head + "0 25, 2.67 825\n" + rows);
  good(head + "0 25, 21 825\n" + rows);  // broken off
  EXPECT_THAT(complaint(head + "0 25, 160 825\n" + rows),
              HasSubstr("the profile ends at 160 h and the rows at 2.66667 h; both in hours"));
  EXPECT_THAT(complaint(head + "0 25, 2.67 825\ntime_min,mass_percent\n0,30\n160,22\n"),
              HasSubstr("mass_percent begins with 30; percent of the mass at the start"));
}

TEST(Measured, ReadsWhatASpreadsheetPutsInFront) {
  const Measured m = good(
      "\xEF\xBB\xBF# kind: tga\n# material: lno\n# profile: 0 25\n"
      "time_h,mass_percent\n0,100\n1,99\n");
  EXPECT_EQ(m.kind, MeasuredKind::tga);
}

TEST(Measured, IsBounded) {
  EXPECT_THAT(complaint(kHead + std::string(5000, 'x')), HasSubstr("longer than 4096"));
  std::string keys = "# kind: tga\n";
  for (int i = 0; i < 70; ++i) keys += "# note: again\n";
  EXPECT_THAT(complaint(keys), HasSubstr("fewer than two rows"));
  std::string rows = kHead + "time_s,mass_percent\n";
  for (int i = 0; i <= 100'000; ++i) rows += std::to_string(i) + ",100\n";
  EXPECT_THAT(complaint(rows), HasSubstr("more than 100000 rows"));
  std::string wide = kHead + "time_s";
  for (int i = 0; i < 20; ++i) wide += ",mass_percent";
  EXPECT_THAT(complaint(wide + "\n"), HasSubstr("more than 16 columns"));
}

TEST(Measured, AFileThatIsNotThereIsSaid) {
  EXPECT_THAT(load_measured("no/such.csv").error().text(), HasSubstr("no/such.csv"));
}

}  // namespace
}  // namespace saggar::validate
