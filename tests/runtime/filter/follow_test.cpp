// The tube along a plan: calculated by hand.
#include <gtest/gtest.h>

#include "tests/runtime/filter/filter_rig.hpp"

namespace saggar::testing {
namespace {

/// A tube that has just begun at rest at 750 degC, exactly known unless `settings` says otherwise.
class At750 {
 public:
  explicit At750(filter::Settings settings, int zones = 1)
      : rig_(limited_plant(zones, 20, 20)),
        per_mv_(rig_.plant.mvs.size(), kRecipe_degC),
        tube(rig_.plant, settings) {
    for (const domain::Mv& mv : rig_.plant.mvs) rig_.set(mv.pv, kRecipe_degC);
    tube.observe({rig_.inputs(), per_mv_, per_mv_, per_mv_, per_mv_});
  }
  /// All loops at `value` for ever.
  void hold(double value) { tube.follow(filter::Plan(tube.steps() * tube.loops(), value)); }

 private:
  Rig rig_;
  std::vector<double> per_mv_;

 public:
  filter::Tube tube;
};

filter::Settings known(filter::Nominal figures) {
  filter::Settings s = exact(limited_plant(1, 20, 20));
  s.loops = filter::nominal_loops(limited_plant(1, 20, 20), figures);
  return s;
}

TEST(FilterFollow, AStepOfTenKelvinIsAFirstOrderLag) {
  At750 at(known({{1, 1}, {600, 600}, {0, 0}}));
  at.hold(760);
  for (std::size_t k : {0, 1, 9, 29}) {
    const double end = 760 - 10 * std::exp(-(static_cast<double>(k) + 1) * 60 / 600);
    EXPECT_NEAR(at.tube.high(k, 0), end, 1e-9) << k;
  }
  EXPECT_NEAR(at.tube.high(30, 0), 760, 1e-9);  // for ever after
  EXPECT_NEAR(at.tube.room(0), 10, 1e-9);       // the limit is 770
  EXPECT_TRUE(at.tube.too_hot(0));
}

// Up as fast and as far as the errors allow, down as slowly and as little.
TEST(FilterFollow, ErrorsOfGainAndLagTakeTheWorseSideEachWay) {
  At750 at(known({{0.9, 1.1}, {300, 900}, {0, 0}}));
  at.hold(760);
  EXPECT_NEAR(at.tube.high(4, 0), 761 - 11 * std::exp(-1.0), 1e-9);  // 300 s of 300 s
  EXPECT_NEAR(at.tube.low(1, 0), 750, 1e-9);  // the first step begins with 750 in force
  EXPECT_NEAR(at.tube.high(30, 0), 761, 1e-9);
  at.hold(740);
  EXPECT_NEAR(at.tube.low(4, 0), 739 + 11 * std::exp(-1.0), 1e-9);
  EXPECT_NEAR(at.tube.low(30, 0), 739, 1e-9);
  EXPECT_FALSE(at.tube.too_hot(0));
}

TEST(FilterFollow, DeadTimeDelaysOnlyAsFarAsItIsCertain) {
  At750 at(known({{1, 1}, {600, 600}, {120, 180}}));
  at.hold(760);
  EXPECT_NEAR(at.tube.high(1, 0), 750, 1e-9);
  EXPECT_NEAR(at.tube.high(2, 0), 760 - 10 * std::exp(-0.1), 1e-9);
  EXPECT_NEAR(at.tube.low(3, 0), 750, 1e-9);
}

TEST(FilterFollow, TheOffsetDriftsBothWays) {
  filter::Settings s = known({{1, 1}, {600, 600}, {0, 0}});
  s.drift_K_per_h = 12;
  At750 at(s);
  at.hold(750);
  EXPECT_NEAR(at.tube.high(0, 0), 750.2, 1e-9);
  EXPECT_NEAR(at.tube.low(29, 0), 744, 1e-9);
  EXPECT_NEAR(at.tube.high(30, 0), 756, 1e-9);
}

TEST(FilterFollow, MarginAndResolutionComeOffTheLimit) {
  domain::Plant plant = limited_plant(1, 20, 20);
  plant.mvs[0].resolution = 0.5;
  filter::Settings s = exact(plant);
  s.margin_K = 2;
  const filter::Tube tube(plant, s);
  EXPECT_DOUBLE_EQ(tube.upper(0), 770 - 2 - 0.5);
  EXPECT_DOUBLE_EQ(tube.lower(0), 730 + 2 + 0.5);
  EXPECT_DOUBLE_EQ(tube.upper(1), 768);
  plant.mvs[1].pv_high = 2000;  // then the independent limiter counts: 1100 less 15
  EXPECT_DOUBLE_EQ(filter::Tube(plant, s).upper(1), 1083);
}

// A neighbour adds between 0.1 and 0.3 K per K, with a lag of its own.
TEST(FilterFollow, NeighboursAdd) {
  filter::Settings s = known({{1, 1}, {600, 600}, {0, 0}});
  s.loops[0].neighbours = {{1, {0.1, 0.3}}};
  s.loops[0].neighbour_lag_s = {300, 300};
  At750 at(s);
  filter::Plan plan(at.tube.steps() * 2, 750);
  for (std::size_t k = 0; k < at.tube.steps(); ++k) plan[k * 2 + 1] = 760;
  at.tube.follow(plan);
  EXPECT_NEAR(at.tube.high(4, 0), 750 + 3 * (1 - std::exp(-1.0)), 1e-9);
  EXPECT_NEAR(at.tube.high(30, 0), 753, 1e-9);
  EXPECT_NEAR(at.tube.low(0, 0), 750, 1e-9);
  EXPECT_NEAR(at.tube.low(30, 0), 751 - std::exp(-5.8), 1e-9);  // 29 steps of it
  EXPECT_NEAR(at.tube.high(30, 1), 760, 1e-9);
}

// Whatever the setpoint does inside the range, the room at once is not more than along any plan.
TEST(FilterFollow, TheCheckAtOnceIsNeverBolderThanAnyPlan) {
  At750 at(known({{0.9, 1.1}, {300, 900}, {30, 90}}));
  std::mt19937 draw(7);
  for (int trial = 0; trial < 1000; ++trial) {
    filter::Plan plan(at.tube.steps() * 2);
    double low[2] = {750, 750}, high[2] = {750, 750};
    for (std::size_t i = 0; i < plan.size(); ++i) {
      plan[i] = 735 + 30 * static_cast<double>(draw()) / 4294967295.0;
      low[i % 2] = std::min(low[i % 2], plan[i]);
      high[i % 2] = std::max(high[i % 2], plan[i]);
    }
    at.tube.follow(plan);
    for (std::size_t l : {0, 1}) {
      ASSERT_LE(at.tube.room_at_once(l, low, high), at.tube.room(l) + 1e-9);
    }
  }
}

// What the search between two plans rests on.
TEST(FilterFollow, TheSetOfSafePlansIsConvex) {
  At750 at(known({{0.9, 1.1}, {300, 900}, {30, 90}}));
  std::mt19937 draw(11);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * static_cast<double>(draw()) / 4294967295.0;
  };
  filter::Plan a(at.tube.steps() * 2), b(a), mid(a);
  for (int trial = 0; trial < 1000; ++trial) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      a[i] = uniform(730, 775);
      b[i] = uniform(725, 770);
      mid[i] = (a[i] + b[i]) / 2;
    }
    at.tube.follow(a);
    const double of_a = at.tube.room(0);
    at.tube.follow(b);
    const double of_b = at.tube.room(0);
    at.tube.follow(mid);
    ASSERT_GE(at.tube.room(0), (of_a + of_b) / 2 - 1e-9);
  }
}

}  // namespace
}  // namespace saggar::testing
