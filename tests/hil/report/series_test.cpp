// What of a series can be drawn, and that the rest is accounted for.
#include "hil/report/series.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinite = std::numeric_limits<double>::infinity();

TEST(DrawableSeries, TakesSoundPointsAsTheyAreAndSaysNothing) {
  Notes notes;
  const Points points = drawable(Series{"s", {0, 1, 2}, {5, kNone, 7}}, false, false, notes);
  EXPECT_EQ(points.x, (std::vector<double>{0, 1, 2}));
  EXPECT_EQ(points.y[2], 7);
  EXPECT_TRUE(std::isnan(points.y[1]));
  EXPECT_TRUE(notes.empty());  // a gap is what the caller meant
}

TEST(DrawableSeries, MakesGapsOfInfiniteAndHugeValues) {
  Notes notes;
  const Points points =
      drawable(Series{"s", {0, 1, kInfinite, 3}, {5, -kInfinite, 7, 1e301}}, false, false, notes);
  EXPECT_TRUE(std::isnan(points.y[1]) && std::isnan(points.x[2]) && std::isnan(points.y[3]));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].english, "3 values of \"s\": infinite or too large, left out.");
}

TEST(DrawableSeries, MakesGapsOfWhatALogarithmicAxisCannotShow) {
  Notes notes;
  const Points points = drawable(Series{"s", {0, 1, 2}, {0, -4, 7}}, false, true, notes);
  EXPECT_TRUE(std::isnan(points.y[0]) && std::isnan(points.y[1]));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].english, "2 values of \"s\": not above zero, left out of a logarithmic axis.");
}

TEST(DrawableSeries, OfUnequalLengthsIsAsLongAsTheShorter) {
  Notes notes;
  EXPECT_EQ(drawable(Series{"s", {0, 1, 2}, {5}}, false, false, notes).x.size(), 1u);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].english,
            "\"s\" has 3 values on one axis and 1 on the other; the first 1 are shown.");
}

TEST(DrawableSeries, WithoutAnyPointSaysSo) {
  for (const Series& s : {Series{"s", {}, {}}, Series{"s", {1, 2}, {kNone, kNone}}}) {
    Notes notes;
    drawable(s, false, false, notes);
    ASSERT_EQ(notes.size(), 1U);
    EXPECT_EQ(notes[0].english, "\"s\" has nothing to show.");
  }
}

TEST(DrawableSeries, IsThinnedWhenItIsLong) {
  Series s{"s", std::vector<double>(50'000), std::vector<double>(50'000, 1)};
  for (std::size_t i = 0; i < s.x.size(); ++i) s.x[i] = static_cast<double>(i);
  s.y[33'333] = 50;
  Notes notes;
  const Points points = drawable(s, false, false, notes);
  EXPECT_LE(points.x.size(), kMostPoints);
  EXPECT_EQ(*std::max_element(points.y.begin(), points.y.end()), 50);
}

TEST(DrawableBand, HasItsEdgesInOrderAndGapsWhereAnyIsMissing) {
  Notes notes;
  const Envelope band = drawable(Band{"b", {0, 1, 2, 3}, {4, 1, kNone, 0}, {2, 3, 4, kInfinite}},
                                 false, false, notes);
  EXPECT_EQ(band.lo[0], 2);
  EXPECT_EQ(band.hi[0], 4);
  EXPECT_TRUE(std::isnan(band.x[2]) && std::isnan(band.x[3]));
  EXPECT_EQ(notes.size(), 1u);
}

}  // namespace
}  // namespace saggar::report
