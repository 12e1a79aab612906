// What a person is told besides "done" or the reason, in both languages.
#include "runtime/app/answer_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/plants.hpp"

namespace saggar::app {
namespace {

using domain::AnswerKind;
using domain::AppState;
using domain::IntentKind;
using domain::Mode;
using domain::Reason;
using ::testing::HasSubstr;

class AnswerText : public ::testing::Test {
 protected:
  AnswerText() {
    plant_.mvs.back().duty = domain::Duty::atmosphere;  // follows the recipe only
    intent_.mv = domain::kNoMv;
  }
  /// The answer to `kind` in English; Korean in `korean_`.
  std::string done(IntentKind kind) { return say(kind, AnswerKind::done, Reason::none); }
  std::string refused(IntentKind kind, Reason reason) {
    return say(kind, AnswerKind::error, reason);
  }
  std::string say(IntentKind kind, AnswerKind answer, Reason reason) {
    intent_.kind = kind;
    answer_.kind = answer;
    answer_.reason = reason;
    korean_ = answer_text(intent_, answer_, plant_, ladders_, true);
    return answer_text(intent_, answer_, plant_, ladders_, false);
  }
  void about(domain::MvId mv, Mode actual = Mode::rcas) {
    intent_.mv = answer_.facts.mv = mv;
    answer_.facts.block.actual = actual;
    answer_.facts.block.permitted = plant_.mvs[mv].permitted;
  }

