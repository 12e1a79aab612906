// One cycle from frame to command, with real stages, real plugins and a field that obeys.
#include "runtime/loop/cycle.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/loop/loop_rig.hpp"

namespace saggar::loop {
namespace {

using domain::Action;
using domain::AnswerKind;
using domain::AppState;
using domain::EventCode;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;
using domain::Record;
using domain::Source;

constexpr domain::MvId kMv = 1;

/// True if the command says something finite about every MV and belongs to this cycle.
bool is_whole(const Record& record) {
  bool finite = record.command.value.size() == loop_plant().mvs.size();
  for (const double v : record.command.value) finite = finite && std::isfinite(v);
  return finite && record.command.cycle == record.cycle &&
         record.command.valid_until_ns == record.time_ns + 5'000'000'000;
}
int count(const Record& record, Action action) {
  int n = 0;
  for (const Action a : record.command.action) n += a == action ? 1 : 0;
  return n;
}

TEST(Cycle, EveryCycleEndsWithACommandWhateverTheFrameHolds) {
  LoopRig rig;
  rig.step();
  ASSERT_TRUE(is_whole(rig.record));
  rig.switch_on();
  ASSERT_TRUE(is_whole(rig.step([](domain::Frame& f) {
    for (domain::Sample& s : f.samples) s.value = NAN;
  })));
  ASSERT_TRUE(is_whole(rig.step([](domain::Frame& f) { f.link_up = false; })));
  ASSERT_TRUE(is_whole(rig.step([](domain::Frame& f) { f.sequence = 1; })));
  ASSERT_TRUE(is_whole(rig.step([](domain::Frame& f) { f.time_ns = -1; })));
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(is_whole(rig.run()));
}

TEST(Cycle, BeforeTheFirstFrameNothingIsWritten) {
  LoopRig rig;
  for (int i = 0; i < 3; ++i) {
    rig.run();
    EXPECT_EQ(rig.record.command.cycle, rig.count);
    EXPECT_EQ(count(rig.record, Action::write), 0);
  }
}

TEST(Cycle, WhileOffNothingIsWrittenAndControllersRunInShadow) {  // SC-15, SC-65
  LoopRig rig;
  for (int i = 0; i < 50; ++i) {
    rig.step();
    ASSERT_EQ(count(rig.record, Action::write), 0);
    ASSERT_EQ(rig.record.decisions[0].rung, control::Ladder::kOff);
    ASSERT_EQ(rig.record.proposals[1].status, domain::ProposalStatus::ok);
    ASSERT_EQ(rig.record.proposals[1].inputs_sequence, rig.record.frame.sequence);
  }
  for (const double remote : rig.field.remote) EXPECT_EQ(remote, 0);
}

TEST(Cycle, SwitchingOnGoesThroughPrepareAndReadyAndMovesNothing) {  // SC-16, SC-55
  LoopRig rig;
  rig.step();
  rig.offer(IntentKind::switch_on);
  std::vector<AppState> path;
  for (int i = 0; i < 120 && rig.record.applications[0] != AppState::on; ++i) {
    rig.step();
    const AppState state = rig.record.applications[0];
    if (path.empty() || path.back() != state) path.push_back(state);
    for (const double v : rig.field.working) ASSERT_EQ(v, kRecipe_degC);
  }
  EXPECT_EQ(path, (std::vector<AppState>{AppState::prepare, AppState::ready, AppState::switch_on,
                                         AppState::on}));
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);
  EXPECT_EQ(rig.record.decisions[0].controller, 0);
  EXPECT_EQ(rig.record.decisions[0].bump, 0);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(rig.record.modes[i].actual, Mode::rcas);
    EXPECT_EQ(rig.record.request.asks[i].source, Source::controller);
    EXPECT_EQ(rig.field.remote[i], 1);
  }
}

