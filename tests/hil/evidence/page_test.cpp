// The page of a campaign: sound markup, verdict first, both languages (HI-42, HI-56).
#include "hil/evidence/page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/hil/evidence/sample_campaign.hpp"
#include "tests/hil/report/markup.hpp"

namespace saggar::evidence {
namespace {

using report::test::faults_of;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::sample_baseline;
using testing::sample_question;
using testing::sample_results;

std::vector<suite::CaseResult> with_trouble() {
  auto results = sample_results();
  results[3].outcome = "failed";
  results[3].checks[0] = {"heat reaches hold", "by 600 s", "never", false, "expect"};
  results[4].outcome = "refused";
  results[4].problem = "no such recipe";
  for (double& v : results[5].trace.series[0].values) v += 2;
  for (auto& r : results) r.figures[0].value += r.arm == "pid" ? 0.05 : 0;
  return results;
}

std::string rendered(const std::vector<suite::CaseResult>& results, Language language,
                     bool previous = true) {
  Question q = sample_question();
  if (previous) q.previous = sample_baseline();
  return report::html(page(q, judge(q, results), results, language));
}

TEST(CampaignPage, IsSoundInBothLanguages) {
  for (const Language l : {Language::en, Language::ko}) {
    EXPECT_EQ(faults_of(rendered(sample_results(), l)), "");
    EXPECT_EQ(faults_of(rendered(with_trouble(), l)), "");
    EXPECT_EQ(faults_of(rendered(sample_results(), l, false)), "");
    EXPECT_EQ(faults_of(rendered({}, l)), "");
  }
}

TEST(CampaignPage, SaysTheVerdictFirstAndWhy) {
  const std::string good = rendered(sample_results(), Language::en);
  EXPECT_THAT(good, HasSubstr("<p>Passed: 80 of 80 cases held all of their 160 checks.</p>"));
  const std::string bad = rendered(with_trouble(), Language::en);
  EXPECT_THAT(bad, HasSubstr("NOT passed: 1 of 80 cases failed; 1 could not begin; not as good as "
                             "required: kWh_per_kg against previous release (WORSE); traces that "
                             "left their tube: 1."));
  EXPECT_LT(bad.find("NOT passed"), bad.find("What failed</h2>"));
  EXPECT_LT(bad.find("What failed</h2>"), bad.find("Key figures</h2>"));
  EXPECT_LT(bad.find("Key figures</h2>"), bad.find("Scenario calm</h2>"));
}

TEST(CampaignPage, FailingChecksStandWithWhatCameAndHowToReplay) {
  const std::string text = rendered(with_trouble(), Language::en);
  for (const char* words : {"heat reaches hold", "by 600 s", "never", "no such recipe",
                            "saggar-hil run sample --case calm/pid/seed104"}) {
    EXPECT_THAT(text, HasSubstr(words));
  }
  EXPECT_THAT(rendered(sample_results(), Language::en), HasSubstr("Nothing failed."));
}

TEST(CampaignPage, FiguresHaveArrowsIntervalsAndWordsForEveryArm) {
  const std::string text = rendered(with_trouble(), Language::en);
  EXPECT_THAT(text, HasSubstr("against recipe"));
  EXPECT_THAT(text, HasSubstr("against mpc"));
  EXPECT_THAT(text, HasSubstr("against previous release"));
  EXPECT_THAT(text, HasSubstr("\u25B2 +0.05 [+0.05, +0.05] WORSE"));
  EXPECT_THAT(text, HasSubstr("better</td>"));
}

TEST(CampaignPage, SpeaksKoreanThroughout) {
  auto results = with_trouble();
  results[3].trace.series[0].values[7] = INFINITY;  // of the case that is drawn: a note below
  const std::string text = rendered(results, Language::ko);
  EXPECT_THAT(text, HasSubstr("참고: &quot;이번 실행&quot;의 값 1개: 무한대이거나"));
  EXPECT_THAT(text, HasSubstr("<html lang=\"ko\">"));
  EXPECT_THAT(text, HasSubstr("불합격: 전체 80개 중 1개 케이스 불합격"));
  EXPECT_THAT(text, HasSubstr("나빠짐"));
  for (const char* english : {"What failed", "Key figures", "against", "Verdict</th>", "WORSE",
                              "better<", "Gate<", "tube", "Note:"}) {
    EXPECT_THAT(text, Not(HasSubstr(english)));
  }
}

TEST(CampaignPage, ShowsTubesLaddersGuardCoverageAndWhoAcceptedTheBaseline) {
  const std::string text = rendered(with_trouble(), Language::en);
  EXPECT_THAT(text, HasSubstr("tube of the baseline"));
  EXPECT_THAT(text, HasSubstr("Who drove, and alarms"));
  EXPECT_THAT(text, HasSubstr("<td>g4_absolute</td><td class=\"r\">120</td>"))
      << "three in each of our 40 cases";
  EXPECT_THAT(text, HasSubstr("Accepted on 2025-10-01 by Kim: release 1.3"));
  EXPECT_THAT(text, HasSubstr("<b class=\"pass\">pass</b>"));
}

TEST(CampaignPage, ShowsWhichCasesShowWhichRequirement) {
  const std::string text = rendered(with_trouble(), Language::en);
  EXPECT_THAT(text, HasSubstr("<td>SC-13</td><td>calm, o2_drop</td><td class=\"r\">38</td>"
                              "<td class=\"r\">2</td>"))
      << "of forty cases one failed and one could not begin";
  EXPECT_THAT(text, HasSubstr("<b class=\"miss\">miss</b>"));
}

TEST(CampaignPage, ShowsLotsOfTheCaseDrawnAndRecipesOfAll) {
  auto results = sample_results();
  EXPECT_THAT(rendered(results, Language::en), Not(HasSubstr("By recipe")));
  for (auto& r : results) r.recipe = "ncm811-p2";
  for (auto& r : results) r.details = {{"lot3_off_spec_kg", "kg", -1, 12.5}};
  const std::string text = rendered(results, Language::ko);
  EXPECT_EQ(faults_of(text), "");
  EXPECT_THAT(text, HasSubstr("레시피별"));
  EXPECT_THAT(text, HasSubstr("로트별"));
  EXPECT_THAT(text, HasSubstr("12.5"));
}

TEST(CampaignPage, NamesOfGatesMayHaveBlanks) {
  auto results = sample_results();
  for (auto& r : results) r.reached.gates = {{"G5 rate clip", 2}, {"G5 rate reject", 1}};
  EXPECT_THAT(rendered(results, Language::en),
              HasSubstr("<td>G5 rate</td><td class=\"r\">80</td><td class=\"r\">40</td>"));
}

TEST(CampaignPage, IsTheSameWhateverTheOrderOfTheResults) {
  auto results = with_trouble();
  const std::string text = rendered(results, Language::en);
  std::reverse(results.begin(), results.end());
  for (auto& r : results) r.seconds += 5;
  EXPECT_EQ(rendered(results, Language::en), text);
}

TEST(CampaignPage, HostileTextsAreOnlyText) {
  auto results = sample_results();
  results[0].outcome = "crashed";
  results[0].problem = "</td><script>alert(1)</script>\x01\xFF & \"";
  results[0].scenario = "<b>\"'&";
  results[0].replay = "rm -rf / && \n echo";
  EXPECT_EQ(faults_of(rendered(results, Language::en)), "");
  EXPECT_THAT(rendered(results, Language::en), Not(HasSubstr("<script")));
}

TEST(CampaignPage, FiguresThatAreMissingAreDashes) {
  auto results = sample_results();
  for (auto& r : results) r.figures[0].value = NAN;
  EXPECT_EQ(faults_of(rendered(results, Language::en)), "");
}

TEST(CampaignPage, OfThousandsOfFailuresStaysAPage) {
  auto results = sample_results();
  for (auto& r : results) {
    r.outcome = "failed";
    r.checks.assign(50, {"x", "1", "2", false, "bound"});
  }
  const std::string text = rendered(results, Language::en);
  EXPECT_THAT(text, HasSubstr("3800 more rows"));
  EXPECT_LT(text.size(), 600'000U);
}

}  // namespace
}  // namespace saggar::evidence
