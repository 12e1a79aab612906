// The filter behind the guard: what passes, what is changed, what is refused.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/runtime/filter/filter_rig.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

using domain::Gate;
using domain::Outcome;
using domain::Source;
using filter::Verdict;

filter::Settings usual(const domain::Plant& plant) {
  filter::Settings s;
  s.margin_K = 0.2;
  s.noise_K = 1;
  s.drift_K_per_h = 6;
  s.offset_K = 3;
  s.loops = filter::nominal_loops(plant, {{0.94, 1.06}, {600, 1200}, {0, 60}});
  return s;
}

TEST(Filter, ARequestFarFromEveryLimitPassesWithoutALookAhead) {
  const domain::Plant plant = limited_plant(1, 100, 100);
  FilterRig rig(plant, usual(plant));
  for (int k = 0; k < 5; ++k) rig.step(750);
  for (int k = 0; k < 100; ++k) {
    rig.step(760);
    EXPECT_EQ(rig.verdict(), Verdict::clear) << k;
    EXPECT_EQ(rig.rig.count(Gate::g8_predictive, Outcome::clip), 0U);
  }
  EXPECT_DOUBLE_EQ(rig.rig.last(0), 760);
}

TEST(Filter, NearALimitTheRequestPassesAsLongAsTheBackupCanCatchIt) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, exact(plant));
  for (int k = 0; k < 5; ++k) rig.step(750);
  int caught = 0;
  while (!rig.filter.outcome().changed[0] && caught < 1000) {
    rig.step(775);  // where the zone would end is 5 K over the limit
    caught += rig.verdict() == Verdict::caught ? 1 : 0;
  }
  EXPECT_GT(rig.rig.last(0), 765);
  EXPECT_GT(caught, 0);
  EXPECT_LT(caught, 1000);
}

// Exactly known, no noise: the zone ends at its setpoint, so a request above the limit may stand
// for a while, but the zone never passes it, and comes as near as the filter can see to it.
TEST(Filter, ARequestThatWouldOvershootIsChangedOnlyWhenItMustBe) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, exact(plant));
  double first_changed_at = 0;
  for (int k = 0; k < 1000; ++k) {
    rig.step(775);
    if (first_changed_at == 0 && rig.filter.outcome().changed[0]) {
      first_changed_at = rig.zones[0].pv();
    }
    ASSERT_LE(rig.hottest(), 770 + 1e-6) << k;
    ASSERT_NE(rig.verdict(), Verdict::infeasible) << k;
  }
  EXPECT_GT(first_changed_at, 755);
  EXPECT_GT(rig.hottest(), 767);
}

TEST(Filter, TheSameHoldsAtTheLowerLimit) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, exact(plant));
  for (int k = 0; k < 1000; ++k) {
    rig.step(725);
    ASSERT_GE(rig.coldest(), 730 - 1e-6) << k;
  }
  EXPECT_LT(rig.coldest(), 733);
}

TEST(Filter, OnlyTheLoopThatWouldPassALimitIsChanged) {
  domain::Plant plant = limited_plant(1, 20, 20);
  plant.mvs[1].pv_high = 900;
  FilterRig rig(plant, usual(plant));
  bool changed = false;
  for (int k = 0; k < 200; ++k) {
    rig.step(772);
    for (const domain::GuardAction& action : rig.rig.actions) {
      if (action.gate != Gate::g8_predictive) continue;
      EXPECT_EQ(action.mv, 0);
      EXPECT_EQ(action.limit, domain::Reason::cv_limit);
      changed = true;
    }
  }
  EXPECT_TRUE(changed);
  EXPECT_DOUBLE_EQ(rig.rig.last(1), 772);
}

// A zone that stands 25 K over its setpoint, where 20 are allowed: the recipe itself is too hot.
TEST(Filter, SaysWhenNothingKeepsTheLimitsAndGoesTheOtherWay) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, usual(plant));
  for (int k = 0; k < 30; ++k) rig.step(760);
  EXPECT_NE(rig.verdict(), Verdict::infeasible);
  rig.zones[0].offset_K = 25;
  for (int k = 0; k < 30; ++k) rig.step(760);
  EXPECT_EQ(rig.verdict(), Verdict::infeasible);
  EXPECT_TRUE(rig.filter.outcome().infeasible[0]);
  EXPECT_FALSE(rig.filter.outcome().infeasible[1]);
  EXPECT_LT(rig.rig.last(0), 758);          // back to the recipe, against the request
  EXPECT_NEAR(rig.rig.last(1), 760, 1e-9);  // the other loop is as asked
}

