// What stands beside what, and what is not as good as it has to be.
#include "hil/evidence/cards.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "hil/evidence/judge.hpp"
#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using ::testing::ElementsAre;
using testing::sample_baseline;
using testing::sample_question;
using testing::sample_results;

TEST(Cards, ArmsArePairedOverScenarioAndSeed) {
  const Answer a = judge(sample_question(), sample_results());
  EXPECT_THAT(a.cards[0].arms, ElementsAre("recipe", "mpc")) << "ours is not held against itself";
  ASSERT_FALSE(a.cards[0].rows.empty());
  const verdict::ScoreRow& energy = a.cards[0].rows[0];
  EXPECT_EQ(energy.figure.name, "kWh_per_kg");
  EXPECT_EQ(energy.cells[0].against.pairs, 40U);
  EXPECT_NEAR(energy.cells[0].against.difference.mean, -0.1, 1e-9);
  EXPECT_EQ(energy.cells[0].against.finding, verdict::Finding::better);
  EXPECT_EQ(energy.cells[1].against.finding, verdict::Finding::too_few) << "there is no mpc";
  for (const auto& row : a.cards[0].rows) EXPECT_NE(row.figure.name, "controllers_us");
  EXPECT_TRUE(a.passed());
}

TEST(Cards, PairsIgnoreTheControlFileAndKeepWhatElseIsSwept) {
  suite::CaseResult r = testing::sample_case("calm", "pid", 101);
  EXPECT_EQ(pair_key(r), "calm/101");
  r.variant = "control=pid, moisture=1.5";
  EXPECT_EQ(pair_key(r), "calm/moisture=1.5/101");
  r.variant = "moisture=1.5,ladder=pid";
  EXPECT_EQ(pair_key(r), "calm/moisture=1.5/101");
}

TEST(Cards, AFigureThatIsWorseThanInThePreviousReleaseFailsTheCampaign) {
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

TEST(Cards, AMarginHasToBeShownAgainstItsArm) {
  Question q = sample_question();
  // Ours takes 0.1 less than recipe.
  q.margins = {{"kWh_per_kg", "", "recipe", {0.01, 0}}};
  EXPECT_TRUE(judge(q, sample_results()).passed());
  auto results = sample_results();
  for (auto& r : results) r.figures[0].value += r.compared ? 0 : 0.2;
  const Answer a = judge(q, results);
  ASSERT_EQ(a.unmet.size(), 1U);
  EXPECT_EQ(a.unmet[0].arm, "recipe");
  EXPECT_EQ(a.unmet[0].finding, verdict::Finding::worse);
  q.margins = {{"kWh_per_kg", "", "recipe", {0.2, 0}}};
  EXPECT_TRUE(judge(q, results).passed()) << "0.1 more is within 0.2";
}

TEST(Cards, AMarginThatNothingCanShowIsNotMet) {
  for (const auto& [figure, arm] :
       {std::pair("kWh_per_kg", "mpc"), {"kWh_per_kg", "nobody"}, {"no_such_figure", "recipe"}}) {
    Question q = sample_question();
    q.margins = {{figure, "", arm, {1e9, 0}}};
    const Answer a = judge(q, sample_results());
    ASSERT_EQ(a.unmet.size(), 1U) << figure << arm;
    EXPECT_EQ(a.unmet[0].finding, verdict::Finding::too_few);
  }
}

TEST(Cards, AMarginOfNothingIsMetByTheSameResults) {
  Question q = sample_question();
  q.previous = sample_baseline();
  q.margins = {{"kWh_per_kg", "", std::string(kPreviousRelease), {}}};
  EXPECT_TRUE(judge(q, sample_results()).passed());
}

TEST(Cards, EachControllerUnderTestHasItsOwn) {
  // Calm is tested under pid-ff, the oxygen drop under pid: twenty cases each.
  auto results = sample_results();
  for (auto& r : results) {
    if (r.scenario == "calm" && !r.compared) r.arm = "pid-ff", r.figures[0].value += 5;
  }
  const Answer a = judge(sample_question(), results);
  ASSERT_EQ(a.cards.size(), 2U);
  EXPECT_EQ(a.cards[0].ours, "pid");
  EXPECT_EQ(a.cards[1].ours, "pid-ff");
  for (const auto& card : a.cards) {
    EXPECT_EQ(card.rows[0].cases, 20U);
    EXPECT_EQ(card.rows[0].cells[0].against.pairs, 20U) << "beside recipe";
  }
  EXPECT_NEAR(a.cards[1].rows[0].ours - a.cards[0].rows[0].ours, 5, 1e-9);
}

TEST(Cards, ControllersUnderTestOnTheSameCasesStandBesideEachOther) {
  auto results = sample_results();
  for (auto& r : results) r.compared = false;  // recipe is tested as pid is
  Question q = sample_question();
  q.arms.clear();
  const Answer a = judge(q, results);
  ASSERT_EQ(a.cards.size(), 2U);
  EXPECT_THAT(a.cards[0].arms, ElementsAre("recipe"));
  EXPECT_THAT(a.cards[1].arms, ElementsAre("pid"));
  EXPECT_EQ(a.cards[1].rows[0].cells[0].against.pairs, 40U);
}

TEST(Cards, WhatIsComparedIsNotMixedWithWhatIsTestedUnderTheSameName) {
  // One story is tested under pid; of the other, pid only stands beside.
  auto results = sample_results();
  std::erase_if(results, [](const auto& r) { return r.arm != "pid"; });
  for (auto& r : results) r.compared = r.scenario == "o2_drop";
  const Answer a = judge(sample_question(), results);
  ASSERT_EQ(a.cards.size(), 1U);
  EXPECT_EQ(a.cards[0].rows[0].cases, 20U) << "the twenty of calm, without those beside";
}

TEST(Cards, AMarginMayBeAboutOneOfTheControllersUnderTest) {
  auto results = sample_results();
  for (auto& r : results) {
    if (r.scenario == "calm" && !r.compared) r.arm = "pid-ff", r.figures[0].value += 5;
  }
  Question q = sample_question();
  q.margins = {{"kWh_per_kg", "pid", "recipe", {}}};
  EXPECT_TRUE(judge(q, results).passed());
  q.margins[0].ours = "pid-ff";
  const Answer worse = judge(q, results);
  ASSERT_EQ(worse.unmet.size(), 1U);
  EXPECT_EQ(worse.unmet[0].ours, "pid-ff");
  q.margins[0].ours = "mpc";
  ASSERT_EQ(judge(q, results).unmet.size(), 1U) << "which is not under test";
}

TEST(Cards, AFigureThatOnlyWeLackIsNotShownToBeAsGood) {
  auto results = sample_results();
  Question q = sample_question();
  q.margins = {{"kWh_per_kg", "", "recipe", {}}};
  ASSERT_TRUE(judge(q, results).passed());
  for (auto& r : results) {
    if (r.arm == "pid" && r.seed == 101) r.figures[0].value = NAN;  // it never settled, say
  }
  const Answer a = judge(q, results);
  ASSERT_EQ(a.unmet.size(), 1U);
  EXPECT_EQ(a.unmet[0].against.we_lack, 2U);
}

}  // namespace
}  // namespace saggar::evidence
