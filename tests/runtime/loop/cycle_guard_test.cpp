// The guard and its predictive filter within a cycle, and what the ladders learn from them.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::Gate;
using domain::Outcome;
using domain::Reason;

/// The plant of the rig with limits of the PV of 20 K around the recipe.
const domain::Plant& limited() {
  static const domain::Plant plant = [] {
    domain::Plant p = loop_plant();
    for (domain::Mv& mv : p.mvs) {
      mv.pv_low = kRecipe_degC - 20;
      mv.pv_high = kRecipe_degC + 20;
    }
    return p;
  }();
  return plant;
}

CycleSettings filtered() {
  CycleSettings s = loop_settings();
  s.filter.emplace();
  s.filter->offset_K = 3;
  s.filter->noise_K = 1;
  s.filter->loops = filter::nominal_loops(limited(), {});
  return s;
}

std::uint32_t clips(const domain::Record& record) {
  return record.gates[static_cast<std::size_t>(Gate::g8_predictive)]
                     [static_cast<std::size_t>(Outcome::clip)];
}

TEST(CycleGuard, FarFromTheLimitsTheFilterLetsAllPass) {
  LoopRig rig("well_behaved", kRecipe_degC, limited(), filtered());
  rig.switch_on();
  for (int i = 0; i < 100; ++i) {
    rig.step();
    EXPECT_EQ(clips(rig.record), 0U);
  }
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
}

// The zones stand 19 K over the recipe, whatever is asked: the limit cannot be kept for long.
TEST(CycleGuard, WhereNothingKeepsTheLimitsHoldTakesOverInTheNextCycle) {  // SC-32
  LoopRig rig("well_behaved", kRecipe_degC, limited(), filtered());
  rig.switch_on();
  rig.steps(10);
  rig.field.pv = kRecipe_degC + 19;
  while (rig.record.decisions[0].rung == kFirst && rig.count < 1000) rig.step();
  EXPECT_EQ(rig.record.decisions[0].rung, kHold);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::filter_infeasible);
  rig.field.pv = kRecipe_degC;
  rig.steps(200);
  EXPECT_EQ(rig.record.decisions[0].blocked[kFirst], Reason::none);
}

// Zones that follow their setpoints and stand 5 K over them; asked for 15 K more they would end at
// their limit.
TEST(CycleGuard, AControllerThatLivesOnTheFilterLosesItsSeat) {  // LC-14
  CycleSettings settings = filtered();
  settings.ladders[0].interventions = {100, 600, 10};
  settings.ladders[0].filter = {20, 600, 10};  // 12 periods of 60
  LoopRig rig("asks_the_worst", kRecipe_degC, limited(), settings, {{"from_cycle", 60, {}}});
  rig.switch_on();
  ASSERT_LT(rig.count, 60U);
  std::uint32_t changed = 0;
  while (rig.record.decisions[0].rung == kFirst && rig.count < 6000) {
    rig.field.pv += (rig.field.working[0] + 5 - rig.field.pv) * (1 - std::exp(-1.0 / 900));
    rig.step();
    changed += clips(rig.record);
    ASSERT_LT(rig.field.pv, kRecipe_degC + 20);
  }
  EXPECT_GT(changed, 120U);
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::filter_activity);
}

TEST(CycleGuard, ARestoredCycleHasTheFilterAsItWas) {
  LoopRig one("complete", kRecipe_degC + 5, limited(), filtered());
  LoopRig two("complete", kRecipe_degC + 5, limited(), filtered());
  one.switch_on();
  one.steps(300);
  const auto bytes = one.saved();
  auto archive = domain::Archive::loading(bytes.data(), bytes.size());
  two.cycle.serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  two.field = one.field;
  two.count = one.count;
  for (int i = 0; i < 200; ++i) {
    one.step();
    two.step();
    ASSERT_EQ(one.saved(), two.saved()) << i;
  }
}

}  // namespace
}  // namespace saggar::loop
