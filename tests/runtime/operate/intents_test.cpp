#include "runtime/operate/intents.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/runtime/operate/intent_desk.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

TEST(Intents, TenThousandRandomCommandsAreEachAnsweredOnce) {  // SC-08
  Desk desk;
  std::uint64_t dice = 1234567890123ULL;
  const auto roll = [&](std::uint64_t n) {
    dice ^= dice << 13, dice ^= dice >> 7, dice ^= dice << 17;
    return dice % n;
  };
  std::map<std::uint64_t, int> answered;
  std::map<AnswerKind, int> kinds;
  std::uint64_t offered = 0;
  const auto collect = [&] {
    ASSERT_EQ(desk.applied.size(), desk.answers.size());
    for (std::size_t i = 0; i < desk.answers.size(); ++i) {
      ASSERT_EQ(desk.answers[i].id, desk.applied[i].id);
      ++answered[desk.answers[i].id];
      ++kinds[desk.answers[i].kind];
    }
  };
  while (offered < 10'000) {
    for (std::uint64_t k = roll(12); k > 0; --k) {
      Intent intent = desk.make(static_cast<IntentKind>(roll(domain::kIntentKindCount)));
      intent.mv = roll(3) == 0 ? domain::kNoMv : static_cast<domain::MvId>(roll(6));
      intent.duty = static_cast<Duty>(roll(3));
      intent.mode = static_cast<Mode>(roll(8));
      intent.rung = static_cast<std::uint8_t>(roll(6) == 0 ? 0xFF : roll(6));
      intent.controller = static_cast<domain::ControllerId>(roll(4));
      intent.value = roll(10) == 0 ? NAN : 700 + static_cast<double>(roll(400));
      intent.not_before = roll(4) == 0 ? desk.cycle + roll(20) : 0;
      if (roll(3) == 0) intent.key.assign("gain");
      if (roll(20) == 0) intent.who = {};
      if (desk.intents.offer(intent)) {
        ++offered;
      }  // else the caller answers busy, and this id must never appear
    }
    desk.step();
    collect();
  }
  for (int k = 0; k < 100 && desk.intents.waiting() > 0; ++k) {
    desk.step();
    collect();
  }
  EXPECT_EQ(desk.intents.waiting(), 0U);
  std::uint64_t total = 0;
  for (const auto& [id, count] : answered) {
    EXPECT_EQ(count, 1) << id;
    total += static_cast<std::uint64_t>(count);
  }
  EXPECT_EQ(total, offered);
  for (const AnswerKind kind :
       {AnswerKind::done, AnswerKind::busy, AnswerKind::aborted, AnswerKind::error}) {
    EXPECT_GT(kinds[kind], 0) << name(kind);
  }
}

TEST(Intents, WhoStationAndReasonAreNeeded) {
  for (int missing = 0; missing < 3; ++missing) {
    Desk desk;
    Intent intent = desk.mode(0, Mode::man);
    if (missing == 0) intent.who = {};
    if (missing == 1) intent.station = {};
    if (missing == 2) intent.reason = {};
    const domain::IntentAnswer answer = desk.ask(intent);
    EXPECT_EQ(answer.kind, AnswerKind::error);
    EXPECT_EQ(answer.reason, Reason::incomplete);
    EXPECT_NE(desk.modes.blocks()[0].target, Mode::man);
  }
}

TEST(Intents, EmergencyNeedsNothingAndActsInTheSameCycle) {  // SC-91
  const struct {
    IntentKind kind;
    Force force;
  } rows[] = {{IntentKind::ai_off, Force::ai_off},
              {IntentKind::hold, Force::hold},
              {IntentKind::release, Force::release}};
  for (const auto& row : rows) {
    Desk desk;
    desk.ask(desk.mode(1, Mode::cas));
    ASSERT_EQ(desk.modes.blocks()[1].actual, Mode::cas);
    Intent bare;
    bare.kind = row.kind;
    bare.not_before = 1'000'000;  // waits for nothing
    ASSERT_TRUE(desk.intents.offer(bare));
    desk.step();
    ASSERT_EQ(desk.answers.size(), 1U);
    EXPECT_EQ(desk.answers[0].kind, AnswerKind::done);
    for (const Force force : desk.intents.demands().force) EXPECT_EQ(force, row.force);
    const Mode expected = row.force == Force::hold      ? Mode::lo
                          : row.force == Force::release ? Mode::iman
                                                        : Mode::cas;
    EXPECT_EQ(desk.modes.blocks()[1].actual, expected);
    desk.step();
    EXPECT_EQ(desk.intents.demands().force[0], row.force);  // stands
  }
}

