#include "runtime/promote/evidence.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/promote/scene_example.hpp"

namespace saggar::promote {
namespace {

using domain::IntentKind;
using domain::Level;
using domain::MoveAnswer;
using domain::ProposalStatus;
using domain::Reason;
using example::Story;

class EvidenceTest : public ::testing::Test {
 protected:
  /// So many seconds, one record each; the first of all has no time before it.
  void run(int seconds) {
    for (int i = 0; i < seconds; ++i) {
      s_.step(1);
      evidence_.note(s_.scene, s_.record, 1);
    }
  }
  void once() { evidence_.note(s_.scene, s_.record, 1); }
  /// `ai` sits, trusted with the canary.
  void drives(Level level = Level::narrow) {
    s_.seat(0);
    s_.levels(level, Level::shadow);
  }
  const Tally& tally() const { return evidence_.tally(); }

  Story s_;
  Evidence evidence_{"ai", "canary", {600, "feed.lot"}};
};

TEST_F(EvidenceTest, CountsTimeAtTheLevelWithAProposalAndWithTheGroup) {
  run(11);
  s_.record.proposals[0].status = ProposalStatus::none;
  run(5);
  EXPECT_EQ(tally().level, Level::shadow);
  EXPECT_DOUBLE_EQ(tally().held_s, 15) << "the first record has no time before it";
  EXPECT_DOUBLE_EQ(tally().proposed_s, 10);
  EXPECT_DOUBLE_EQ(tally().moved_s, 0);
}

TEST_F(EvidenceTest, BeginsAnewWithTheLevelAndKeepsTheFall) {
  drives(Level::confirm);
  run(11);
  EXPECT_DOUBLE_EQ(tally().moved_s, 10);
  s_.levels(Level::narrow, Level::shadow);
  run(1);
  EXPECT_EQ(tally().begun, Begun::level);
  EXPECT_DOUBLE_EQ(tally().held_s, 0);
  EXPECT_TRUE(evidence_.falls().empty()) << "it rose";
  s_.levels(Level::advise, Level::shadow);
  s_.record.trust[0].reason = Reason::severe;
  run(1);
  ASSERT_EQ(evidence_.falls().size(), 1U);
  EXPECT_EQ(evidence_.falls()[0].from, Level::narrow);
  EXPECT_EQ(evidence_.falls()[0].to, Level::advise);
  EXPECT_EQ(evidence_.falls()[0].why, Reason::severe);
}

TEST_F(EvidenceTest, BeginsAnewWhenTheControllerIsAnother) {
  run(11);
  evidence_.forget(Begun::controller);
  run(3);
  EXPECT_EQ(tally().begun, Begun::controller);
  EXPECT_DOUBLE_EQ(tally().held_s, 2);
}

TEST_F(EvidenceTest, ASceneWithoutTheGroupChangesNothing) {
  Evidence other("ai", "zone7", {});
  EXPECT_FALSE(other.note(s_.scene, s_.record, 1));
  EXPECT_FALSE(other.seen());
}

TEST_F(EvidenceTest, CountsEachJudgedPeriodOnceAndWhatWasDue) {
  domain::MonitorReport& m = s_.record.monitors[0];
  run(1);
  m.periods = 1;  // nothing due: no number
  run(3);
  EXPECT_EQ(tally().periods, 0U);
  m.periods = 2, m.residual = 0.4;
  run(3);
  m.periods = 3, m.residual = 1;  // on the edge of the band is inside
  run(3);
  m.periods = 4, m.residual = 1.01;
  run(3);
  EXPECT_EQ(tally().periods, 3U);
  EXPECT_EQ(tally().inside, 2U);
  EXPECT_TRUE(tally().monitored);
}

TEST_F(EvidenceTest, CountsAnswersOfItsOwnGroup) {
  s_.levels(Level::advise, Level::advise);
  run(1);
  s_.step(1);
  s_.answered(0, MoveAnswer::accepted);
  s_.answered(0, MoveAnswer::modified);
  s_.answered(0, MoveAnswer::expired);
  s_.answered(0, MoveAnswer::withdrawn);
  s_.answered(1, MoveAnswer::accepted);
  once();
  EXPECT_EQ(tally().accepted, 1U);
  EXPECT_EQ(tally().shown(), 3U) << "what was withdrawn nobody could answer";
  EXPECT_EQ(tally().decided(), 2U);
}

TEST_F(EvidenceTest, KeepsTheReasonOfARejection) {  // SC-85
  s_.levels(Level::advise, Level::advise);
  run(1);
  s_.step(1);
  s_.intent(IntentKind::reject_move).reason.assign("lot change ahead");
  s_.intent(IntentKind::reject_move).reason.assign("refused, no card");
  s_.refuse_last();
  domain::Intent& other = s_.intent(IntentKind::reject_move);
  other.key.assign("rest");
  other.reason.assign("of another group");
  s_.answered(0, MoveAnswer::rejected, 7);
  once();
  ASSERT_EQ(evidence_.rejections().size(), 1U);
  EXPECT_EQ(evidence_.rejections()[0].card, 7U);
  EXPECT_EQ(evidence_.rejections()[0].who, "kim");
  EXPECT_EQ(evidence_.rejections()[0].reason, "lot change ahead");
  s_.levels(Level::shadow, Level::advise);
  run(1);
  EXPECT_EQ(tally().rejected, 0U);
  EXPECT_EQ(evidence_.rejections().size(), 1U) << "why is kept when counting begins anew";
}

TEST_F(EvidenceTest, AMoveIsUndoneByWhoeverTakesTheOutputsAwaySoonAfter) {
  drives(Level::confirm);
  run(1);
  const auto accept = [&] {
    s_.step(1);
    s_.answered(0, MoveAnswer::accepted);
    once();
  };
  accept();
  run(601);  // too long ago
  accept();
  accept();
  run(10);
  s_.step(1);
  domain::Intent& of_another = s_.intent(IntentKind::set_setpoint);
  of_another.mv = 1;  // not of this group
  s_.intent(IntentKind::set_mode).mode = domain::Mode::rcas;
  s_.intent(IntentKind::ai_off);
  s_.refuse_last();
  once();
  EXPECT_EQ(tally().undone, 0U);
  s_.step(1);
  domain::Intent& taken = s_.intent(IntentKind::set_mode);
  taken.mv = 0;
  taken.mode = domain::Mode::man;
  once();
  EXPECT_EQ(tally().undone, 2U);
  s_.step(1);
  s_.intent(IntentKind::hold);
  once();
  EXPECT_EQ(tally().undone, 2U) << "each once";
}

TEST_F(EvidenceTest, OfADutyEachWayToTakeItAwayCounts) {
  for (const IntentKind kind :
       {IntentKind::ai_off, IntentKind::hold, IntentKind::release, IntentKind::switch_off,
        IntentKind::step_down, IntentKind::set_mode}) {
    Story s;
    s.seat(0);
    s.levels(Level::confirm, Level::shadow);
    Evidence evidence("ai", "canary", {600, ""});
    evidence.note(s.scene, s.record, 0);
    s.step(1);
    s.answered(0, MoveAnswer::accepted);
    evidence.note(s.scene, s.record, 1);
    s.step(1);
    s.intent(kind).mode = domain::Mode::man;
    evidence.note(s.scene, s.record, 1);
    EXPECT_EQ(evidence.tally().undone, 1U) << domain::name(kind);
  }
}

TEST_F(EvidenceTest, HarmIsTimeBeyondALimitWhileItMovesTheGroup) {
  run(1);
  s_.put("loop0.temperature", 801);
  run(5);
  EXPECT_DOUBLE_EQ(tally().harm_s, 0) << "pid moved it";
  drives();
  s_.put("loop0.temperature", 799);
  run(3);  // the first of them begins anew
  s_.put("loop0.temperature", 801);
  run(4);
  s_.put("loop0.temperature", 800);
  s_.put("loop1.temperature", 900);  // not of this group
  run(4);
  EXPECT_DOUBLE_EQ(tally().harm_s, 4);
  EXPECT_DOUBLE_EQ(tally().moved_s, 10);
  EXPECT_DOUBLE_EQ(tally().blind_s, 0);
}

// A loop that a person took does not excuse what the others do.
TEST_F(EvidenceTest, HarmCountsAsLongAsItMovesAnyOfTheGroup) {
  Evidence rest("ai", "rest", {});
  s_.seat(0);
  s_.levels(Level::shadow, Level::narrow);
  s_.record.request.asks[1].source = domain::Source::operator_;
  s_.put("loop2.temperature", 801);
  for (int i = 0; i < 5; ++i) {
    s_.step(1);
    rest.note(s_.scene, s_.record, 1);
  }
  EXPECT_DOUBLE_EQ(rest.tally().moved_s, 0);
  EXPECT_DOUBLE_EQ(rest.tally().touched_s, 4);
  EXPECT_DOUBLE_EQ(rest.tally().harm_s, 4);
  s_.record.request.asks[2].source = domain::Source::operator_;
  s_.step(1);
  rest.note(s_.scene, s_.record, 1);
  EXPECT_DOUBLE_EQ(rest.tally().harm_s, 4);
}

TEST_F(EvidenceTest, ATripIsHarmAndOneSevereEvent) {
  drives();
  run(2);
  s_.put("trip", 1);
  run(3);
  EXPECT_DOUBLE_EQ(tally().harm_s, 3);
  EXPECT_EQ(tally().severe, 1U);
}

TEST_F(EvidenceTest, WithoutAReadingNobodyLooked) {
  drives();
  run(2);
  s_.put(s_.scene.plant.mvs[0].pv, 801, domain::Quality::bad);
  s_.put(s_.scene.plant.trips[0], 1, domain::Quality::bad);
  run(3);
  EXPECT_DOUBLE_EQ(tally().harm_s, 0);
  EXPECT_DOUBLE_EQ(tally().blind_s, 3);
}

TEST_F(EvidenceTest, AFaultIsSevereAtEveryLevelAndOfItsOwnControllerOnly) {
  run(2);
  s_.step(1);
  s_.record.events.push({domain::EventCode::controller_fault, example::kAi, 8});
  s_.record.events.push({domain::EventCode::controller_fault, example::kPid, 8});
  once();
  EXPECT_EQ(tally().severe, 1U);
}

TEST_F(EvidenceTest, SeatsLostToPeopleAreNoSheds) {
  drives();
  run(2);
  s_.record.decisions[0].reason = Reason::low_confidence;
  s_.seat(2);
  run(2);
  EXPECT_EQ(tally().sheds, 1U);
  s_.seat(0);
  run(1);
  s_.record.decisions[0].reason = Reason::operator_request;
  s_.seat(2);
  run(1);
  EXPECT_EQ(tally().sheds, 1U);
}

TEST_F(EvidenceTest, WhatEndsALevelBelongsBeforeIt) {
  drives(Level::confirm);
  run(2);
  s_.step(1);
  s_.record.decisions[0].reason = Reason::plugin_fault;
  s_.seat(2);
  s_.levels(Level::advise, Level::shadow);
  s_.record.events.push({domain::EventCode::controller_fault, example::kAi, 8});
  once();
  EXPECT_EQ(tally().level, Level::advise);
  EXPECT_EQ(tally().sheds, 0U);
  EXPECT_EQ(tally().severe, 0U);
}

TEST_F(EvidenceTest, ALotIsCompletedWhenItsNumberChanges) {
  s_.put("feed.lot", 12);
  run(3);
  s_.put("feed.lot", 13);
  run(3);
  s_.put(*s_.scene.plant.tags.find("feed.lot"), 99, domain::Quality::bad);
  run(3);
  s_.put("feed.lot", 14);
  run(3);
  EXPECT_TRUE(tally().lots_known);
  EXPECT_EQ(tally().lots, 2U);
  Evidence without("ai", "canary", {600, ""});
  without.note(s_.scene, s_.record, 1);
  EXPECT_FALSE(without.tally().lots_known);
}

}  // namespace
}  // namespace saggar::promote
