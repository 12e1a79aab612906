// Whole cases on kiln P1, from files to results.
#include "hil/suite/run_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "hil/suite/known_names.hpp"
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

TEST(RunCase, AStoryThatNamesWhatTheBenchDoesNotHaveIsRefused) {
  scenario::Case one = short_case();
  Expectation never{Sight::rung, "pdi"};
  never.never = true;
  one.story.expectations = {never};
  const CaseResult rung = run_case(one, options());
  EXPECT_EQ(rung.outcome, "refused");
  EXPECT_THAT(rung.problem, HasSubstr("short/pid/seed1: expect[0].is: there is no rung of heat"));
  EXPECT_THAT(rung.problem, HasSubstr("did you mean 'pid'?"));
  one.story.expectations.clear();
  one.story.bounds = {{"peak_MB", 0, 1e6}};
  const CaseResult machine = run_case(one, options());
  EXPECT_EQ(machine.outcome, "refused") << "its result would be another in every run";
  one.story.bench.measures_time = true;
  EXPECT_EQ(run_case(one, options()).outcome, "passed");
}

/// One of each group of every shipped scenario and suite, with the names of its bench.
class Shipped {
 public:
  std::size_t stories = 0;

  void look_at(const std::vector<scenario::Case>& cases) {
    std::string last;
    for (const scenario::Case& one : cases) {
      if (one.group == last) continue;  // only the seed is another
      last = one.group;
      const scenario::BenchFiles& f = one.files;
      const std::string key = f.kiln.string() + f.recipe.string() + f.control.string();
      if (!names_.contains(key)) {
        InProcessOptions how;
        how.plugin_dirs = options().plugin_dirs;
        const auto bench = InProcess::make({f.site, f.kiln, f.plant, f.recipe, f.control}, how);
        if (!bench) continue;  // it is to be refused, or its own case says that it is not
        names_[key] = bench.value()->assembly().layout.names;
      }
      const auto known = all_known(one.story, names_[key]);
      EXPECT_TRUE(known.ok()) << one.id << ": " << known.error().text();
      ++stories;
    }
  }

 private:
  std::map<std::string, record::Names> names_;
};

TEST(RunCase, EveryShippedStoryNamesWhatItsBenchHas) {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  Shipped shipped;
  for (const char* kind : {"scenarios", "suites"}) {
    for (const auto& entry : std::filesystem::directory_iterator(configs / kind)) {
      if (entry.path().extension() != ".toml") continue;
      const std::string name = entry.path().stem().string();
      const scenario::Place place{configs, configs};
      const auto expanded = [&]() -> domain::Result<std::vector<scenario::Case>> {
        if (std::string(kind) == "suites") {
          const auto suite = scenario::load_suite(place, name);
          return suite ? scenario::expand(suite.value()) : suite.error();
        }
        const auto story = scenario::load_scenario(place, name);
        return story ? scenario::expand(story.value()) : story.error();
      }();
      ASSERT_TRUE(expanded.ok()) << expanded.error().text();
      shipped.look_at(expanded.value());
    }
  }
  EXPECT_GT(shipped.stories, 100U);
}

TEST(RunCase, AFaultOfTheSoftwareThatNeverBeganCountsNowhere) {
  scenario::Case one = short_case(400);
  scenario::Event nan;  // the controller "pid" is no drill
  nan.time_s = 100;
  nan.duration_s = 100;
  nan.fault = faults::Kind::plugin_nan;
  nan.target = "pid";
  one.story.events = {nan};
  const CaseResult result = run_case(one, options());
  EXPECT_EQ(result.outcome, "failed");
  EXPECT_FALSE(result.checks.at(0).held);
  EXPECT_NE(result.checks.at(0).got, "realised");
  EXPECT_TRUE(result.reached.faults.empty());
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

/// What the laboratory found while the kiln settled before time 0 has an age, and a positive one.
TEST(RunCase, ADrawnPlantBeginsWithoutABadSample) {
  const std::filesystem::path configs = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs";
  scenario::Case one = short_case(10, 4);  // with seed 4 a result is known at the start
  one.story.bench.drawn = true;
  one.files.kiln = configs / "kiln/p2.toml";
  one.files.plant = configs / "kiln/p2.plant.toml";
  one.files.recipe = configs / "recipes/ncm811-p2.toml";
  Expectation bad{Sight::event, "sample_bad"};
  bad.never = true;
  one.story.expectations = {bad};
  const CaseResult result = run_case(one, options());
  EXPECT_EQ(result.outcome, "passed") << result.problem << result.checks.at(0).got;
}

}  // namespace
}  // namespace saggar::suite
