// What a lost link does to MVs that an application drives: shed, and the way back (SC-05, SC-06).
#include <gtest/gtest.h>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::AppState;
using domain::EventCode;
using domain::IntentKind;
using domain::Mode;

constexpr domain::MvId kMv = 1;
constexpr int kPeriod = 10, kBlip = 2 * kPeriod, kHealthy = 5 * kPeriod;  // cycles of 1 s

/// `n` cycles without a link; the number of MVs that were shed.
int lose(LoopRig& rig, int n) {
  int shed = 0;
  for (int i = 0; i < n; ++i) {
    rig.step([](domain::Frame& f) { f.link_up = false; });
    shed += rig.events_of(EventCode::mode_shed);
    for (const domain::Action action : rig.record.command.action) {
      EXPECT_NE(action, domain::Action::write);
    }
    // The field hears nothing and goes to its own recipe (SC-51).
    std::fill(rig.field.remote.begin(), rig.field.remote.end(), 0.0);
  }
  return shed;
}

TEST(CycleShed, ALinkLostInOnShedsEveryMvAfterTheShedTime) {  // SC-05, SC-46
  LoopRig rig;
  rig.switch_on();
  EXPECT_EQ(lose(rig, 5), 0);
  EXPECT_EQ(rig.record.applications[0], AppState::off);  // SC-77
  EXPECT_EQ(rig.record.modes[kMv].target, Mode::rcas);
  EXPECT_EQ(lose(rig, 1), 4);
  for (const domain::ModeBlock& block : rig.record.modes) {
    EXPECT_EQ(block.target, Mode::auto_);  // the default of SC-05
    EXPECT_EQ(block.actual, Mode::iman);
  }
  EXPECT_EQ(lose(rig, 100), 0) << "once";
}

TEST(CycleShed, WithoutReturnItComesBackOnlyWhenAPersonSwitchesOn) {  // SC-05
  for (const int lost : {1, 3, kBlip - 5, kBlip + 5}) {
    LoopRig rig;
    rig.switch_on();
    lose(rig, lost);
    for (int i = 0; i < 3 * kHealthy; ++i) {
      rig.step();
      ASSERT_EQ(rig.record.applications[0], AppState::off) << lost;
      for (const double remote : rig.field.remote) ASSERT_EQ(remote, 0) << lost;
    }
    rig.offer(IntentKind::acknowledge);
    rig.steps(60);
    EXPECT_EQ(rig.record.applications[0], AppState::off) << lost;
    rig.switch_on();
    EXPECT_EQ(rig.record.decisions[0].rung, kFirst) << lost;
    EXPECT_EQ(rig.record.modes[kMv].actual, Mode::rcas) << lost;
  }
}

TEST(CycleShed, ABlipComesBackByItselfWhereReturnIsAllowed) {  // SC-06: shorter than two periods
  for (const int lost : {1, 2, 4, 7, kBlip - 2}) {
    LoopRig rig("well_behaved", kRecipe_degC, returning_plant());
    rig.switch_on();
    EXPECT_EQ(lose(rig, lost) > 0, lost > 5) << lost;
    int prepared = 0;
    for (int i = 0; i < 60 && rig.record.applications[0] != AppState::on; ++i) {
      rig.step();
      prepared += rig.record.applications[0] == AppState::prepare ? 1 : 0;
    }
    EXPECT_EQ(rig.record.applications[0], AppState::on) << lost;
    EXPECT_GE(prepared, 1) << "through PREPARE like every other time";
    EXPECT_EQ(rig.record.modes[kMv].actual, Mode::rcas) << lost;
    EXPECT_EQ(rig.record.decisions[0].rung, kFirst) << lost;
  }
}

TEST(CycleShed, ALongerLossNeedsFiveHealthyPeriodsAndAPerson) {  // SC-06
  LoopRig rig("well_behaved", kRecipe_degC, returning_plant());
  rig.switch_on();
  EXPECT_EQ(lose(rig, kBlip + 5), 4);
  rig.steps(kHealthy - 5);
  rig.offer(IntentKind::acknowledge);  // too early
  rig.steps(2 * kHealthy);
  ASSERT_EQ(rig.record.applications[0], AppState::off);
  ASSERT_EQ(rig.record.modes[kMv].target, Mode::auto_);
  rig.offer(IntentKind::acknowledge);
  for (int i = 0; i < 60 && rig.record.applications[0] != AppState::on; ++i) rig.step();
  EXPECT_EQ(rig.record.applications[0], AppState::on);
  EXPECT_EQ(rig.record.modes[kMv].actual, Mode::rcas);
}

TEST(CycleShed, WhatAPersonSwitchedOffStaysOffAfterABlip) {
  for (const IntentKind kind : {IntentKind::switch_off, IntentKind::release}) {
    LoopRig rig("well_behaved", kRecipe_degC, returning_plant());
    rig.switch_on();
    lose(rig, 3);
    rig.offer(kind);
    lose(rig, 5);
    for (int i = 0; i < 100; ++i) {
      rig.step();
      ASSERT_EQ(rig.record.applications[0], AppState::off);
    }
  }
}

TEST(CycleShed, ARestoredCycleShedsAndReturnsLikeTheOriginal) {  // HI-11
  LoopRig a("complete", kRecipe_degC, returning_plant());
  a.switch_on();
  lose(a, 4);
  const std::vector<std::uint8_t> state = a.saved();
  LoopRig b("complete", kRecipe_degC, returning_plant());
  auto archive = domain::Archive::loading(state.data(), state.size());
  b.cycle.serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  b.field = a.field;
  b.count = a.count;
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(lose(a, 1), lose(b, 1));
    ASSERT_EQ(a.saved(), b.saved()) << i;
  }
  for (int i = 0; i < 80; ++i) {
    a.step(), b.step();
    ASSERT_EQ(a.saved(), b.saved()) << i;
  }
  EXPECT_EQ(b.record.applications[0], AppState::on);
}

}  // namespace
}  // namespace saggar::loop
