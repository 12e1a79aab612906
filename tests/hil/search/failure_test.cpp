#include "hil/search/failure.hpp"

#include <gtest/gtest.h>

namespace saggar::search {
namespace {

suite::CaseResult failed(std::vector<suite::Check> checks) {
  suite::CaseResult result;
  result.id = "x/1";
  result.outcome = "failed";
  result.checks = std::move(checks);
  return result;
}

const suite::Check kRung{"heat: rung pid", "once or more", "never", false, "expect"};
const suite::Check kHeld{"event late", "never", "never", true, "expect"};
const suite::Check kFault{"fault wet_lot at 0 s", "realised", "no such", false, "expect"};
const suite::Check kBound{"kWh_per_kg", "<= 5", "7 kWh/kg", false, "bound"};
const suite::Check kEmpty{"kWh_per_kg", "<= 5", "nothing to judge", false, "bound"};

TEST(Failure, IsTheSameForTheSameChecksInAnyOrder) {
  EXPECT_EQ(failure_of(failed({kRung, kHeld, kBound})), failure_of(failed({kBound, kRung})));
  EXPECT_NE(failure_of(failed({kRung, kBound})), failure_of(failed({kRung})));
}

// Else a run that is too short for its figure would count as the same failure.
TEST(Failure, OfAFigureWithNothingToJudgeIsAnother) {
  EXPECT_NE(failure_of(failed({kBound})), failure_of(failed({kEmpty})));
}

TEST(Failure, OfACrashIsItsSignalWithoutTheNameOfTheRun) {
  suite::CaseResult one, other;
  one.outcome = other.outcome = "crashed";
  one.id = "a/1";
  other.id = "b/2";
  one.problem = "ended by signal 11 (Segmentation fault); see var/hil/logs/a+1.log";
  other.problem = "ended by signal 11 (Segmentation fault); see var/hil/logs/b+2.log";
  EXPECT_EQ(failure_of(one), failure_of(other));
  other.problem = "ended by signal 6 (Aborted); see var/hil/logs/b+2.log";
  EXPECT_NE(failure_of(one), failure_of(other));
  EXPECT_TRUE(broken(one));
}

TEST(Failure, AFaultThatDidNotHappenBreaksNothing) {
  EXPECT_TRUE(broken(failed({kRung})));
  EXPECT_FALSE(broken(failed({kRung, kFault})));
  suite::CaseResult refused;
  refused.outcome = "refused";
  EXPECT_FALSE(broken(refused));
}

TEST(Failure, OnlyWhatFailsStays) {
  scenario::Scenario story;
  story.expectations.resize(2);
  story.expectations[0].is = "pid";
  story.bounds = {{"a", 0, 1}, {"b", 0, 1}};
  suite::Check good = kBound;
  good.held = true;
  // Expectations, one fault, bounds: the order of suite::Observers::tell.
  suite::Check realised = kFault;
  realised.held = true;
  const auto small = only_what_fails(story, failed({kRung, kHeld, realised, good, kBound}));
  ASSERT_EQ(small.expectations.size(), 1U);
  EXPECT_EQ(small.expectations[0].is, "pid");
  ASSERT_EQ(small.bounds.size(), 1U);
  EXPECT_EQ(small.bounds[0].kpi, "b");
  suite::CaseResult crashed;
  crashed.outcome = "crashed";
  EXPECT_TRUE(only_what_fails(story, crashed).expectations.empty());
}

}  // namespace
}  // namespace saggar::search
