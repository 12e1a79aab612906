// Stretches lie where their time is, states are told in words, bad data is told.
#include "hil/report/ribbon.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <limits>

#include "tests/hil/report/markup.hpp"

namespace saggar::report {
namespace {

using test::faults_of;
using test::Markup;

Ribbon ladder() {
  Ribbon r;
  r.title = "Who drove";
  r.x = {"Time", "h"};
  r.rows = {{"heat", {{0, 30, "mpc"}, {30, 40, "pid"}, {40, 72, "mpc"}}},
            {"atmosphere", {{0, 72, "recipe"}}},
            {"alarms", {}, {29.9, 31, 31.2}}};
  r.states = {"mpc", "pid", "recipe"};
  return r;
}

/// Left edge and width of every stretch of the n-th state.
std::vector<std::pair<double, double>> stretches(const std::string& text, int n) {
  std::vector<std::pair<double, double>> out;
  for (const auto& element : Markup(text).elements) {
    if (element.attribute("class") != "bars c" + std::to_string(n)) continue;
    double x = 0, y = 0, width = 0;
    const std::string d = element.attribute("d");
    EXPECT_EQ(std::sscanf(d.c_str(), "M%lf %lfh%lf", &x, &y, &width), 3) << d;
    out.emplace_back(x, width);
  }
  return out;
}

TEST(Ribbon, StretchesAreAsLongAsTheirTime) {
  const std::string text = html(ladder());
  // The first of each state is its sign in the legend.
  const auto mpc = stretches(text, 0), pid = stretches(text, 1);
  ASSERT_EQ(mpc.size(), 3u);
  ASSERT_EQ(pid.size(), 2u);
  EXPECT_NEAR(mpc[1].second, 3 * pid[1].second, 0.5);
  EXPECT_NEAR(mpc[1].first + mpc[1].second, pid[1].first, 0.2);
  EXPECT_NEAR(pid[1].first + pid[1].second, mpc[2].first, 0.2);
}

TEST(Ribbon, TellsEverythingInWords) {
  const std::string text = html(ladder());
  EXPECT_EQ(faults_of(text), "");
  for (const char* word : {">heat<", ">alarms<", ">mpc<", ">pid<", "Time, h", "3 events"}) {
    EXPECT_NE(text.find(word), text.npos) << word;
  }
  EXPECT_EQ(text.find("Note:"), text.npos);
  EXPECT_EQ(text, html(ladder()));
}

TEST(Ribbon, AStateOfAMinuteInThreeDaysIsSeen) {
  Ribbon r = ladder();
  r.rows[0].stretches = {{0, 36, "mpc"}, {36, 36.02, "hold"}, {36.02, 72, "mpc"}};
  const auto hold = stretches(html(r), 3);
  ASSERT_EQ(hold.size(), 2u) << "and in the legend, though nobody gave it a colour";
  EXPECT_GE(hold[1].second, 1.4);
}

TEST(Ribbon, OfBadDataIsASoundFigureWithANote) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  Ribbon nothing, infinite, backward, stroke;
  infinite.rows = {{"a", {{0, std::numeric_limits<double>::infinity(), "x"}}}};
  backward.rows = {{"a", {{2, 1, "x"}}}};
  stroke.rows = {{"<&\"", {{0, 1, "</svg>"}}, {none}}};
  for (const Ribbon& r : {nothing, infinite, backward, stroke}) {
    const std::string text = html(r);
    EXPECT_EQ(faults_of(text), "");
    EXPECT_NE(text.find("Note:"), text.npos);
  }
}

TEST(Ribbon, OfTooManyRowsSaysHowManyAreMissing) {
  Ribbon r;
  for (int i = 0; i < 30; ++i) r.rows.push_back({"row", {{0, 1, "x"}}});
  const std::string text = html(r);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_NE(text.find("6 more rows"), text.npos);
}

TEST(Ribbon, OfAMomentIsASoundFigure) {
  Ribbon r;
  r.rows = {{"a", {{5, 5, "x"}}}};
  EXPECT_EQ(faults_of(html(r)), "");
}

}  // namespace
}  // namespace saggar::report