TEST(Intents, EmergencyComesFirstAndHasItsOwnPlaceInAFullQueue) {  // SC-91
  Desk desk;
  while (desk.intents.offer(desk.make(IntentKind::acknowledge))) {
  }
  EXPECT_EQ(desk.intents.waiting(), 48U);  // 16 places are for emergencies
  const Intent hold = desk.make(IntentKind::hold);
  ASSERT_TRUE(desk.intents.offer(hold));
  desk.step();
  EXPECT_EQ(desk.answers[0].id, hold.id);
}

TEST(Intents, TheStrongestForceStandsUntilAClimbLiftsIt) {
  Desk desk;
  desk.intents.offer(desk.make(IntentKind::hold));
  desk.intents.offer(desk.make(IntentKind::ai_off));
  desk.step();
  EXPECT_EQ(desk.intents.demands().force[0], Force::hold);
  Intent climb = desk.make(IntentKind::climb);
  climb.rung = 1;
  EXPECT_EQ(desk.ask(climb).kind, AnswerKind::done);
  EXPECT_EQ(desk.intents.demands().force[0], Force::none);
  EXPECT_EQ(desk.intents.demands().force[1], Force::hold);  // of this duty only
  EXPECT_EQ(desk.intents.demands().climb_to[0], 1);
  desk.step();
  EXPECT_FALSE(desk.intents.demands().climb_to[0].has_value());  // once
}

TEST(Intents, WaitsForItsCycle) {
  Desk desk;
  Intent intent = desk.mode(0, Mode::man);
  intent.not_before = 5;
  desk.intents.offer(intent);
  for (int k = 1; k < 5; ++k) {
    desk.step();
    EXPECT_TRUE(desk.answers.empty());
  }
  desk.step();
  EXPECT_EQ(desk.answer(intent.id).cycle, 5U);
}

TEST(Intents, ANewerCommandAbortsTheOlderOneOfTheSameCycle) {  // SC-08
  Desk desk;
  const Intent older = desk.mode(0, Mode::man), newer = desk.mode(0, Mode::auto_);
  desk.intents.offer(older), desk.intents.offer(newer);
  desk.step();
  EXPECT_EQ(desk.answer(older.id).kind, AnswerKind::aborted);
  EXPECT_EQ(desk.answer(older.id).reason, Reason::superseded);
  EXPECT_EQ(desk.answer(newer.id).kind, AnswerKind::done);
  EXPECT_EQ(desk.modes.blocks()[0].target, Mode::auto_);
}

TEST(Intents, MaintenanceWinsOverTheOperatorAlsoWhenItCameFirst) {  // SC-07
  Desk desk;
  const Intent service = desk.mode(0, Mode::oos), manual = desk.mode(0, Mode::man);
  desk.intents.offer(service), desk.intents.offer(manual);
  desk.step();
  EXPECT_EQ(desk.answer(service.id).kind, AnswerKind::done);
  EXPECT_EQ(desk.answer(manual.id).kind, AnswerKind::aborted);
  EXPECT_EQ(desk.modes.blocks()[0].target, Mode::oos);
}

TEST(Intents, AnEmergencyAbortsSwitchingOnInTheSameCycle) {
  Desk desk;
  const Intent on = desk.make(IntentKind::switch_on), off = desk.make(IntentKind::release);
  desk.intents.offer(on), desk.intents.offer(off);
  desk.step();
  EXPECT_EQ(desk.answer(on.id).kind, AnswerKind::aborted);
  EXPECT_EQ(desk.applications.state(Duty::heat), AppState::off);
}

TEST(Intents, ADutyChangesModeWholeOrNotAtAll) {
  Desk desk;
  desk.ask(desk.mode(2, Mode::oos));
  const domain::IntentAnswer all = desk.ask(desk.mode(domain::kNoMv, Mode::cas));
  EXPECT_EQ(all.reason, Reason::no_transition);  // out of OOS a person looks first
  EXPECT_NE(desk.modes.blocks()[0].target, Mode::cas);
  EXPECT_EQ(desk.ask(desk.mode(domain::kNoMv, Mode::man)).kind, AnswerKind::done);
  for (const domain::ModeBlock& block : desk.modes.blocks()) EXPECT_EQ(block.target, Mode::man);
}

