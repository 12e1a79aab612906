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

TEST(Judge, ArmsArePairedOverScenarioAndSeed) {
  const Answer a = judge(sample_question(), sample_results());
  EXPECT_THAT(a.card.arms, ElementsAre("recipe", "mpc")) << "ours is not held against itself";
  ASSERT_FALSE(a.card.rows.empty());
  const verdict::ScoreRow& energy = a.card.rows[0];
  EXPECT_EQ(energy.figure.name, "kWh_per_kg");
  EXPECT_EQ(energy.cells[0].against.pairs, 40U);
  EXPECT_NEAR(energy.cells[0].against.difference.mean, -0.1, 1e-9);
  EXPECT_EQ(energy.cells[0].against.finding, verdict::Finding::better);
  EXPECT_EQ(energy.cells[1].against.finding, verdict::Finding::too_few) << "there is no mpc";
  for (const auto& row : a.card.rows) EXPECT_NE(row.figure.name, "controllers_us");
  EXPECT_TRUE(a.passed());
}

TEST(Judge, PairsIgnoreTheControlFileAndKeepWhatElseIsSwept) {
  suite::CaseResult r = testing::sample_case("calm", "pid", 101);
  EXPECT_EQ(pair_key(r), "calm/101");
  r.variant = "control=pid, moisture=1.5";
  EXPECT_EQ(pair_key(r), "calm/moisture=1.5/101");
  r.variant = "moisture=1.5,ladder=pid";
  EXPECT_EQ(pair_key(r), "calm/moisture=1.5/101");
}

TEST(Judge, TheSameResultsAsTheirBaselineAreTheSameInEveryWay) {
  Question q = sample_question();
  q.previous = sample_baseline();
  const Answer a = judge(q, sample_results());
  EXPECT_EQ(a.exact.same.size(), 80U);
  EXPECT_EQ(a.compared, 80U);
  EXPECT_TRUE(a.strayed.empty());
  EXPECT_TRUE(a.unmet.empty());
  EXPECT_EQ(a.card.arms.back(), kPreviousRelease);
  EXPECT_EQ(a.card.rows[0].cells.back().against.pairs, 40U);
  EXPECT_TRUE(a.passed());
}

TEST(Judge, AFigureThatIsWorseThanInThePreviousReleaseFailsTheCampaign) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  for (auto& r : results) r.figures[0].value += r.arm == "pid" ? 0.01 : 0;
  const Answer worse = judge(q, results);
  ASSERT_EQ(worse.unmet.size(), 1U);
  EXPECT_EQ(worse.unmet[0].figure, "kWh_per_kg");
  EXPECT_EQ(worse.unmet[0].arm, kPreviousRelease);
  EXPECT_FALSE(worse.passed());
  q.figures = {{"kWh_per_kg", "kWh/kg", -1, {0, 0.02}}};
  EXPECT_TRUE(judge(q, results).passed()) << "within a margin of 2 %";
}

TEST(Judge, AMarginHasToBeShownAgainstItsArm) {
  Question q = sample_question();
  // Ours takes 0.1 less than recipe.
  q.margins["kWh_per_kg"]["recipe"] = {0.01, 0};
  EXPECT_TRUE(judge(q, sample_results()).passed());
  auto results = sample_results();
  for (auto& r : results) r.figures[0].value += r.compared ? 0 : 0.2;
  const Answer a = judge(q, results);
  ASSERT_EQ(a.unmet.size(), 1U);
  EXPECT_EQ(a.unmet[0].arm, "recipe");
  EXPECT_EQ(a.unmet[0].finding, verdict::Finding::worse);
  q.margins["kWh_per_kg"]["recipe"] = {0.2, 0};
  EXPECT_TRUE(judge(q, results).passed()) << "0.1 more is within 0.2";
}

TEST(Judge, AMarginThatNothingCanShowIsNotMet) {
  for (const auto& [figure, arm] :
       {std::pair("kWh_per_kg", "mpc"), {"kWh_per_kg", "nobody"}, {"no_such_figure", "recipe"}}) {
    Question q = sample_question();
    q.margins[figure][arm] = {1e9, 0};
    const Answer a = judge(q, sample_results());
    ASSERT_EQ(a.unmet.size(), 1U) << figure << arm;
    EXPECT_EQ(a.unmet[0].finding, verdict::Finding::too_few);
  }
}

TEST(Judge, AMarginOfNothingIsMetByTheSameResults) {
  Question q = sample_question();
  q.previous = sample_baseline();
  q.margins["kWh_per_kg"][std::string(kPreviousRelease)] = {};
  EXPECT_TRUE(judge(q, sample_results()).passed());
}

TEST(Judge, CasesUnderTestMayHaveDifferentControllers) {
  auto results = sample_results();
  for (auto& r : results) {
    if (r.scenario == "calm" && !r.compared) r.arm = "pid-ff";
  }
  Question q = sample_question();
  q.ours.clear();
  const Answer a = judge(q, results);
  EXPECT_EQ(a.card.ours, "under test");
  EXPECT_EQ(a.card.rows[0].cells[0].against.pairs, 40U);
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
