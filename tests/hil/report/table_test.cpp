// Tables as people read them.
#include "hil/report/table.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "hil/report/json.hpp"
#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;

TEST(Table, IsWrittenAsIs) {
  Table table{"T", {{"Name"}, {"Peak", "degC", 1}}, {{{"core", 231.44}}, {{"roof"}}}, "f"};
  EXPECT_EQ(html(table),
            "<div class=\"table scroll\">\n<table>\n<caption>T</caption>\n<thead>\n"
            "<tr><th scope=\"col\">Name</th>"
            "<th scope=\"col\" class=\"r\">Peak<span class=\"unit\">degC</span></th></tr>\n"
            "</thead>\n<tbody>\n"
            "<tr><td>core</td><td class=\"r\">231.4</td></tr>\n"
            "<tr><td>roof</td><td class=\"r\"></td></tr>\n"
            "</tbody>\n</table>\n<p class=\"caption\">f</p>\n</div>\n");
}

TEST(Table, SaysVerdictsInWordsNotByColourAlone) {
  const std::string text = html(test::check_table());
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(text.find(">Verdict</th>"), text.npos);
  for (const char* word : {"pass", "miss", "misfit", "info"}) {
    EXPECT_NE(text.find("<b class=\"" + std::string(word) + "\">" + word + "</b>"), text.npos);
  }
  Table none = test::check_table();
  for (Row& row : none.rows) row.verdict = Verdict::none;
  EXPECT_EQ(html(none).find("Verdict"), std::string::npos);
}

TEST(Table, ShowsNumbersWithTheDigitsOfCellOrColumn) {
  Table table{"", {{"a", "", 2}, {"b"}}, {{{1.005, 1.0 / 3}}, {{Cell(1.0, 0), 2}}}};
  const std::string text = html(table);
  for (const char* cell : {">1.00<", ">0.333333<", ">1<", ">2<"}) {
    EXPECT_NE(text.find(cell), text.npos) << cell;
  }
}

TEST(Table, ShowsWhatIsNoNumberAsADash) {
  const Table table{"", {{"a"}}, {{{std::numeric_limits<double>::quiet_NaN()}}}};
  EXPECT_NE(html(table).find(">\u2013<"), std::string::npos);
}

TEST(Table, AlignsNumbersRightUnlessToldOtherwise) {
  Table table{"", {{"a"}, {"b"}, {"c"}}, {{{1, 1, "x"}}, {{2, "y", Cell()}}}};
  std::string text = html(table);
  EXPECT_NE(text.find("<th scope=\"col\" class=\"r\">a<"), text.npos);
  EXPECT_NE(text.find("<th scope=\"col\">b<"), text.npos);
  table.columns[0].align = Align::left;
  table.columns[2].align = Align::centre;
  text = html(table);
  EXPECT_NE(text.find("<th scope=\"col\">a<"), text.npos);
  EXPECT_NE(text.find("<th scope=\"col\" class=\"m\">c<"), text.npos);
}

TEST(Table, WithRowsOfAnyLengthIsSoundAndTellsOfCellsWithoutAColumn) {
  const Table table{"", {{"a"}}, {{{}}, {{1}}, {{1, 2}}}};
  EXPECT_EQ(faults_of(html(table)), "");
  EXPECT_NE(html(table).find("more cells than there are columns: 1."), std::string::npos);
  EXPECT_EQ(faults_of(html(Table{})), "");
}

TEST(Keys, AreMadeOfHeaderAndUnit) {
  Table table;
  table.columns = {
      {"Peak temperature", "degC"}, {"Rate", "K/min"}, {"Share", "%"},
      {"Pressure", "mPa"},          {"\uC628\uB3C4"},  {"x", "", -1, false, {}, "own"}};
  const std::vector<std::string> expected = {
      "peak_temperature_degC", "rate_K_per_min", "share_percent",
      "pressure_mPa",          "column_5",       "own"};
  EXPECT_EQ(keys(table), expected);
}

TEST(Keys, AreDistinctAndLeaveVerdictAlone) {
  Table table;
  table.columns = {{"a"}, {"A"}, {"a"}, {"Verdict"}};
  EXPECT_EQ(keys(table), (std::vector<std::string>{"a", "a_2", "a_3", "verdict_2"}));
}

TEST(Verdict, HasAWord) {
  EXPECT_EQ(word(Verdict::misfit), "misfit");
  EXPECT_EQ(word(Verdict::none), "");
}

TEST(Table, VerdictsMaySpeakAnotherLanguageOnPagesAndKeepTheirWordForMachines) {
  Table table;
  table.columns = {{"Check"}};
  table.rows = {{{"a"}, Verdict::miss, "\uBD88\uD569\uACA9 <1>"}, {{"b"}, Verdict::pass}};
  table.verdict_header = "\uD310\uC815";
  const std::string text = html(table);
  EXPECT_NE(text.find("<b class=\"miss\">\uBD88\uD569\uACA9 &lt;1&gt;</b>"), text.npos);
  EXPECT_NE(text.find("<b class=\"pass\">pass</b>"), text.npos);
  EXPECT_NE(text.find(">\uD310\uC815</th>"), text.npos);
  EXPECT_NE(json(table).find("\"miss\""), std::string::npos);
}

}  // namespace
}  // namespace saggar::report
