#include "runtime/app/page_text.hpp"

#include <gtest/gtest.h>

namespace saggar::app {
namespace {

TEST(PageText, ColumnsStandBelowOneAnotherInBothLanguages) {
  report::Page page;
  page.title = "Report";
  page.subtitle = "of a day";
  report::Table table;
  table.title = "Figures";
  table.columns = {{"조건"}, {"value", {}, 2}, {"note"}};
  table.rows = {{{"time", 1.5, "x"}}, {{"온도 편차", 12.25}}};
  table.footnote = "K";
  page.sections = {{"One", {report::Paragraph{"Words."}, table}}};
  // Korean letters take two columns: "온도 편차" nine, "조건" four.
  EXPECT_EQ(page_text(page),
            "Report\nof a day\n\nOne\n  Words.\n\n  Figures\n"
            "    조건       value  note\n"
            "    time       1.50   x\n"
            "    온도 편차  12.25\n"
            "    K\n");
}

TEST(PageText, WhatIsNotThereIsEmptyAndChartsAreLeftOut) {
  report::Page page;
  page.title = "Report";
  report::Table table;
  table.columns = {{"a"}};
  table.rows = {{{report::Cell()}}, {}};
  page.sections = {{"One", {report::LineChart{}, table}}};
  EXPECT_EQ(page_text(page), "Report\n\nOne\n\n    a\n\n\n");
}

}  // namespace
}  // namespace saggar::app
