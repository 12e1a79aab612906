// The frame around the data: room for its labels, a legend in rows, notes below.
#include "hil/report/plot.hpp"

#include <gtest/gtest.h>

#include "tests/hil/report/markup.hpp"

namespace saggar::report {
namespace {

Scale scale(double lo, double hi) {
  Notes notes;
  return make_scale({}, {lo, hi}, Fit::rounded, kPartsUp, notes);
}

std::string svg(Plot& plot) { return plot.drawing.finish(); }

TEST(Plot, GivesTheScalesTheirPixels) {
  Plot plot = begin_plot({"p", {"Time", "h"}, {"T", "degC"}}, scale(0, 10), scale(0, 800));
  EXPECT_EQ(plot.x.px(0), plot.area.x);
  EXPECT_EQ(plot.x.px(10), plot.area.right());
  EXPECT_EQ(plot.y.px(0), plot.area.bottom());
  EXPECT_EQ(plot.y.px(800), plot.area.y);
  EXPECT_GT(plot.area.width, 500);
  EXPECT_LT(plot.area.right(), kChartWidth_px);
  EXPECT_EQ(test::faults_of(svg(plot)), "");
}

TEST(Plot, CanCountDownwards) {
  Frame frame{"p", {}, {"Depth", "mm"}};
  frame.y_down = true;
  const Plot plot = begin_plot(frame, scale(0, 1), scale(0, 80));
  EXPECT_EQ(plot.y.px(0), plot.area.y);
}

TEST(Plot, MakesRoomForASecondAxisAndForLongLabels) {
  const Plot one = begin_plot({"p", {}, {}}, scale(0, 1), scale(0, 1));
  Frame frame{"p", {}, {}};
  frame.right = Axis{"Flow", "kg/h"};
  const Plot two = begin_plot(frame, scale(0, 1), scale(0, 1), scale(0, 5));
  EXPECT_LT(two.area.right(), one.area.right() - 25);
  const Plot longer = begin_plot({"p", {}, {}}, scale(0, 1), scale(750.001, 750.002));
  EXPECT_GT(longer.area.x, one.area.x + 20);
}

TEST(Plot, WrapsItsLegendAndGrowsByIt) {
  Frame frame{"p", {}, {}};
  for (int i = 0; i < 30; ++i) {
    frame.legend.push_back({"Zone " + std::to_string(i) + ", roof", Sign::line, "c0"});
  }
  Plot plot = begin_plot(frame, scale(0, 1), scale(0, 1));
  EXPECT_GT(plot.area.y, 80);
  EXPECT_GT(plot.area.height, 200);
  const test::Markup markup(svg(plot));
  EXPECT_EQ(markup.count("path"), 30u);
  for (const auto& element : markup.elements) {
    const bool entry = element.name == "text" && element.attribute("text-anchor").empty();
    if (!entry) continue;
    EXPECT_LT(std::stod(element.attribute("x")), kChartWidth_px - 60);
  }
}

TEST(Plot, ShortensNamesThatAreLongerThanThePage) {
  const std::string endless(5000, 'W');
  Frame frame{"p", {endless, ""}, {endless, ""}};
  frame.legend = {{endless, Sign::dot, "c0"}, {"", Sign::area, "c1"}};
  Plot plot = begin_plot(frame, scale(0, 1), scale(0, 1));
  EXPECT_LT(svg(plot).size(), 6000u);
}

TEST(Plot, KeepsHeightsInWhichAChartCanBeRead) {
  Frame frame{"p", {}, {}};
  for (const int height : {-5, 0, 1 << 30}) {
    frame.height_px = height;
    const Plot plot = begin_plot(frame, scale(0, 1), scale(0, 1));
    EXPECT_GT(plot.area.height, 80);
    EXPECT_LT(plot.area.height, 900);
  }
}

TEST(Figure, HasTitleCaptionAndNotesAsText) {
  Drawing drawing(100, "d");
  const std::string text = figure("A < B", drawing, "C & D", {"one", "two"}, "en");
  EXPECT_EQ(test::faults_of(text), "");
  EXPECT_NE(text.find("<figcaption>A &lt; B</figcaption>"), text.npos);
  EXPECT_NE(text.find("<p class=\"caption\">C &amp; D</p>"), text.npos);
  EXPECT_NE(text.find("<p class=\"note\">Note: two</p>"), text.npos);
}

}  // namespace
}  // namespace saggar::report
