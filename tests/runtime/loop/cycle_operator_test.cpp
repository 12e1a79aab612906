// What people ask of a cycle: values, modes, the three buttons and the way back from them.
#include <gtest/gtest.h>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::Action;
using domain::AnswerKind;
using domain::AppState;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;
using domain::Record;
using domain::Source;

constexpr domain::MvId kMv = 1;

int count(const Record& record, Action action) {
  int n = 0;
  for (const Action a : record.command.action) n += a == action ? 1 : 0;
  return n;
}

TEST(CycleOperator, AFrozenBiasStandsUntilItIsUnfrozen) {  // SC-57
  LoopRig rig;
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::set_setpoint, kMv, Mode::man, 754);
  rig.steps(2);
  rig.offer(IntentKind::freeze_bias);
  rig.offer(IntentKind::set_mode, kMv, Mode::cas);
  rig.steps(5 * 60);
  EXPECT_EQ(rig.record.command.value[kMv], 754);
  EXPECT_TRUE(rig.record.decisions[0].bias_frozen);
  EXPECT_FALSE(rig.record.decisions[1].bias_frozen);
  rig.offer(IntentKind::freeze_bias);
  rig.step();
  EXPECT_EQ(rig.last.reason, Reason::nothing_to_do);
  rig.offer(IntentKind::unfreeze_bias);
  rig.steps(4 * 60);  // 2 of the 4 K at 0.5 K/min
  EXPECT_NEAR(rig.record.command.value[kMv], 752, 0.1);
  EXPECT_FALSE(rig.record.decisions[0].bias_frozen);
}

TEST(CycleOperator, TheThreeButtonsActInTheSameCycle) {  // SC-91
  const std::vector<std::pair<IntentKind, std::uint8_t>> buttons = {{IntentKind::ai_off, kSecond},
                                                                    {IntentKind::hold, kHold}};
  for (const auto& [button, rung] : buttons) {
    LoopRig rig;
    rig.switch_on();
    rig.offer(button);
    rig.step();
    EXPECT_EQ(rig.record.decisions[0].rung, rung);
    EXPECT_TRUE(rig.record.decisions[0].moved);
    EXPECT_EQ(rig.record.decisions[0].reason, Reason::operator_request);
    EXPECT_EQ(rig.last.kind, AnswerKind::done);
    EXPECT_EQ(rig.last.cycle, rig.count);
    const Source source = button == IntentKind::hold ? Source::hold : Source::controller;
    EXPECT_EQ(rig.record.request.asks[kMv].source, source);
  }
  LoopRig rig;
  rig.switch_on();
  rig.offer(IntentKind::release);
  rig.step();
  EXPECT_EQ(rig.record.decisions[0].rung, kLocal);
  EXPECT_EQ(count(rig.record, Action::release), 4);
  rig.steps(60);
  for (const double remote : rig.field.remote) EXPECT_EQ(remote, 0);  // and it stays so
}

TEST(CycleOperator, SwitchingOnAgainLiftsEachButtonAndTheBestRungDrives) {  // SC-91
  for (const IntentKind button : {IntentKind::ai_off, IntentKind::hold, IntentKind::release}) {
    LoopRig rig;
    rig.switch_on();
    rig.offer(button);
    rig.steps(10);
    const bool on = rig.record.applications[0] == AppState::on;
    EXPECT_EQ(on, button != IntentKind::release) << domain::name(button);
    rig.switch_on();  // OFF: through PREPARE; ON: the best rung takes the seat at once
    rig.step();
    EXPECT_EQ(rig.record.decisions[0].rung, kFirst) << domain::name(button);
    EXPECT_EQ(rig.last.kind, AnswerKind::done) << domain::name(button);
    for (int i = 0; i < 60; ++i) {
      rig.step();
      ASSERT_EQ(rig.record.applications[0], AppState::on) << domain::name(button) << " " << i;
      ASSERT_EQ(rig.record.decisions[0].rung, kFirst) << domain::name(button) << " " << i;
    }
    EXPECT_EQ(rig.record.modes[kMv].actual, Mode::rcas) << domain::name(button);
  }
}

TEST(CycleOperator, AClimbLiftsAiOffAndHold) {  // SC-91
  for (const IntentKind button : {IntentKind::ai_off, IntentKind::hold}) {
    LoopRig rig;
    rig.switch_on();
    rig.offer(button);
    rig.steps(10);
    ASSERT_NE(rig.record.decisions[0].rung, kFirst);
    rig.offer(IntentKind::climb);
    rig.steps(2);
    EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
    EXPECT_EQ(rig.record.modes[kMv].actual, Mode::rcas);
  }
}

TEST(CycleOperator, HoldKeepsTheLastSetpoints) {
  LoopRig rig("complete", 749.9);  // moves its setpoints up all the time
  rig.switch_on();
  rig.steps(30);
  const double held = rig.field.working[kMv];
  ASSERT_GT(held, kRecipe_degC);
  rig.offer(IntentKind::hold);
  rig.steps(60);
  EXPECT_EQ(rig.field.working[kMv], held);
}

TEST(CycleOperator, APersonsValueReachesTheCommandAndNoFurtherThanItsLimits) {
  for (const Mode mode : {Mode::man, Mode::auto_}) {
    LoopRig rig;
    rig.switch_on();
    rig.offer(IntentKind::set_mode, kMv, mode);
    rig.step();
    ASSERT_EQ(rig.record.modes[kMv].actual, mode);
    EXPECT_EQ(rig.record.command.value[kMv], kRecipe_degC);  // begins where it was
    rig.offer(IntentKind::set_setpoint, kMv, mode, 752);
    rig.step();
    EXPECT_EQ(rig.record.request.asks[kMv].source, Source::operator_);
    EXPECT_EQ(rig.record.request.asks[kMv].value, 752);
    EXPECT_EQ(rig.record.command.value[kMv], 752);
    rig.offer(IntentKind::set_setpoint, kMv, mode, 990);
    double before = 752;
    for (int i = 0; i < 120; ++i) {
      rig.step();
      ASSERT_LE(rig.record.command.value[kMv] - before, 5.0 + 1e-9);
      before = rig.record.command.value[kMv];
    }
    EXPECT_EQ(rig.record.command.value[kMv], kRecipe_degC + 15);  // the trim band ends there
    EXPECT_EQ(rig.record.modes[kMv].limited, domain::Limited::high);
    EXPECT_EQ(rig.record.command.value[0],
              kRecipe_degC);  // the neighbour stays with its controller
  }
}

}  // namespace
}  // namespace saggar::loop
