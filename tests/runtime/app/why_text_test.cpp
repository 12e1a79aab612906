// The sentence of a move: causes, the binding limit, the path, the rung below, in two languages.
#include "runtime/app/why_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Move move() {
  Move m;
  m.tag = "zone13.top.setpoint";
  m.unit = "degC";
  m.controller = "mpc";
  m.before = 875.2;
  m.after = 876.2;
  m.recipe = 875;
  m.told.causes = {{"powder", 1.5}, {"on the way there", -0.3}, {"load", 0.01}};
  m.told.path = {{600, 875.5, 0.5}, {1800, 876, 0.75}};
  m.next = Move::Next::controller;
  m.next_name = "pid";
  m.next_value = 875.4;
  return m;
}

TEST(WhyText, SaysTheMoveItsCausesThePathAndTheNextRungInOneSentence) {
  EXPECT_EQ(why_sentence(move(), false),
            "zone13.top.setpoint went from 875.2 to 876.2 degC (+1.2 over the recipe), asked by "
            "mpc; because of what the powder needs +1.5, the way there -0.3; no limit binds; it "
            "expects 874.5 to 877.5 degC in 30 min; pid would have asked for 875.4.");
}

TEST(WhyText, InKoreanTheSameFigures) {
  const std::string said = why_sentence(move(), true);
  for (const char* part : {"zone13.top.setpoint", "875.2", "876.2", "+1.2", "mpc", "분체 상태 +1.5",
                           "-0.3", "걸린 한계 없음", "30분", "874.5~877.5", "pid", "875.4"}) {
    EXPECT_THAT(said, HasSubstr(part));
  }
}

TEST(WhyText, ALimitThatBindsIsNamedWithItsGateAndReason) {
  Move m = move();
  m.limit = domain::GuardAction{
      0, domain::Gate::g8_predictive, domain::Outcome::clip, domain::Reason::cv_limit, 879, 876.2};
  const std::string said = why_sentence(m, false);
  EXPECT_THAT(said, HasSubstr("it asked for 879.0, and the guard changed that at G8 predictive: "
                              "a controlled value reached its limit"));
  EXPECT_THAT(said, Not(HasSubstr("no limit binds")));
  EXPECT_THAT(why_sentence(m, true), HasSubstr("제어 변수가 한계에 도달"));
}

TEST(WhyText, WhatIsNotSaidIsSaidNotToBe) {
  Move m = move();
  m.after = m.before;
  m.told = {};
  m.next = Move::Next::silent;
  m.next_reason = domain::Reason::non_finite;
  const std::string said = why_sentence(m, false);
  EXPECT_THAT(said, HasSubstr("stayed at 875.2 degC (+0.2 over the recipe)"));
  EXPECT_THAT(said, HasSubstr("it does not say why"));
  EXPECT_THAT(said, HasSubstr("it says no path"));
  EXPECT_THAT(said, HasSubstr("pid had no proposal: the proposal held a value"));
  m.next = Move::Next::hold;
  m.next_value = 875.2;
  EXPECT_THAT(why_sentence(m, false), HasSubstr("hold would have kept 875.2."));
}

TEST(WhyText, WithoutAControllerItSaysSo) {
  Move m = move();
  m.controller.clear();
  m.nobody = domain::Reason::application_off;
  EXPECT_EQ(why_sentence(m, false),
            "no controller drives zone13.top.setpoint: the application is off.");
}

TEST(WhyText, AtMostThreeCausesAndSmallOnesLeftOut) {
  Move m = move();
  m.told.causes = {{"a", 4}, {"b", 3}, {"c", 2}, {"d", 1}};
  EXPECT_THAT(why_sentence(m, false), HasSubstr("because of a +4.0, b +3.0, c +2.0;"));
  m.told.causes = {{"proportional", 0}, {"integral", 0}};
  EXPECT_THAT(why_sentence(m, false), HasSubstr("because of the deviation 0.0;"));
}

}  // namespace
}  // namespace saggar::app