TEST(Filter, NothingAskedNothingSaid) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, usual(plant));
  for (std::size_t i = 0; i < plant.mvs.size(); ++i) rig.rig.ask(i, 0, Source::none);
  rig.step();
  EXPECT_EQ(rig.verdict(), Verdict::blind);
  EXPECT_FALSE(rig.filter.outcome().changed[0]);
}

TEST(Filter, ARequestThatIsNoNumberNeverReachesItAndBreaksNothing) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, usual(plant));
  for (int k = 0; k < 50; ++k) rig.step(k % 3 == 1 ? std::nan("") : 772);
  EXPECT_TRUE(std::isfinite(rig.rig.last(0)));
  EXPECT_LE(rig.hottest(), 770);
}

TEST(Filter, WithoutAReadingItGoesByWhatItLastKnew) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, usual(plant));
  for (int k = 0; k < 30; ++k) rig.step(750);
  rig.noise = [] { return std::nan(""); };
  for (int k = 0; k < 1000; ++k) {
    rig.step(775);
    ASSERT_LE(rig.hottest(), 770) << k;
  }
  EXPECT_GT(rig.hottest(), 751);
}

TEST(Filter, NeverReadItChangesNothing) {
  const domain::Plant plant = limited_plant(1, 20, 20);
  FilterRig rig(plant, usual(plant));
  rig.noise = [] { return std::nan(""); };
  for (int k = 0; k < 30; ++k) rig.step(775);
  EXPECT_EQ(rig.verdict(), Verdict::blind);
}

/// Runs two filters over the same asks, the second restored from the first in the middle.
TEST(Filter, ARestoredFilterGoesOnWithTheSameBits) {
  const domain::Plant plant = limited_plant(2, 20, 20);
  FilterRig one(plant, usual(plant)), two(plant, usual(plant));
  const auto ask = [](int k) { return k / 40 % 2 == 0 ? 775.0 : 725.0; };
  for (int k = 0; k < 150; ++k) one.step(ask(k));
  std::vector<std::uint8_t> bytes, guard;
  auto save = domain::Archive::saving(bytes);
  one.filter.serialize(save);
  auto save_guard = domain::Archive::saving(guard);
  one.rig.guard.serialize(save_guard);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  two.filter.serialize(load);
  auto load_guard = domain::Archive::loading(guard.data(), guard.size());
  two.rig.guard.serialize(load_guard);
  ASSERT_TRUE(load.ok() && load.at_end() && load_guard.ok());
  two.zones = one.zones;
  two.rig.time_ns = one.rig.time_ns;
  two.rig.frame = one.rig.frame;
  for (int k = 150; k < 400; ++k) {
    one.step(ask(k));
    two.step(ask(k));
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) {
      const double a = one.rig.last(i), b = two.rig.last(i);
      ASSERT_EQ(std::memcmp(&a, &b, sizeof a), 0) << k;
    }
  }
}

TEST(Filter, TouchesNoHeapWhateverItHasToDo) {
  const domain::Plant plant = limited_plant(2, 20, 20);
  FilterRig rig(plant, usual(plant));
  for (int k = 0; k < 10; ++k) rig.step(750);
  bool changed = false;
  std::uint64_t allocations = 0;
  for (int k = 0; k < 300; ++k) {
    rig.before();
    for (std::size_t i = 0; i < plant.mvs.size(); ++i) rig.rig.ask(i, 775, Source::controller);
    {
      const gate::Scope scope;
      rig.rig.step(10);
      allocations += scope.counts().allocations;
    }
    rig.after();
    changed = changed || rig.filter.outcome().changed[0];
  }
  EXPECT_TRUE(changed);
  EXPECT_EQ(allocations, 0U);
}

}  // namespace
}  // namespace saggar::testing
