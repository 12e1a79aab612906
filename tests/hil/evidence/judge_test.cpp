// What a campaign is found to have shown, whatever the order of its results.
#include "hil/evidence/judge.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using ::testing::ElementsAre;
using testing::sample_baseline;
using testing::sample_question;
using testing::sample_results;

TEST(Judge, CountsCasesAndChecks) {
  auto results = sample_results();
  results[0].outcome = "failed";
  results[0].checks[0].held = false;
  results[1].outcome = "crashed";
  results[2].outcome = "refused";
  const Answer a = judge(sample_question(), results);
  EXPECT_EQ(a.cases, 80U);
  EXPECT_EQ(a.passed_cases, 77U);
  EXPECT_EQ(a.failed, 1U);
  EXPECT_EQ(a.crashed, 1U);
  EXPECT_EQ(a.refused, 1U);
  EXPECT_EQ(a.checks, 160U);
  EXPECT_EQ(a.checks_held, 159U);
  EXPECT_DOUBLE_EQ(a.hours, 80 * 72);
  EXPECT_FALSE(a.passed());
}

TEST(Judge, TheSameResultsAsTheirBaselineAreTheSameInEveryWay) {
  Question q = sample_question();
  q.previous = sample_baseline();
  const Answer a = judge(q, sample_results());
  EXPECT_EQ(a.exact.same.size(), 40U) << "those under test";
  EXPECT_EQ(a.compared, 40U);
  EXPECT_TRUE(a.strayed.empty());
  EXPECT_TRUE(a.unmet.empty());
  EXPECT_EQ(a.cards[0].arms.back(), kPreviousRelease);
  EXPECT_EQ(a.cards[0].rows[0].cells.back().against.pairs, 40U);
  EXPECT_TRUE(a.passed());
}

TEST(Judge, WhatNeedsABaselineDoesNotPassWithoutOne) {
  Question q = sample_question();
  q.needs_previous = true;
  const Answer without = judge(q, sample_results());
  EXPECT_TRUE(without.no_baseline);
  EXPECT_FALSE(without.passed());
  q.previous = sample_baseline();
  EXPECT_TRUE(judge(q, sample_results()).passed());
}

TEST(Judge, WhatNeedsABaselineNeedsOneWithTheSameCases) {
  Question q = sample_question();
  q.needs_previous = true;
  q.previous = sample_baseline();
  const std::string first = q.previous->cases.front().id;
  q.previous->cases.front().id = "calm/pid/seed99";
  const Answer a = judge(q, sample_results());
  EXPECT_THAT(a.unknown, ElementsAre(first));
  EXPECT_THAT(a.gone, ElementsAre("calm/pid/seed99"));
  EXPECT_FALSE(a.passed());
  q.needs_previous = false;
  EXPECT_TRUE(judge(q, sample_results()).passed());
}

TEST(Judge, RecordsHaveToBeTheSameOnlyWhereThatIsAsked) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  results[2].hash = std::string(64, 'e');
  EXPECT_TRUE(judge(q, results).passed());
  q.exact = true;
  EXPECT_EQ(judge(q, results).inexact(), 1U);
  EXPECT_FALSE(judge(q, results).passed());
  EXPECT_TRUE(judge(q, sample_results()).passed());
}

TEST(Judge, TubesAreThoseOfTheLongestNameThatFits) {
  Question q;
  EXPECT_EQ(tube_of(q, "x").absolute, 0.5);
  q.tubes = {{"zone03.top.pv", {5, 2, 0}}, {"zone*", {5, 1, 0}}, {"zone03.*", {5, 3, 0}}};
  EXPECT_EQ(tube_of(q, "zone03.top.pv").absolute, 2);
  EXPECT_EQ(tube_of(q, "zone03.top.sp").absolute, 3);
  EXPECT_EQ(tube_of(q, "zone04.top.sp").absolute, 1);
  EXPECT_EQ(tube_of(q, "power").absolute, 0.5);
  q = sample_question();
  q.previous = sample_baseline();
  q.tubes = {{"zone*", {5, 2, 0}}};
  auto results = sample_results();
  for (double& v : results[3].trace.series[0].values) v += 1;
  EXPECT_TRUE(judge(q, results).passed()) << "1 K in a tube of 2 K";
}

