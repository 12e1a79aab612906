// Lines stand where they say, their labels beside each other; what does not fit is said.
#include "hil/report/reference_lines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/hil/report/markup.hpp"

namespace saggar::report {
namespace {

Plot plot_of_a_hundred() {
  Notes notes;
  const Scale scale = make_scale({}, {0, 100}, Fit::tight, 5, notes);
  return begin_plot({"p", {}, {}}, scale, scale, scale);
}

/// Elements of a class that begins with `wanted`, after drawing `lines`.
std::vector<test::Element> drawn(Plot plot, const std::vector<ReferenceLine>& lines, Notes& notes,
                                 std::string_view wanted) {
  draw_reference_lines(plot, lines, notes);
  std::vector<test::Element> out;
  for (const auto& element : test::Markup(plot.drawing.finish()).elements) {
    if (element.attribute("class").starts_with(wanted)) out.push_back(element);
  }
  return out;
}

TEST(ReferenceLines, StandAtTheirValue) {
  Notes notes;
  const Plot plot = plot_of_a_hundred();
  const auto lines = drawn(
      plot,
      {{25, "low"}, {50, "entry", Across::vertical}, {75, "flow", Across::horizontal, Side::right}},
      notes, "reference");
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0].attribute("y1"), coordinate(plot.y.px(25)));
  EXPECT_EQ(lines[0].attribute("y1"), lines[0].attribute("y2"));
  EXPECT_EQ(lines[1].attribute("x1"), coordinate(plot.x.px(50)));
  EXPECT_EQ(lines[2].attribute("y1"), coordinate(plot.right.px(75)));
  EXPECT_TRUE(notes.empty());
}

TEST(ReferenceLines, ThatAreCloseHaveTheirLabelsApart) {
  Notes notes;
  const auto labels =
      drawn(plot_of_a_hundred(), {{50, "one"}, {50.5, "two"}, {51, "three"}}, notes, "small");
  ASSERT_EQ(labels.size(), 3u);
  for (std::size_t a = 0; a < 3; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      const double dx = std::stod(labels[a].attribute("x")) - std::stod(labels[b].attribute("x"));
      const double dy = std::stod(labels[a].attribute("y")) - std::stod(labels[b].attribute("y"));
      EXPECT_TRUE(std::abs(dx) > 100 || std::abs(dy) >= 11) << a << " " << b;
    }
  }
}

TEST(ReferenceLines, AtTheEdgesHaveTheirLabelsInside) {
  Notes notes;
  const Plot plot = plot_of_a_hundred();
  const auto labels = drawn(plot,
                            {{0, "bottom"},
                             {100, "top"},
                             {0, "first", Across::vertical},
                             {100, "last", Across::vertical}},
                            notes, "small");
  ASSERT_EQ(labels.size(), 4u);
  for (const auto& label : labels) {
    EXPECT_GE(std::stod(label.attribute("x")), plot.area.x);
    EXPECT_LT(std::stod(label.attribute("x")), plot.area.right() - 15);
    EXPECT_GE(std::stod(label.attribute("y")), plot.area.y - 2);
    EXPECT_LE(std::stod(label.attribute("y")), plot.area.bottom());
  }
}

TEST(ReferenceLines, OutsideOrNowhereAreLeftOutWithANote) {
  Notes notes;
  const double none = std::numeric_limits<double>::quiet_NaN();
  const auto lines =
      drawn(plot_of_a_hundred(), {{101, "above"}, {none, "none"}, {-1, "before", Across::vertical}},
            notes, "reference");
  EXPECT_TRUE(lines.empty());
  EXPECT_EQ(notes.size(), 3u);
  EXPECT_NE(notes[0].english.find("above"), std::string::npos);
}

}  // namespace
}  // namespace saggar::report
