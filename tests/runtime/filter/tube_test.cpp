// What the tube knows after it has watched: calculated by hand.
#include <gtest/gtest.h>

#include "tests/runtime/filter/filter_rig.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

/// A tube that watches one loop: setpoint and reading are told to it.
class Watch {
 public:
  explicit Watch(filter::Settings settings, int zones = 1)
      : rig_(limited_plant(zones, 20, 20)),
        in_force_(rig_.plant.mvs.size(), kRecipe_degC),
        reference_(in_force_),
        low_(in_force_.size(), 700),
        high_(in_force_.size(), 800),
        tube(rig_.plant, settings) {}

  /// After `dt_s` the reading is `pv`; the setpoint was `w` meanwhile.
  void see(double dt_s, double w, double pv, domain::Quality quality = domain::Quality::good) {
    rig_.time_ns += static_cast<std::int64_t>(dt_s * 1e9);
    in_force_[0] = w;
    rig_.set(rig_.plant.mvs[0].pv, pv, quality);
    tube.observe({rig_.inputs(), in_force_, reference_, low_, high_});
  }
  void refer(double to) { reference_[0] = to; }

 private:
  Rig rig_;
  std::vector<double> in_force_, reference_, low_, high_;

 public:
  filter::Tube tube;
};

filter::Settings settings(filter::Nominal figures, double noise_K, double drift_K_per_h) {
  filter::Settings s;
  s.margin_K = 0;
  s.noise_K = noise_K;
  s.drift_K_per_h = drift_K_per_h;
  s.offset_K = 5;
  s.loops = filter::nominal_loops(limited_plant(1, 20, 20), figures);
  return s;
}

TEST(FilterTube, BeginsAsWideAsTheDeclaredOffset) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  EXPECT_FALSE(watch.tube.known(0));
  watch.see(1, 750, 752);
  ASSERT_TRUE(watch.tube.known(0));
  EXPECT_DOUBLE_EQ(watch.tube.offset(0).low, -5);
  EXPECT_DOUBLE_EQ(watch.tube.offset(0).high, 5);
}

// A zone that needs no heat stands far over its setpoint and does not follow it.
TEST(FilterTube, BelievesAZoneThatStandsFurtherOffThanDeclared) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 790);
  EXPECT_DOUBLE_EQ(watch.tube.offset(0).low, -5);
  EXPECT_DOUBLE_EQ(watch.tube.offset(0).high, 41);
  for (int i = 0; i < 60; ++i) watch.see(60, 750, 790);
  EXPECT_EQ(watch.tube.surprises(), 0U);
  EXPECT_NEAR(watch.tube.offset(0).low, 39, 0.3);
  EXPECT_NEAR(watch.tube.offset(0).high, 41, 0.3);
}

// The answer starts within 752 +- 6 and goes to 750 with exp(-60/600) a step; the offset is the
// reading less the answer: after k steps within 2 -+ 1 -+ (6 exp(-k/10) +- 2 exp(-k/10)).
TEST(FilterTube, FindsAnOffsetFromReadings) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 752);
  for (int k = 0; k < 10; ++k) watch.see(60, 750, 752);
  const double left = std::exp(-1.0);
  EXPECT_NEAR(watch.tube.offset(0).low, 752 - 1 - (750 + 8 * left), 1e-9);
  EXPECT_NEAR(watch.tube.offset(0).high, 752 + 1 - (750 - 4 * left), 1e-9);
  for (int k = 0; k < 100; ++k) watch.see(60, 750, 752);
  EXPECT_NEAR(watch.tube.offset(0).low, 1, 1e-3);
  EXPECT_NEAR(watch.tube.offset(0).high, 3, 1e-3);
  EXPECT_EQ(watch.tube.surprises(), 0U);
}

TEST(FilterTube, WithoutAReadingTheOffsetMayDriftForOneHorizonAndNoFurther) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 12));
  watch.see(1, 750, 750);
  for (int k = 0; k < 200; ++k) watch.see(60, 750, 750);
  const double before = watch.tube.offset(0).high;
  watch.see(60, 750, std::nan(""), domain::Quality::bad);
  EXPECT_NEAR(watch.tube.offset(0).high, before + 0.2, 1e-9);  // 12 K/h for a minute
  for (int k = 0; k < 100; ++k) watch.see(60, 750, 990, domain::Quality::bad);
  EXPECT_NEAR(watch.tube.offset(0).high, before + 6, 1e-9);  // 12 K/h for 30 min
  watch.see(60, 750, std::nan(""));
  EXPECT_TRUE(std::isfinite(watch.tube.offset(0).high));
}

TEST(FilterTube, AReadingThatNoDeclaredPlantCouldGiveStartsTheOffsetAnew) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 750);
  for (int k = 0; k < 200; ++k) watch.see(60, 750, 750);
  EXPECT_EQ(watch.tube.surprises(), 0U);
  watch.see(60, 750, 770);  // a jump of 20 K where nothing drifts
  EXPECT_EQ(watch.tube.surprises(), 1U);
  EXPECT_NEAR(watch.tube.offset(0).low, 19, 1e-3);
  EXPECT_NEAR(watch.tube.offset(0).high, 21, 1e-3);
}

// Reference 750 -> 760 with a gain of 1.1 +- 0.1: what the zone does is not known less or more.
TEST(FilterTube, AMovedReferenceMovesNothingButTheBookkeeping) {
  Watch watch(settings({{1.0, 1.2}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 750);
  for (int k = 0; k < 200; ++k) watch.see(60, 750, 750);
  const filter::Plan plan(watch.tube.steps() * watch.tube.loops(), 750);
  watch.tube.follow(plan);
  const double before = watch.tube.high(0, 0);
  watch.refer(760);
  watch.see(1, 750, 750);
  watch.tube.follow(plan);
  EXPECT_GE(watch.tube.high(0, 0), before - 1e-9);      // never less careful
  EXPECT_LE(watch.tube.high(0, 0), before + 2 + 1e-9);  // (0.2 - 0) x 10 K at most
}

TEST(FilterTube, AClockThatJumpsFarBeginsAnew) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 750);
  for (int k = 0; k < 100; ++k) watch.see(60, 750, 750);
  watch.see(1e6, 750, 750);
  EXPECT_DOUBLE_EQ(watch.tube.offset(0).high, 5);
  watch.see(-500, 750, 750);
  watch.see(60, 750, 750);
  EXPECT_EQ(watch.tube.passed(), 1U);
}

TEST(FilterTube, WatchingTouchesNoHeap) {
  Watch watch(settings({{1, 1}, {600, 600}, {0, 0}}, 1, 0));
  watch.see(1, 750, 750);
  const gate::Scope scope;
  for (int k = 0; k < 10; ++k) watch.see(60, 750, 750);
  EXPECT_EQ(scope.counts().allocations, 0U);
}

}  // namespace
}  // namespace saggar::testing