  domain::Plant plant_ = testing::small_plant(2);
  Ladders ladders_ = {{{"mpc", "pid", "hold", "recipe"}, {"hold", "recipe"}, {"hold", "recipe"}}};
  domain::Intent intent_;
  domain::IntentAnswer answer_;
  std::string korean_;
};

TEST_F(AnswerText, ASetpointOutOfItsLimitsIsToldTheLimitsWithTheirUnit) {
  about(0, Mode::man);
  intent_.value = 1050;
  EXPECT_EQ(refused(IntentKind::set_setpoint, Reason::out_of_limits),
            "asked for 1050 degC, allowed is 0 to 1000 degC");
  EXPECT_EQ(korean_, "요청 1050 degC, 허용 0 ~ 1000 degC");
  plant_.mvs[0].trip = 900;
  EXPECT_EQ(refused(IntentKind::set_setpoint, Reason::out_of_limits),
            "asked for 1050 degC, allowed is 0 to 885 degC, 15 K below the trip at 900 degC");
}

TEST_F(AnswerText, AModeThatIsNotPermittedIsToldThoseThatAre) {
  about(0);
  intent_.mode = Mode::rout;
  EXPECT_EQ(refused(IntentKind::set_mode, Reason::mode_not_permitted),
            "zone01.top.setpoint permits OOS, MAN, AUTO, CAS, RCAS");
  EXPECT_THAT(korean_, HasSubstr("OOS, MAN, AUTO, CAS, RCAS"));
}

TEST_F(AnswerText, ATransitionThatDoesNotExistIsToldTheWay) {
  about(0, Mode::oos);
  intent_.mode = Mode::rcas;
  EXPECT_EQ(refused(IntentKind::set_mode, Reason::no_transition),
            "out of OOS a person looks first: saggar mode zone01.top.setpoint MAN, then saggar "
            "mode zone01.top.setpoint RCAS");
  EXPECT_THAT(korean_, HasSubstr("saggar mode zone01.top.setpoint MAN"));
  intent_.mode = Mode::iman;
  EXPECT_THAT(refused(IntentKind::set_mode, Reason::no_transition),
              HasSubstr("IMAN is never asked for"));
  intent_.mv = domain::kNoMv;
  EXPECT_EQ(refused(IntentKind::switch_on, Reason::no_transition),
            "heat is in FAULT; find the cause, then: saggar ack, saggar on heat");
}

TEST_F(AnswerText, AValueInAModeThatTakesNoneIsToldTheModeItNeeds) {
  about(2);
  EXPECT_EQ(refused(IntentKind::set_setpoint, Reason::not_in_this_mode),
            "zone02.top.setpoint is in RCAS, needed is MAN or AUTO: saggar mode "
            "zone02.top.setpoint MAN");
  EXPECT_THAT(korean_, HasSubstr("saggar mode zone02.top.setpoint MAN"));
  EXPECT_THAT(refused(IntentKind::tune_start, Reason::not_in_this_mode), HasSubstr("MAN or AUTO"));
}

TEST_F(AnswerText, ARungThatIsNotThereIsToldThoseThatAre) {
  EXPECT_EQ(refused(IntentKind::step_down, Reason::out_of_limits),
            "the rungs of heat: 0 mpc, 1 pid, 2 hold, 3 recipe");
  EXPECT_THAT(korean_, HasSubstr("0 mpc, 1 pid"));
}

TEST_F(AnswerText, RcasWhileTheApplicationIsOffSaysWhatItWaitsFor) {
  intent_.mode = Mode::rcas;
  EXPECT_EQ(done(IntentKind::set_mode), "waits for the application, which is OFF: saggar on heat");
  EXPECT_EQ(korean_, "애플리케이션 대기 중, 현재 OFF: saggar on heat");
  EXPECT_EQ(refused(IntentKind::set_mode, Reason::nothing_to_do),
            "waits for the application, which is OFF: saggar on heat");
  answer_.facts.application = AppState::ready;
  EXPECT_EQ(done(IntentKind::set_mode), "waits for the application, which is in READY");
  answer_.facts.application = AppState::on;
  EXPECT_EQ(done(IntentKind::set_mode), "");
}

TEST_F(AnswerText, AModeThatCannotBeReachedYetSaysWhatStandsInTheWay) {
  about(0, Mode::iman);
  intent_.mode = Mode::man;
  answer_.facts.block.why = Reason::mv_fault;
  EXPECT_EQ(done(IntentKind::set_mode),
            "zone01.top.setpoint is in fault and stays in IMAN until: saggar ack "
            "zone01.top.setpoint");
  answer_.facts.block.why = Reason::link_lost;
  EXPECT_EQ(done(IntentKind::set_mode), "waits for the link to the kiln");
  intent_.mode = Mode::oos;
  EXPECT_EQ(done(IntentKind::set_mode), "");
}

TEST_F(AnswerText, AModeThatEndsTheApplicationSaysSoAndTheWayBack) {
  intent_.mode = Mode::cas;
  answer_.facts.application = AppState::on;
  answer_.facts.ends_application = true;
  EXPECT_EQ(done(IntentKind::set_mode),
            "this ends the application of heat, which has no MV left; to return: saggar mode heat "
            "RCAS, then saggar on heat");
  EXPECT_THAT(korean_, HasSubstr("saggar on heat"));
}

TEST_F(AnswerText, AnMvThatLeavesTheApplicationIsToldTheWayBack) {
  about(0);
  intent_.mode = Mode::man;
  answer_.facts.application = AppState::on;
  answer_.facts.leaves_application = true;
  EXPECT_EQ(done(IntentKind::set_mode),
            "the application of heat goes on without it; to return: saggar mode "
            "zone01.top.setpoint RCAS");
}

TEST_F(AnswerText, TheThreeButtonsSayTheWayBackOfEveryDutyTheyMoved) {  // SC-91
  EXPECT_EQ(done(IntentKind::ai_off), "to return: saggar climb heat");
  EXPECT_EQ(done(IntentKind::hold), "to return: saggar climb heat, saggar climb atmosphere");
  EXPECT_EQ(done(IntentKind::release), "to return: saggar on heat, saggar mode atmosphere CAS");
  EXPECT_THAT(korean_, HasSubstr("되돌리기: saggar on heat"));
  EXPECT_EQ(done(IntentKind::switch_off), "to return: saggar on heat");
}

TEST_F(AnswerText, AWeakerButtonIsToldThatAStrongerOneStands) {
  answer_.facts.stronger_stands = IntentKind::release;
  EXPECT_EQ(done(IntentKind::ai_off),
            "RELEASE stands already and is stronger; to return: saggar on heat, saggar mode "
            "atmosphere CAS");
}

TEST_F(AnswerText, AClimbOrSwitchOnThatLiftsAButtonSaysSo) {  // SC-91
  answer_.facts.application = AppState::on;
  answer_.facts.lifts = IntentKind::ai_off;
  EXPECT_EQ(done(IntentKind::climb), "this lifts the AI OFF of heat");
  EXPECT_EQ(korean_, "heat의 AI OFF 해제됨");
  answer_.facts.lifts = IntentKind::hold;
  EXPECT_EQ(done(IntentKind::switch_on), "this lifts the HOLD of heat");
}

TEST_F(AnswerText, AClimbWhileTheApplicationIsOffSaysThatNothingDrives) {
  EXPECT_EQ(done(IntentKind::climb), "nothing drives, the application is OFF: saggar on heat");
}

TEST_F(AnswerText, ADutyWithoutAControllerIsToldHowToFollowTheRecipe) {
  intent_.duty = domain::Duty::atmosphere;
  EXPECT_EQ(refused(IntentKind::switch_on, Reason::no_controller),
            "to follow the recipe: saggar mode atmosphere CAS");
}

TEST_F(AnswerText, WhereTheReasonSaysItAllNothingIsAdded) {
  EXPECT_EQ(refused(IntentKind::switch_on, Reason::nothing_to_do), "");
  EXPECT_EQ(done(IntentKind::acknowledge), "");
}

}  // namespace
}  // namespace saggar::app
