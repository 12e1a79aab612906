// Bars stack without gaps, up and down; names stay readable; bad data is told.
#include "hil/report/stacked_bars.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <limits>

#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::Markup;

StackedBars bars(std::vector<std::string> names, std::vector<Part> parts) {
  StackedBars chart;
  chart.y = {"Energy", "kWh"};
  chart.bars = std::move(names);
  chart.parts = std::move(parts);
  return chart;
}

/// Top and height of the first bar of the n-th part.
std::pair<double, double> bar(const std::string& text, int n) {
  std::string d;
  for (const auto& element : Markup(text).elements) {
    if (element.attribute("class") == "bars c" + std::to_string(n)) d = element.attribute("d");
  }
  double x = 0, y = 0, width = 0, height = 0;
  EXPECT_EQ(std::sscanf(d.c_str(), "M%lf %lfh%lfv%lf", &x, &y, &width, &height), 4) << d;
  return {y, height};
}

TEST(StackedBars, StandOnEachOtherAndNegativeOnesHangBelowZero) {
  const std::string text = html(bars({"a"}, {{"p", {30}}, {"q", {-10}}, {"r", {60}}}));
  const auto [p_top, p] = bar(text, 0);
  const auto [q_top, q] = bar(text, 1);
  const auto [r_top, r] = bar(text, 2);
  EXPECT_NEAR(r, 2 * p, 0.2);
  EXPECT_NEAR(q, p / 3, 0.2);
  EXPECT_NEAR(r_top + r, p_top, 0.2);
  EXPECT_NEAR(q_top, p_top + p, 0.2);
}

TEST(StackedBars, ShowEverythingTheyWereGiven) {
  const std::string text = html(test::energy_bars());
  EXPECT_EQ(faults_of(text), "");
  for (const char* word :
       {"NCM811-2207-10", "NCM811-2207-23", "Heat of reaction", "Energy, kWh/t", ">Lot<"}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
  EXPECT_EQ(text, html(test::energy_bars()));
  EXPECT_LT(text.size(), 12'000u);
}

TEST(StackedBars, TurnNamesThatAreLongAndLeaveOutSomeOfMany) {
  EXPECT_EQ(html(bars({"a", "b"}, {{"p", {1, 2}}})).find("rotate(-40"), std::string::npos);
  EXPECT_NE(html(test::energy_bars()).find("rotate(-40"), std::string::npos);
  std::vector<std::string> hours;
  std::vector<double> values;
  for (int h = 0; h < 168; ++h) {
    hours.push_back(std::to_string(h) + ":00");
    values.push_back(h);
  }
  const std::string week = html(bars(hours, {{"p", values}}));
  EXPECT_EQ(week.find("rotate(-40"), week.npos);
  EXPECT_LT(Markup(week).count("text"), 40u);
  EXPECT_EQ(week.find("Note:"), week.npos);
}

TEST(StackedBars, AreAveragedWhenThereAreMoreThanFit) {
  const std::size_t n = 8760;
  const std::string text =
      html(bars(std::vector<std::string>(n, "h"), {{"p", std::vector<double>(n, 5)}}));
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(text.find("Each bar is the mean of 44 neighbours"), text.npos);
  EXPECT_LT(text.size(), 20'000u);
}

TEST(StackedBars, OfBadDataAreASoundFigureWithANote) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  for (const StackedBars& chart :
       {StackedBars{}, bars({}, {{"p", {}}}), bars({"a"}, {}), bars({"a", "b"}, {{"p", {1}}}),
        bars({"a"}, {{"p", {1, 2}}}), bars({"a"}, {{"p", {none}}}),
        bars({"a"}, {{"p", {infinite}}})}) {
    const std::string text = html(chart);
    EXPECT_EQ(faults_of(text), "");
    EXPECT_NE(text.find("Note:"), text.npos);
  }
}

TEST(StackedBars, OfZerosOrHugeValuesAreASoundFigure) {
  for (const double value : {0.0, 1e300, -1e300, 1e-310}) {
    EXPECT_EQ(faults_of(html(bars({"a"}, {{"p", {value}}, {"q", {value}}}))), "");
  }
}

}  // namespace
}  // namespace saggar::report
