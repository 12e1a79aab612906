#include "hil/suite/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

using domain::Duty;
using domain::Intent;
using domain::IntentKind;
using ::testing::HasSubstr;

record::Names names() {
  record::Names n;
  n.mvs = {"zone01.top.setpoint", "zone02.top.setpoint"};
  n.controllers = {"mpc", "drill"};
  n.rungs = {{{"mpc", "drill", "hold", "recipe"}, {"recipe"}, {"recipe"}}};
  return n;
}

domain::Plant plant() {
  domain::Plant p;
  p.mvs.resize(2);
  p.mvs[1].duty = Duty::transport;
  return p;
}

std::vector<Intent> ask(People& people, std::uint64_t cycle, const Seen& seen = {}) {
  std::vector<Intent> intents;
  people.ask(cycle, static_cast<double>(cycle - 1), seen, intents);
  return intents;
}

TEST(People, SwitchOnWithTheFirstCycleAndAskAgainForTheBestRungAsOftenAsToldTo) {
  scenario::Scenario story;
  story.person = {{Duty::heat, Duty::atmosphere}, true, 10};
  People people = People::make(story, plant(), names()).value();
  const auto first = ask(people, 1);
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].kind, IntentKind::switch_on);
  EXPECT_EQ(first[1].duty, Duty::atmosphere);
  EXPECT_EQ(first[0].not_before, 1U);
  EXPECT_NE(first[0].id, first[1].id);
  Seen seen;
  seen.rung = {1, 0xFF, 0xFF};
  for (std::uint64_t cycle = 2; cycle <= 10; ++cycle) {
    EXPECT_FALSE(people.look(static_cast<double>(cycle - 1)));
    EXPECT_TRUE(ask(people, cycle, seen).empty()) << cycle;
  }
  EXPECT_TRUE(people.look(10));
  const auto again = ask(people, 11, seen);
  // A lesser rung drives heat: climb. Atmosphere is off, but has no controller to switch on.
  ASSERT_EQ(again.size(), 1U);
  EXPECT_EQ(again[0].kind, IntentKind::climb);
  EXPECT_EQ(again[0].rung, 0);
  seen.rung = {0xFF, 0xFF, 0xFF};
  EXPECT_EQ(ask(people, 21, seen).at(0).kind, IntentKind::switch_on);
  seen.rung = {0, 0xFF, 0xFF};
  EXPECT_TRUE(ask(people, 31, seen).empty());
}

TEST(People, RequestsAreAskedOnceInTheirTimeByNames) {
  scenario::Scenario story;
  scenario::Request late{20, IntentKind::set_mode};
  late.mv = "zone02.top.setpoint";
  late.mode = domain::Mode::man;
  scenario::Request early{5, IntentKind::step_down};
  early.rung = "hold";
  story.requests = {late, early};
  People people = People::make(story, plant(), names()).value();
  EXPECT_TRUE(ask(people, 5).empty());
  const auto first = ask(people, 6);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(first[0].kind, IntentKind::step_down);
  EXPECT_EQ(first[0].rung, 2);
  const auto second = ask(people, 40);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].mv, 1);
  EXPECT_EQ(second[0].duty, Duty::transport) << "that of the MV, as over the operator link";
  EXPECT_EQ(second[0].mode, domain::Mode::man);
  EXPECT_EQ(second[0].not_before, 40U);
  EXPECT_TRUE(ask(people, 41).empty());
}

TEST(People, NamesThatTheRunDoesNotHaveAreRefusedByField) {
  scenario::Scenario story;
  story.requests.resize(1);
  story.requests[0].mv = "zone03.top.setpoint";
  EXPECT_THAT(People::make(story, plant(), names()).error().text(), HasSubstr("request[0].mv"));
  story.requests[0].mv.clear();
  story.requests[0].rung = "hald";
  EXPECT_THAT(People::make(story, plant(), names()).error().text(),
              HasSubstr("did you mean 'hold'?"));
  story.requests[0].rung.clear();
  story.requests[0].station = "drill";  // its answers would be taken for those to drill faults
  EXPECT_THAT(People::make(story, plant(), names()).error().text(),
              HasSubstr("request[0].station"));
  story.requests.clear();
  scenario::Event fault;
  fault.fault = faults::Kind::plugin_nan;
  fault.target = "dril";
  story.events = {fault};
  EXPECT_THAT(People::make(story, plant(), names()).error().text(), HasSubstr("event[0].target"));
}

}  // namespace
}  // namespace saggar::suite
