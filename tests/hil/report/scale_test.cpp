// A scale is sound whatever the data is: finite, of some length, with marks.
#include "hil/report/scale.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

Axis logarithmic() {
  Axis axis{"Pressure", "Pa"};
  axis.logarithmic = true;
  return axis;
}

TEST(Axis, TextHasTheUnitAfterTheTitle) {
  EXPECT_EQ((Axis{"Temperature", "degC"}.text()), "Temperature, degC");
  EXPECT_EQ((Axis{"Count", ""}.text()), "Count");
  EXPECT_EQ((Axis{"", "K"}.text()), "K");
}

TEST(Scale, EndsWithTheDataOrAtTheNextMark) {
  Notes notes;
  const Scale tight = make_scale({}, {31, 768}, Fit::tight, 6, notes);
  EXPECT_EQ(tight.lo, 31);
  EXPECT_EQ(tight.hi, 768);
  const Scale rounded = make_scale({}, {31, 768}, Fit::rounded, 6, notes);
  EXPECT_EQ(rounded.lo, 0);
  EXPECT_EQ(rounded.hi, 800);
  EXPECT_EQ(rounded.ticks.size(), 5u);
  const Scale log = make_scale(logarithmic(), {3e-3, 40}, Fit::rounded, 6, notes);
  EXPECT_EQ(log.lo, 2e-3);
  EXPECT_EQ(log.hi, 50);
  EXPECT_TRUE(notes.empty());
}

TEST(Scale, PutsValuesOnPixelsInProportion) {
  Notes notes;
  Scale scale = make_scale({}, {0, 10}, Fit::tight, 5, notes);
  scale.at_lo_px = 200;
  scale.at_hi_px = 100;
  EXPECT_EQ(scale.px(0), 200);
  EXPECT_EQ(scale.px(2.5), 175);
  EXPECT_EQ(scale.px(1e300), -100);  // outside, but not far
  EXPECT_EQ(scale.px(-1e300), 400);
  EXPECT_EQ(scale.px(std::nan("")), 200);
  scale = make_scale(logarithmic(), {1, 100}, Fit::tight, 5, notes);
  EXPECT_NEAR(scale.px(10), 0.5, 1e-12);
  EXPECT_TRUE(std::isfinite(scale.px(0)));
  EXPECT_TRUE(std::isfinite(scale.px(-5)));
}

TEST(Scale, WidensAroundASingleValue) {
  Notes notes;
  for (const double value : {0.0, 750.0, -3e-9, 1e300, -1e300, 1e-300, 5e-324}) {
    for (const Fit fit : {Fit::tight, Fit::rounded}) {
      const Scale scale = make_scale({}, {value, value}, fit, 6, notes);
      EXPECT_LT(scale.lo, value) << value;
      EXPECT_GT(scale.hi, value) << value;
      EXPECT_TRUE(std::isfinite(scale.hi - scale.lo)) << value;
      EXPECT_GE(scale.ticks.size(), 2u) << value;
    }
  }
  // Rounding noise is a single value too.
  const Scale noise = make_scale({}, {750, 750 + 1e-12}, Fit::tight, 6, notes);
  EXPECT_GT(noise.hi - noise.lo, 1);
  const Scale log = make_scale(logarithmic(), {100, 100}, Fit::rounded, 6, notes);
  EXPECT_LT(log.lo, 100);
  EXPECT_GT(log.hi, 100);
}

TEST(Scale, WithoutDataIsStillAScale) {
  Notes notes;
  EXPECT_EQ(make_scale({}, {}, Fit::rounded, 6, notes).hi, 1);
  EXPECT_EQ(make_scale(logarithmic(), {}, Fit::rounded, 6, notes).lo, 1);
  Axis from{"x", ""};
  from.min = 5;
  const Scale scale = make_scale(from, {}, Fit::tight, 6, notes);
  EXPECT_LT(scale.lo, scale.hi);
  EXPECT_TRUE(notes.empty());
}

TEST(Scale, FollowsTheEndsThatAnAxisFixes) {
  Notes notes;
  Axis axis{"Temperature", "degC"};
  axis.min = 33;
  const Scale from = make_scale(axis, {100, 768}, Fit::rounded, 6, notes);
  EXPECT_EQ(from.lo, 33);
  EXPECT_EQ(from.hi, 800);
  axis.max = 512;
  EXPECT_EQ(make_scale(axis, {100, 768}, Fit::rounded, 6, notes).hi, 512);
  EXPECT_TRUE(notes.empty());
}

TEST(Scale, SaysWhichEndsItCannotFollow) {
  Axis crossed{"T", ""}, endless{"T", ""}, below = logarithmic();
  crossed.min = 10;
  crossed.max = 10;
  endless.max = std::numeric_limits<double>::infinity();
  below.min = 0;
  for (const Axis& axis : {crossed, endless, below}) {
    Notes notes;
    const Scale scale = make_scale(axis, {1, 100}, Fit::tight, 6, notes);
    EXPECT_EQ(scale.lo, 1);
    EXPECT_EQ(scale.hi, 100);
    EXPECT_EQ(notes.size(), 1u);
  }
}

TEST(Scale, IsFiniteOverAllThatCanBeDrawn) {
  Notes notes;
  for (const Fit fit : {Fit::tight, Fit::rounded}) {
    const Scale all = make_scale({}, {-1e300, 1e300}, fit, 6, notes);
    EXPECT_TRUE(std::isfinite(all.hi - all.lo));
    const Scale log = make_scale(logarithmic(), {1e-300, 1e300}, fit, 6, notes);
    EXPECT_GT(log.lo, 0);
    EXPECT_TRUE(std::isfinite(log.hi));
    EXPECT_NEAR(log.px(1), 0.5, 0.01);
  }
}

TEST(Drawable, IsWhatLeavesRoomForSpansAndSteps) {
  EXPECT_TRUE(is_drawable(-1e300));
  EXPECT_FALSE(is_drawable(1.1e300));
  EXPECT_FALSE(is_drawable(std::nan("")));
  EXPECT_TRUE(is_drawable_on_log(1e-300));
  EXPECT_FALSE(is_drawable_on_log(0));
  EXPECT_FALSE(is_drawable_on_log(-1));
}

}  // namespace
}  // namespace saggar::report