TEST(Judge, ABiasOfOneKelvinInOneZoneIsNamedByItsTrace) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  for (double& v : results[3].trace.series[0].values) v += 1;
  const Answer a = judge(q, results);
  ASSERT_EQ(a.strayed.size(), 1U);
  EXPECT_EQ(a.strayed[0].id, results[3].id);
  EXPECT_EQ(a.strayed[0].series, "zone03.top.pv");
  EXPECT_FALSE(a.passed());
}

TEST(Judge, ATraceThatIsGoneStrayed) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  results[3].trace.series.clear();
  EXPECT_EQ(judge(q, results).strayed.size(), 1U);
}

TEST(Judge, WhatNoCaseReachedIsAGap) {
  Question q = sample_question();
  q.wanted["reasons"].insert("watchdog");
  const Answer a = judge(q, sample_results());
  EXPECT_EQ(a.gaps(), 1U);
  EXPECT_FALSE(a.passed());
  ASSERT_EQ(a.coverage.size(), 4U);
  EXPECT_EQ(a.coverage[3].name, "watchdog");
  EXPECT_EQ(a.coverage[1].times, 240U) << "three clips in each of 80 cases";
}

TEST(Judge, ARequirementIsReachedByCasesUnderTestThatPass) {
  Question q = sample_question();
  q.wanted = {{"requirements", {"HI-21", "SC-99"}}};
  auto results = sample_results();
  const Answer a = judge(q, results);
  ASSERT_EQ(a.coverage.size(), 2U);
  EXPECT_EQ(a.coverage[0].times, 40U)
      << "two scenarios, twenty seeds; the other arm does not count";
  EXPECT_EQ(a.gaps(), 1U) << "nobody carries SC-99";
  for (auto& r : results) r.outcome = "failed";
  EXPECT_EQ(judge(q, results).gaps(), 2U) << "a case that failed shows nothing";
}

TEST(Judge, AnIdThatStandsTwiceFailsTheCampaign) {
  auto results = sample_results();
  results.push_back(results[7]);
  const Answer a = judge(sample_question(), results);
  EXPECT_THAT(a.twice, ElementsAre(results[7].id));
  EXPECT_FALSE(a.passed());
}

TEST(Judge, AnEmptyCampaignDidNotPass) { EXPECT_FALSE(judge(sample_question(), {}).passed()); }

TEST(MergedDigest, IsTheSameInEveryOrderAndOnEveryMachine) {
  auto results = sample_results();
  const std::string digest = merged_digest(results);
  EXPECT_EQ(digest.size(), 64U);
  std::reverse(results.begin(), results.end());
  results[5].seconds *= 3;
  results[6].figures.back().value = 99;  // of the machine
  results[7].replay = "elsewhere";
  EXPECT_EQ(merged_digest(results), digest);
  results[8].hash[0] = '0';
  EXPECT_NE(merged_digest(results), digest);
}

TEST(Thinned, TakesEveryNthSampleOrNone) {
  EXPECT_THAT(thinned({0, 1, 2, 3, 4, 5, 6}, 60, 180), ElementsAre(0, 3, 6));
  EXPECT_THAT(thinned({0, 1}, 60, 60), ElementsAre(0, 1));
  EXPECT_TRUE(thinned({0, 1, 2}, 60, 90).empty());
  EXPECT_TRUE(thinned({0, 1, 2}, 60, 30).empty());
  EXPECT_TRUE(thinned({0, 1, 2}, 0, 30).empty());
}

TEST(MergedDigest, KnowsThatACaseCrashedAndNotWhatTheCrashSaid) {
  auto results = sample_results();
  results[1].outcome = "crashed";
  results[1].problem = "signal 11; see /somewhere/a.log";
  const std::string digest = merged_digest(results);
  results[1].problem = "signal 11; see /elsewhere/a.log";
  EXPECT_EQ(merged_digest(results), digest);
  results[1].outcome = "failed";
  EXPECT_NE(merged_digest(results), digest);
}

}  // namespace
}  // namespace saggar::evidence
