// What an answer carries for the sentence that a person reads: the moment, and what follows.
#include "tests/runtime/operate/intent_desk.hpp"

namespace saggar::testing {
namespace {

Intent of_heat(Desk& desk, Mode wanted) { return desk.mode(domain::kNoMv, wanted); }

TEST(AnswerFacts, AModeIsAnsweredWithTheStateOfTheApplicationBefore) {
  Desk desk;
  EXPECT_EQ(desk.ask(of_heat(desk, Mode::rcas)).facts.application, AppState::off);
  const domain::IntentAnswer on = desk.ask(desk.make(IntentKind::switch_on));
  EXPECT_EQ(on.facts.application, AppState::off) << "before, not after";
  EXPECT_EQ(desk.ask(desk.mode(0, Mode::man)).facts.application, AppState::prepare);
}

TEST(AnswerFacts, TakingTheLastMvFromAnApplicationEndsItTakingOneLeavesIt) {
  Desk desk;
  EXPECT_FALSE(desk.ask(of_heat(desk, Mode::cas)).facts.ends_application) << "it was off";
  desk.ask(of_heat(desk, Mode::rcas));
  desk.ask(desk.make(IntentKind::switch_on));
  domain::AnswerFacts facts = desk.ask(desk.mode(0, Mode::man)).facts;
  EXPECT_TRUE(facts.leaves_application);
  EXPECT_FALSE(facts.ends_application);
  facts = desk.ask(desk.mode(0, Mode::auto_)).facts;
  EXPECT_FALSE(facts.leaves_application) << "it had left already";
  facts = desk.ask(of_heat(desk, Mode::cas)).facts;
  EXPECT_TRUE(facts.ends_application);
  EXPECT_FALSE(facts.leaves_application);
}

TEST(AnswerFacts, ARefusedModeNamesTheMvThatRefusesAndWhatItPermits) {
  Desk desk;
  for (const domain::MvId mv : {domain::MvId{2}, domain::kNoMv}) {
    const domain::IntentAnswer answer = desk.ask(desk.mode(mv, Mode::rout));
    EXPECT_EQ(answer.reason, Reason::mode_not_permitted);
    EXPECT_EQ(answer.facts.mv, mv == domain::kNoMv ? 0 : mv);
    EXPECT_EQ(answer.facts.block.permitted, 0x7F);
  }
}

TEST(AnswerFacts, AModeOfADutyNamesTheMvThatIsInFault) {
  Desk desk;
  desk.modes.set_fault(2, true);
  desk.step();
  const domain::AnswerFacts facts = desk.ask(of_heat(desk, Mode::man)).facts;
  EXPECT_EQ(facts.mv, 2);
  EXPECT_EQ(facts.block.why, Reason::mv_fault);
}

TEST(AnswerFacts, WhatLiftsAButtonNamesItOnce) {  // SC-91
  Desk desk;
  Intent climb = desk.make(IntentKind::climb);
  EXPECT_FALSE(desk.ask(climb).facts.lifts);
  for (const IntentKind button : {IntentKind::ai_off, IntentKind::hold, IntentKind::release}) {
    desk.ask(desk.make(button));
    EXPECT_EQ(desk.ask(desk.make(IntentKind::climb)).facts.lifts, button);
    EXPECT_FALSE(desk.ask(desk.make(IntentKind::climb)).facts.lifts);
  }
  desk.ask(desk.make(IntentKind::hold));
  EXPECT_EQ(desk.ask(desk.make(IntentKind::switch_on)).facts.lifts, IntentKind::hold);
}

TEST(AnswerFacts, AWeakerButtonNamesTheStrongerThatStands) {  // SC-91
  Desk desk;
  EXPECT_FALSE(desk.ask(desk.make(IntentKind::hold)).facts.stronger_stands);
  EXPECT_EQ(desk.ask(desk.make(IntentKind::ai_off)).facts.stronger_stands, IntentKind::hold);
  EXPECT_FALSE(desk.ask(desk.make(IntentKind::release)).facts.stronger_stands);
}

}  // namespace
}  // namespace saggar::testing
