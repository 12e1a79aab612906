// Charts of good and of bad data: always a sound figure, always the truth about what is missing.
#include "hil/report/line_chart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <limits>

#include "tests/hil/report/markup.hpp"
#include "tests/hil/report/sample_page.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::kNone;
using test::Markup;

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// The d attribute of the first path of this class that is not in the legend.
std::string path_of(const std::string& text, const std::string& classes) {
  std::string found;
  for (const auto& element : Markup(text).elements) {
    if (element.attribute("class") == classes) found = element.attribute("d");
  }
  return found;
}

LineChart small_chart(std::vector<double> x, std::vector<double> y) {
  LineChart chart;
  chart.x = {"Time", "h"};
  chart.y = {"T", "degC"};
  chart.series = {{"s", std::move(x), std::move(y)}};
  return chart;
}

TEST(LineChart, DrawsThroughItsPoints) {
  const std::string path = path_of(html(small_chart({0, 1, 2}, {0, 10, 5})), "line c0");
  // From the lower left corner to the top in the middle to the right at half height.
  double x[3], y[3];
  ASSERT_EQ(std::sscanf(path.c_str(), "M%lf %lfL%lf %lfL%lf %lf", x, y, x + 1, y + 1, x + 2, y + 2),
            6)
      << path;
  EXPECT_NEAR(x[1] - x[0], x[2] - x[1], 0.11);
  EXPECT_NEAR(y[0] - y[1], 2 * (y[2] - y[1]), 0.21);
}

TEST(LineChart, LeavesGapsAndShowsLonePoints) {
  const std::string path =
      path_of(html(small_chart({0, 1, 2, 3, 4, 5}, {1, 2, kNone, 4, kNone, 5})), "line c0");
  EXPECT_EQ(std::count(path.begin(), path.end(), 'M'), 3);
  EXPECT_EQ(std::count(path.begin(), path.end(), 'L'), 1);
  EXPECT_EQ(std::count(path.begin(), path.end(), 'h'), 2);
}

TEST(LineChart, MarksPointsAndSteps) {
  LineChart chart = small_chart({0, 1, 2}, {1, 2, 3});
  chart.series[0].mark = Mark::steps;
  chart.series[0].dashed = true;
  const std::string steps = path_of(html(chart), "line dashed c0");
  EXPECT_EQ(std::count(steps.begin(), steps.end(), 'V'), 2);
  chart.series[0].mark = Mark::points;
  chart.series[0].dashed = false;
  const std::string dots = path_of(html(chart), "dots c0");
  EXPECT_EQ(std::count(dots.begin(), dots.end(), 'h'), 3);
}

TEST(LineChart, ShowsEverythingItWasGiven) {
  const std::string text = html(test::bed_chart());
  EXPECT_EQ(faults_of(text), "");
  for (const char* word :
       {"Bed and zone temperature of saggar 17", "Time since entry, h", "Temperature, degC",
        "Moisture, kg", "Zone 7, roof", "Free moisture (right axis)", "Estimate, 95 %",
        "sintering limit 770 degC", "end of heat-up", "The core lags"}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
  EXPECT_EQ(text.find("Note:"), text.npos);
  EXPECT_EQ(text, html(test::bed_chart()));
}

TEST(LineChart, HasAreasOfBandsThatCloseAtGaps) {
  LineChart chart = small_chart({0, 4}, {0, 1});
  chart.bands = {{"b", {0, 1, 2, 3, 4}, {0, 0, kNone, 0, 0}, {1, 1, 1, 1, 1}}};
  const std::string area = path_of(html(chart), "area c0");
  EXPECT_EQ(std::count(area.begin(), area.end(), 'z'), 2);
  EXPECT_EQ(std::count(area.begin(), area.end(), 'L'), 6);
}

TEST(LineChart, HasALogarithmicAxisWithAnEqualPlaceForEveryDecade) {
  LineChart chart = small_chart({0, 1, 2}, {1, 10, 100});
  chart.y.logarithmic = true;
  double x[3], y[3];
  const std::string path = path_of(html(chart), "line c0");
  ASSERT_EQ(std::sscanf(path.c_str(), "M%lf %lfL%lf %lfL%lf %lf", x, y, x + 1, y + 1, x + 2, y + 2),
            6);
  EXPECT_NEAR(y[0] - y[1], y[1] - y[2], 0.11);
}

TEST(LineChart, KeepsASpikeOfAMillionPointsAndStaysSmall) {
  LineChart chart = small_chart({}, {});
  for (int i = 0; i < 1'000'000; ++i) {
    chart.series[0].x.push_back(i);
    chart.series[0].y.push_back(i == 654'321 ? 100 : 0.001 * (i % 10));
  }
  const std::string text = html(chart);
  EXPECT_LT(text.size(), 40'000u);
  EXPECT_NE(text.find(">100<"), text.npos);  // the axis reaches it
}

// None of these may crash, write a coordinate that is none, or pass in silence.
TEST(LineChart, OfBadDataIsASoundFigureWithANote) {
  const std::vector<LineChart> bad = {LineChart{},
                                      small_chart({}, {}),
                                      small_chart({1, 2, 3}, {kNone, kNone, kNone}),
                                      small_chart({1, 2, 3}, {1, 2}),
                                      small_chart({1, kInfinite, 3}, {1, 2, -kInfinite}),
                                      small_chart({1e308, 2}, {1, -1e308})};
  for (const LineChart& chart : bad) {
    const std::string text = html(chart);
    EXPECT_EQ(faults_of(text), "");
    EXPECT_NE(text.find("Note:"), text.npos);
  }
}

TEST(LineChart, OfValuesWithoutASpanIsASoundFigure) {
  for (const double value : {0.0, 750.0, -1e300, 1e-310}) {
    const std::string text = html(small_chart({3, 3, 3}, {value, value, value}));
    EXPECT_EQ(faults_of(text), "");
    EXPECT_EQ(text.find("Note:"), text.npos) << value;
  }
}

TEST(LineChart, OfNegativeValuesOnALogarithmicAxisSaysWhatIsMissing) {
  LineChart chart = small_chart({1, 2, 3}, {-1, 0, 5});
  chart.y.logarithmic = chart.x.logarithmic = true;
  chart.lines = {{-3, "below"}};
  chart.bands = {{"b", {-1, 1}, {0, 1}, {2, 2}}};
  const std::string text = html(chart);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(text.find("2 values of &quot;s&quot;: not above zero"), text.npos);
  EXPECT_NE(text.find("&quot;below&quot; lies outside"), text.npos);
}

TEST(LineChart, WithASeriesOnTheRightHasAnAxisThereEvenIfNoneIsDescribed) {
  LineChart chart = small_chart({1, 2}, {1, 2});
  chart.series.push_back({"r", {1, 2}, {1000, 3000}, Side::right});
  const std::string text = html(chart);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(text.find(">3000<"), text.npos);
}

TEST(LineChart, OfManySeriesTellsThemApart) {
  LineChart chart;
  for (int i = 0; i < 20; ++i) {
    chart.series.push_back({"z" + std::to_string(i), {0, 1}, {1.0 * i, 2.0 * i}});
  }
  const std::string text = html(chart);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(path_of(text, "line c5 d2"), "");
}

}  // namespace
}  // namespace saggar::report