TEST(Cycle, CasFollowsTheRecipe) {
  LoopRig rig;
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::set_setpoint, kMv, Mode::man, 754);
  rig.steps(2);
  ASSERT_EQ(rig.field.working[kMv], 754);
  rig.offer(IntentKind::set_mode, kMv, Mode::cas);
  rig.step();
  EXPECT_EQ(rig.record.modes[kMv].actual, Mode::cas);
  EXPECT_EQ(rig.record.request.asks[kMv].source, Source::recipe);
  EXPECT_EQ(rig.record.command.value[kMv], 754);  // no bump; the difference is bled off (SC-57)
  rig.steps(9 * 60);                              // 4 K at 0.5 K/min takes 8 min
  EXPECT_EQ(rig.record.command.value[kMv], kRecipe_degC);
}

TEST(Cycle, AnMvWithoutARecipeValueBlocksItsDuty) {  // SC-75
  CycleSettings settings = loop_settings();
  settings.recipe[kMv] = NAN;
  LoopRig rig("well_behaved", kRecipe_degC, loop_plant(), settings);
  rig.step();
  rig.offer(IntentKind::switch_on);
  rig.steps(120);
  EXPECT_NE(rig.record.applications[0], AppState::on);
  const auto bit = 1U << static_cast<unsigned>(operate::Permissive::recipe);
  EXPECT_NE(rig.record.decisions[0].missing & bit, 0U);
}

TEST(Cycle, TheRecordSaysWhatIsMissingAndWhatAClimbNeeds) {  // SC-70, SC-76
  LoopRig rig;
  rig.switch_on();
  const auto trip = 1U << static_cast<unsigned>(operate::Permissive::trip);
  EXPECT_EQ(rig.record.decisions[0].missing, 0U);
  EXPECT_EQ(rig.record.decisions[0].unconnected, trip);  // this plant shows no trip
  EXPECT_EQ(rig.record.decisions[0].climb_needs, Reason::none);
  rig.offer(IntentKind::ai_off);
  rig.step();
  EXPECT_EQ(rig.record.decisions[0].climb_needs, Reason::operator_request);
  EXPECT_EQ(rig.record.decisions[0].blocked[kFirst], Reason::operator_request);
  EXPECT_EQ(rig.record.decisions[0].blocked[kSecond], Reason::none);
  rig.step([](domain::Frame& f) { f.link_up = false; });
  const auto link = 1U << static_cast<unsigned>(operate::Permissive::link);
  EXPECT_EQ(rig.record.decisions[0].missing, link);
  EXPECT_EQ(rig.record.decisions[0].application_reason, Reason::permissive_missing);
  EXPECT_EQ(rig.record.decisions[0].blocked[kSecond], Reason::link_lost);
}

TEST(Cycle, ALostLinkIsSaidOnceAndNothingIsWrittenWhileItLasts) {  // SC-46
  LoopRig rig;
  rig.switch_on();
  const auto lose = [](domain::Frame& f) { f.link_up = false; };
  rig.step(lose);
  EXPECT_EQ(rig.events_of(EventCode::link_lost), 1);
  EXPECT_EQ(count(rig.record, Action::write), 0);
  EXPECT_EQ(rig.record.decisions[0].rung, kLocal);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::link_lost);
  for (int i = 0; i < 10; ++i) {
    rig.step(lose);
    ASSERT_EQ(rig.events_of(EventCode::link_lost), 0);
    ASSERT_EQ(count(rig.record, Action::write), 0);
  }
  EXPECT_NE(rig.record.applications[0], AppState::on);
  rig.step();
  EXPECT_EQ(rig.events_of(EventCode::link_up), 1);
  EXPECT_EQ(count(rig.record, Action::write), 0);  // it comes back off: a person switches on
}

