// Campaigns of short cases on kiln P1: workers, stopping and going on, crashes.
#include "hil/campaign/run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "hil/evidence/judge.hpp"
#include "hil/suite/run_case.hpp"
#include "tests/hil/campaign/folder.hpp"
#include "tests/hil/suite/stories.hpp"

namespace saggar::campaign {
namespace {

using suite::testing::short_case;
using ::testing::HasSubstr;
using testing::Scratch;

Plan plan_of(std::vector<scenario::Case> cases) {
  auto plan = make_plan("test", {}, std::move(cases), Build{{SAGGAR_PLUGIN_DIR}, "this"});
  if (!plan) throw std::runtime_error(plan.error().text());
  return plan.value();
}

RunOptions options(int jobs) {
  RunOptions o;
  o.jobs = jobs;
  o.plugin_dirs = {SAGGAR_PLUGIN_DIR};
  o.replay = "again '{id}'";
  return o;
}

TEST(Run, OneAndThreeWorkersMergeToTheSameHash) {
  const Plan plan = plan_of({short_case(60, 1), short_case(60, 2), short_case(60, 3)});
  std::string hash;
  for (const int jobs : {1, 3}) {
    const Scratch folder("jobs");
    const Store store(folder.path);
    ASSERT_TRUE(store.open(true, "b").ok());
    std::ostringstream said;
    RunOptions how = options(jobs);
    how.progress = &said;
    const Outcome outcome = run(plan, store, how);
    ASSERT_TRUE(outcome.complete);
    ASSERT_EQ(outcome.results.size(), 3U);
    EXPECT_EQ(outcome.results[1].id, "short/pid/seed2") << "in the order of the plan";
    EXPECT_EQ(outcome.results[1].outcome, "passed") << outcome.results[1].problem;
    EXPECT_EQ(outcome.results[1].replay, "again 'short/pid/seed2'");
    EXPECT_THAT(said.str(), HasSubstr("[3/3] passed"));
    EXPECT_THAT(said.str(), HasSubstr(" left)"));
    if (hash.empty()) hash = evidence::merged_digest(outcome.results);
    EXPECT_EQ(evidence::merged_digest(outcome.results), hash);
  }
}

TEST(Run, RealTimeTakesAtLeastTheLongestCaseAndTheSumOverTheJobs) {
  const Scratch folder("least");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(true, "b").ok());
  const Plan plan = plan_of({short_case(60, 1), short_case(40, 2), short_case(20, 3)});
  EXPECT_DOUBLE_EQ(least_real_time_s(plan, store, 1), 120);
  EXPECT_DOUBLE_EQ(least_real_time_s(plan, store, 2), 60);
  EXPECT_DOUBLE_EQ(least_real_time_s(plan, store, 8), 60) << "one case is not divided";
  suite::CaseResult done = suite::blank_result(plan.cases[0].one);
  done.inputs = plan.cases[0].inputs;
  done.outcome = "passed";
  ASSERT_TRUE(store.save(done).ok());
  EXPECT_DOUBLE_EQ(least_real_time_s(plan, store, 1), 60) << "what is there is not run again";
}

TEST(Run, ResultsOfOneProcessAreNotGoneOnWithOverTheWire) {
  const Scratch folder("way");
  const std::filesystem::path program = folder.path.string() + ".program";
  std::ofstream(program) << "saggar 1";
  const Build build{{}, std::string(64, 'b')};
  RunOptions wire = options(1);
  wire.bench = Bench::lockstep;
  wire.program = program;
  const auto made = [&](const RunOptions& how) { return made_by(build, how).value(); };
  const Store store(folder.path);
  ASSERT_TRUE(store.open(true, made(options(1))).ok());
  EXPECT_TRUE(store.open(false, made(options(3))).ok()) << "how many at a time changes nothing";
  const auto over = store.open(false, made(wire));
  ASSERT_FALSE(over.ok());
  EXPECT_THAT(over.error().text(), HasSubstr("in another way"));
  ASSERT_TRUE(store.open(true, made(wire)).ok());
  EXPECT_TRUE(store.open(false, made(wire)).ok());
  EXPECT_FALSE(store.open(false, made(options(1))).ok());
  std::ofstream(program) << "saggar 2";
  EXPECT_FALSE(store.open(false, made(wire)).ok()) << "the runtime beside it is another";
  std::filesystem::remove(program);
  EXPECT_FALSE(made_by(build, wire).ok());
}

TEST(Run, WhatIsThereIsKeptAndWhatWasStoppedIsDone) {
  const Scratch folder("resume");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(true, "b").ok());
  const Plan plan = plan_of({short_case(60, 1), short_case(60, 2)});
  volatile int stop = 1;
  RunOptions stopped = options(1);
  stopped.stop = &stop;
  EXPECT_FALSE(run(plan, store, stopped).complete);
  EXPECT_FALSE(gather(plan, store).complete);
  const Outcome first = run(only(plan, {"seed1"}), store, options(1));
  EXPECT_EQ(first.reused, 0U);
  const Outcome second = run(plan, store, options(1));
  EXPECT_TRUE(second.complete);
  EXPECT_EQ(second.reused, 1U);
  EXPECT_EQ(second.results[0].seconds, first.results[0].seconds) << "it was not run again";
  EXPECT_TRUE(gather(plan, store).complete);
}

TEST(Run, ACaseThatDoesNotEndIsACrashWithItsLogAndTheOthersGoOn) {
  const Scratch folder("crash");
  const Store store(folder.path);
  ASSERT_TRUE(store.open(true, "b").ok());
  Plan plan = plan_of({short_case(300 * 86400, 1), short_case(60, 2)});
  plan.judged_by.case_limit_s = 8;
  const Outcome outcome = run(plan, store, options(2));
  ASSERT_EQ(outcome.results.size(), 2U);
  EXPECT_EQ(outcome.results[0].outcome, "crashed");
  EXPECT_THAT(outcome.results[0].problem, HasSubstr("no end in 8 s: hanging"));
  EXPECT_THAT(outcome.results[0].problem, HasSubstr(".log"));
  EXPECT_EQ(outcome.results[1].outcome, "passed");
}

}  // namespace
}  // namespace saggar::campaign