TEST(Intents, ADutyWithoutAControllerIsNotSwitchedOnAtAll) {  // SC-15
  Desk desk;
  operate::Intents bare(desk.plant, {64, 0, {2, 0, 0}, {}});
  const Intent on = desk.make(IntentKind::switch_on);
  ASSERT_TRUE(bare.offer(on));
  bare.apply(1, desk.modes, desk.applications, desk.applied, desk.answers, desk.events);
  EXPECT_EQ(desk.answer(on.id).kind, AnswerKind::error);
  EXPECT_EQ(desk.answer(on.id).reason, Reason::no_controller);
  for (int i = 0; i < 700; ++i) desk.step();
  EXPECT_EQ(desk.applications.state(Duty::heat), AppState::off);  // no PREPARE, so no FAULT either
}

TEST(Intents, SwitchingOnLiftsTheForceOfItsDutyOnly) {  // SC-91
  Desk desk;
  desk.ask(desk.make(IntentKind::hold));
  EXPECT_EQ(desk.ask(desk.make(IntentKind::switch_on)).kind, AnswerKind::done);
  EXPECT_EQ(desk.intents.demands().force[0], Force::none);
  EXPECT_EQ(desk.intents.demands().force[2], Force::hold);  // of this duty only
}

TEST(Intents, SwitchOnTwiceIsBusy) {
  Desk desk;
  EXPECT_EQ(desk.ask(desk.make(IntentKind::switch_on)).kind, AnswerKind::done);
  const domain::IntentAnswer again = desk.ask(desk.make(IntentKind::switch_on));
  EXPECT_EQ(again.kind, AnswerKind::busy);
  EXPECT_EQ(again.reason, Reason::busy);
}

TEST(Intents, ControllerRequestsAreCheckedAndHandedOn) {
  Desk desk;
  Intent tune = desk.make(IntentKind::tune_start, 0);
  tune.controller = 1;
  EXPECT_EQ(desk.ask(tune).reason, Reason::not_in_this_mode);  // only in MAN or AUTO
  desk.ask(desk.mode(0, Mode::man));
  tune.id = ++desk.last_id;
  EXPECT_EQ(desk.ask(tune).kind, AnswerKind::done);
  ASSERT_EQ(desk.intents.demands().controllers.size(), 1U);
  EXPECT_EQ(desk.intents.demands().controllers[0].intent.id, tune.id);
  EXPECT_EQ(desk.answers[desk.intents.demands().controllers[0].answer].id, tune.id);
  Intent stranger = desk.make(IntentKind::restart_controller);
  stranger.controller = 7;
  EXPECT_EQ(desk.ask(stranger).reason, Reason::not_supported);
  Intent parameter = desk.make(IntentKind::set_parameter);
  parameter.controller = 0;
  EXPECT_EQ(desk.ask(parameter).reason, Reason::incomplete);
}

TEST(Intents, OneAcknowledgementPerCycle) {
  Desk desk;
  const Intent first = desk.make(IntentKind::acknowledge, 1);
  const Intent second = desk.make(IntentKind::acknowledge, 3);
  desk.intents.offer(first), desk.intents.offer(second);
  desk.step();
  EXPECT_EQ(desk.answers.size(), 1U);
  EXPECT_TRUE(desk.intents.demands().acknowledge);
  EXPECT_EQ(desk.intents.demands().acknowledge_mv, 1);
  desk.step();
  EXPECT_EQ(desk.intents.demands().acknowledge_mv, 3);
  desk.step();
  EXPECT_FALSE(desk.intents.demands().acknowledge);
}

TEST(Intents, RungsAreChecked) {
  Desk desk;
  Intent down = desk.make(IntentKind::step_down);
  down.rung = 4;  // four rungs: 0 to 3
  EXPECT_EQ(desk.ask(down).reason, Reason::out_of_limits);
  down = desk.make(IntentKind::step_down);
  down.rung = 3;
  EXPECT_EQ(desk.ask(down).kind, AnswerKind::done);
  EXPECT_EQ(desk.intents.demands().step_down_to[0], 3);
}

TEST(Intents, SavesAndRestoresWhatWaits) {
  Desk a;
  Intent later = a.mode(0, Mode::man);
  later.not_before = 10;
  a.intents.offer(later);
  a.ask(a.make(IntentKind::hold));
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.intents.serialize(out);
  Desk b;
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.intents.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(b.intents.waiting(), 1U);
  EXPECT_EQ(b.intents.demands().force[0], Force::hold);
}

TEST(Intents, AsksNothingOfTheMachine) {
  Desk desk;
  const Intent intent = desk.mode(0, Mode::man);
  const gate::Scope scope;
  for (int k = 0; k < 100; ++k) {
    desk.intents.offer(intent);
    desk.step();
  }
  EXPECT_TRUE(scope.counts().none());
}

}  // namespace
}  // namespace saggar::testing
