// Whole cases on kiln P1, from files to results.
#include "hil/suite/run_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/suite/stories.hpp"

namespace saggar::suite {
namespace {

using scenario::Expectation;
using scenario::Sight;
using ::testing::HasSubstr;
using testing::short_case;

CaseOptions options() {
  CaseOptions o;
  o.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  return o;
}

TEST(RunCase, TheSameCaseGivesTheSameResultAndAnotherSeedAnother) {
  const CaseResult first = run_case(short_case(), options());
  const CaseResult second = run_case(short_case(), options());
  EXPECT_EQ(first.outcome, "passed") << first.problem;
  EXPECT_TRUE(repeatable_json(first) == repeatable_json(second));
  EXPECT_NE(run_case(short_case(300, 2), options()).hash, first.hash);
  EXPECT_EQ(first.hash.size(), 64U);
  EXPECT_FALSE(first.figures.empty());
  // 300 s in steps of 10 s.
  EXPECT_EQ(first.trace.step_s, 10);
  ASSERT_FALSE(first.trace.series.empty());
  EXPECT_EQ(first.trace.series[0].name, "zone01.temperature");
  EXPECT_EQ(first.trace.series[0].values.size(), 30U);
}

TEST(RunCase, WhatIsExpectedAndBoundIsCheckedAndSaidWithWhatCame) {
  scenario::Case one = short_case(900);
  Expectation on{Sight::application, "ON"};
  Expectation never{Sight::event, "rung_moved"};
  never.never = true;
  one.story.expectations = {on, never};
  one.story.bounds = {{"guard_rejections", 0, 0}, {"electric_kWh_per_h", 0, 1}, {"no_such", 0, 1}};
  const CaseResult result = run_case(one, options());
  EXPECT_EQ(result.outcome, "failed");
  ASSERT_EQ(result.checks.size(), 5U);
  EXPECT_TRUE(result.checks[0].held);
  EXPECT_FALSE(result.checks[1].held);
  EXPECT_TRUE(result.checks[2].held);
  EXPECT_FALSE(result.checks[3].held);
  EXPECT_EQ(result.checks[3].expected, ">= 0, <= 1");
  EXPECT_THAT(result.checks[4].got, HasSubstr("no such key figure"));
}

TEST(RunCase, AFaultThatTheBenchCannotHaveFailsTheCase) {
  scenario::Case one = short_case();
  scenario::Event event;
  event.time_s = 10;
  event.fault = faults::Kind::thermocouple_open;
  event.target = "zone99.top";
  one.story.events = {event};
  const CaseResult result = run_case(one, options());
  EXPECT_EQ(result.outcome, "failed");
  EXPECT_THAT(result.checks.at(0).got, HasSubstr("no loop \"zone99.top\""));
  one.story.events[0].target = "zone09.top";
  const CaseResult sound = run_case(one, options());
  EXPECT_EQ(sound.outcome, "passed");
  EXPECT_EQ(sound.reached.faults.at("thermocouple_open"), 1U);
  EXPECT_GE(sound.reached.events.at("sample_bad"), 1U);
}

TEST(RunCase, ARequestThatTheQueueHasNoRoomForFailsTheCase) {
  scenario::Case one = short_case(60);
  for (int i = 0; i < 200; ++i) {
    scenario::Request request;
    request.time_s = 30;
    request.intent = domain::IntentKind::acknowledge;
    one.story.requests.push_back(request);
  }
  const CaseResult result = run_case(one, options());
  EXPECT_EQ(result.outcome, "failed");
  ASSERT_FALSE(result.checks.empty());
  EXPECT_THAT(result.checks[0].text, HasSubstr("acknowledge of desk"));
  EXPECT_THAT(result.checks[0].got, HasSubstr("spread them"));
}

TEST(RunCase, ARefusalToStartIsAnOutcomeAndMayBeExpected) {
  scenario::Case one = short_case();
  one.files.control = "nowhere/at-all.toml";
  const CaseResult refused = run_case(one, options());
  EXPECT_EQ(refused.outcome, "refused");
  EXPECT_THAT(refused.problem, HasSubstr("nowhere/at-all.toml"));
  Expectation e{Sight::refused, "at-all.toml"};
  one.story.expectations = {e};
  EXPECT_EQ(run_case(one, options()).outcome, "passed");
  one.story.expectations[0].is = "something else";
  EXPECT_EQ(run_case(one, options()).outcome, "failed");
  scenario::Case starts = short_case();
  starts.story.expectations = {e};
  EXPECT_EQ(run_case(starts, options()).checks.at(0).got, "the runtime started");
}

TEST(RunCase, ACaseThatIsOnlyComparedKeepsNoTrace) {
  scenario::Case one = short_case();
  one.compared = true;
  const CaseResult result = run_case(one, options());
  EXPECT_TRUE(result.trace.series.empty());
  EXPECT_FALSE(result.figures.empty());
}

}  // namespace
}  // namespace saggar::suite