TEST(Cycle, LostAndReusedFramesAreSaid) {
  LoopRig rig;
  rig.step();
  rig.step([](domain::Frame& f) { f.missed = 3; });
  ASSERT_EQ(rig.events_of(EventCode::frame_gap), 1);
  for (const domain::Event& event : rig.record.events) {
    if (event.code == EventCode::frame_gap) {
      EXPECT_EQ(event.x, 3);
    }
  }
  rig.record.frame.missed = 0;
  std::vector<int> said;
  for (int i = 0; i < 4; ++i) rig.run(), said.push_back(rig.events_of(EventCode::frame_reused));
  EXPECT_EQ(said, (std::vector<int>{0, 1, 0, 0}));
  rig.step();
  rig.run();
  rig.run();
  EXPECT_EQ(rig.events_of(EventCode::frame_reused), 1);  // a new gap is said anew
}

TEST(Cycle, OldInputsTakeTheSeatFromEveryController) {  // G2, SC-26
  LoopRig rig;
  rig.switch_on();
  rig.run();
  EXPECT_EQ(rig.record.decisions[0].rung, kFirst);  // 1 s old: still fresh
  rig.run();
  EXPECT_EQ(rig.record.decisions[0].rung, kHold);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::stale_frame);
}

TEST(Cycle, AMissingPermissiveSwitchesOffThroughHoldAndIsTheReason) {  // SC-18, SC-77
  LoopRig rig;
  rig.switch_on();
  rig.step([](domain::Frame& f) {
    f.samples[loop_plant().mvs[kMv].working].quality = domain::Quality::bad;  // 75 % are readable
  });
  EXPECT_EQ(rig.record.applications[0], AppState::switch_off);
  EXPECT_EQ(rig.record.decisions[0].rung, kHold);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::permissive_missing);
  rig.steps(3);
  EXPECT_EQ(rig.record.applications[0], AppState::off);
  for (const double remote : rig.field.remote) EXPECT_EQ(remote, 0);
}

TEST(Cycle, AControllerThatTheGuardCorrectsTooOftenLosesItsSeat) {  // SC-67
  CycleSettings settings = loop_settings();
  settings.ladders[0].interventions = {20, 600, 10};  // 12 periods of 60
  LoopRig rig("limitless", kRecipe_degC, loop_plant(), settings, {{"from_cycle", 60, {}}});
  rig.switch_on();
  ASSERT_LT(rig.count, 60U);
  int corrected = 0;
  while (rig.record.decisions[0].rung == kFirst && rig.count < 1000) {
    rig.step();
    corrected += rig.record.guard_actions.empty() ? 0 : 1;
  }
  EXPECT_EQ(rig.record.decisions[0].rung, kSecond);
  EXPECT_EQ(rig.record.decisions[0].reason, Reason::intervention);
  EXPECT_NEAR(corrected, 120, 10);
  rig.steps(130);  // the second is the same animal: then nobody is left to drive
  EXPECT_EQ(rig.record.decisions[0].rung, kHold);
}

TEST(Cycle, AHandOverIsMeasuredFromWhatTheFieldWorksWith) {  // SC-55
  LoopRig rig("complete", 749.9);
  rig.switch_on();
  rig.steps(30);
  ASSERT_GT(rig.field.working[kMv], kRecipe_degC);
  for (double& working : rig.field.working) working += 0.5;  // somebody turned the field's own knob
  rig.offer(IntentKind::hold);
  rig.step();
  EXPECT_NEAR(rig.record.decisions[0].bump, 0.5, 1e-9);
  rig.step();
  EXPECT_NEAR(rig.record.decisions[0].bump, 0.5, 1e-9);  // of the last move, until the next
}

TEST(Cycle, ATuningRunMovesItsMvInTheNameOfThePersonWhoStartedIt) {
  LoopRig rig("complete");
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::set_setpoint, kMv, Mode::man, 753);
  rig.offer(IntentKind::tune_start, kMv, Mode::man, 5);
  rig.step();
  EXPECT_EQ(rig.last.kind, AnswerKind::done);
  EXPECT_EQ(rig.record.request.asks[kMv].source, Source::operator_);
  EXPECT_EQ(rig.record.request.asks[kMv].value, rig.record.proposals[0].value[kMv]);
  EXPECT_NE(rig.record.request.asks[kMv].value, 753);
  rig.offer(IntentKind::tune_abort, kMv);
  rig.step();
  EXPECT_EQ(rig.events_of(EventCode::tune_aborted), 1);
  EXPECT_EQ(rig.record.request.asks[kMv].value, 753);
}

TEST(Cycle, AControllersRefusalBecomesTheOneAnswer) {  // SC-08
  LoopRig rig;                                         // cannot tune
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  const std::uint64_t id = rig.offer(IntentKind::tune_start, kMv, Mode::man, 5);
  rig.step();
  EXPECT_EQ(rig.answers[id], 1);
  EXPECT_EQ(rig.last.kind, AnswerKind::error);
  EXPECT_EQ(rig.last.reason, Reason::not_supported);
}

TEST(Cycle, AControllerThatIsBusyAnswersBusy) {  // SC-08: ask again later, not an error
  LoopRig rig("complete");
  rig.switch_on();
  rig.offer(IntentKind::set_mode, kMv, Mode::man);
  rig.step();
  rig.offer(IntentKind::tune_start, kMv, Mode::man, 5);
  rig.step();
  ASSERT_EQ(rig.last.kind, AnswerKind::done);
  EXPECT_EQ(rig.events_of(EventCode::intent_done), 1);
  rig.offer(IntentKind::tune_start, kMv, Mode::man, 5);
  rig.step();
  EXPECT_EQ(rig.last.kind, AnswerKind::busy);
  EXPECT_EQ(rig.last.reason, Reason::busy);
  EXPECT_EQ(rig.events_of(EventCode::intent_refused), 1);
  EXPECT_EQ(rig.events_of(EventCode::intent_done), 0) << "one event, that of the answer";
}

TEST(Cycle, EveryIntentIsAnsweredExactlyOnce) {  // SC-08
  LoopRig rig;
  rig.step();
  for (int i = 0; i < 30; ++i) {  // more than one record holds
    const auto kind = static_cast<IntentKind>(i % domain::kIntentKindCount);
    rig.offer(kind, static_cast<domain::MvId>(i % 5), Mode::man, 750);
  }
  rig.steps(10);
  EXPECT_EQ(rig.answers.size(), 30U);
  for (const auto& [id, times] : rig.answers) EXPECT_EQ(times, 1) << id;
}

TEST(Cycle, TwoEqualCyclesGiveEqualCommandsAndEqualState) {
  LoopRig a("complete", 749.9), b("complete", 749.9);
  for (LoopRig* rig : {&a, &b}) rig->switch_on();
  for (int i = 0; i < 200; ++i) {
    for (LoopRig* rig : {&a, &b}) {
      if (i == 100) rig->offer(IntentKind::set_mode, kMv, Mode::man);
      rig->step();
    }
    ASSERT_EQ(a.record.command.value, b.record.command.value);
    ASSERT_EQ(a.record.command.action, b.record.command.action);
    ASSERT_EQ(a.saved(), b.saved()) << i;
  }
  EXPECT_GT(a.record.command.value[0], kRecipe_degC);
}

TEST(Cycle, ARestoredCycleGoesOnBitForBit) {  // HI-11
  LoopRig a("complete", 749.9);
  a.switch_on();
  a.offer(IntentKind::set_mode, kMv, Mode::man);
  a.steps(37);
  const std::vector<std::uint8_t> state = a.saved();
  LoopRig b("complete", 749.9);
  auto archive = domain::Archive::loading(state.data(), state.size());
  b.cycle.serialize(archive);
  ASSERT_TRUE(archive.ok() && archive.at_end());
  EXPECT_EQ(b.saved(), state);
  b.field = a.field;
  b.count = a.count;
  for (int i = 0; i < 100; ++i) {
    a.step(), b.step();
    ASSERT_EQ(a.record.command.value, b.record.command.value) << i;
    ASSERT_EQ(a.record.command.action, b.record.command.action) << i;
    ASSERT_EQ(a.saved(), b.saved()) << i;
  }
}

}  // namespace
}  // namespace saggar::loop
