// Lines of what a campaign did not come to.
#include "hil/evidence/misses.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using ::testing::HasSubstr;
using testing::sample_baseline;
using testing::sample_question;
using testing::sample_results;

std::vector<Miss> lines(const Question& q, const std::vector<suite::CaseResult>& results,
                        Language language = Language::en) {
  return misses(q, judge(q, results), results, language);
}

TEST(Misses, OfACampaignThatPassedAreNone) {
  Question q = sample_question();
  q.previous = sample_baseline();
  EXPECT_TRUE(lines(q, sample_results()).empty());
}

TEST(Misses, ATraceThatLeftItsTubeIsNamedWithItsCaseItsTimeAndItsReplay) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  results[2].trace.series[0].values[1000] += 3;  // at 60 s each
  results[2].replay = "saggar-hil run premerge --only it";
  const auto all = lines(q, results);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].kind, "trace");
  EXPECT_EQ(all[0].id, results[2].id);
  EXPECT_THAT(all[0].check, HasSubstr("zone03.top.pv left its tube"));
  EXPECT_THAT(all[0].expected, HasSubstr("within 0.5 "));
  EXPECT_THAT(all[0].got, HasSubstr("from 60000 s on"));
  EXPECT_EQ(all[0].replay, results[2].replay);
}

TEST(Misses, TheTraceThatLeftItsTubeByMostComesFirst) {
  Question q = sample_question();
  q.previous = sample_baseline();
  auto results = sample_results();
  results[2].trace.series[0].values[1000] += 2;
  results[3].trace.series[0].values[1000] += 9;
  const auto all = lines(q, results);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].id, results[3].id);
  q.tube.absolute = 0;  // a baseline keeps rounded values: every trace has left such a tube
  const auto exact = lines(q, results);
  ASSERT_EQ(exact.size(), 40U);
  EXPECT_EQ(exact[0].id, results[3].id);
  EXPECT_EQ(exact[1].id, results[2].id);
}

TEST(Misses, AFigureIsNamedWithWhatWasRequiredAndWhatItsIntervalShows) {
  Question q = sample_question();
  q.margins = {{"kWh_per_kg", "pid", "recipe", {0.01, 0}}};
  auto results = sample_results();
  for (auto& r : results) r.figures[0].value += r.compared ? 0 : 0.2;
  const auto all = lines(q, results);
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].check, "kWh_per_kg of pid against recipe");
  EXPECT_EQ(all[0].expected, "no worse than by 0.01 kWh/kg");
  EXPECT_THAT(all[0].got, HasSubstr("WORSE"));
  const auto korean = lines(q, results, Language::ko);
  EXPECT_EQ(korean[0].check, "recipe 대비 pid의 kWh_per_kg");
}

TEST(Misses, ABaselineThatIsNotThereIsOneLineThatSaysHowToAcceptOne) {
  Question q = sample_question();
  q.needs_previous = true;
  const auto all = lines(q, sample_results());
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].kind, "baseline");
  EXPECT_THAT(all[0].expected, HasSubstr("saggar-hil baseline accept premerge"));
}

TEST(Misses, CasesThatCameOrWentIdsThatStandTwiceOtherRecordsAndGapsAreLines) {
  Question q = sample_question();
  q.needs_previous = q.exact = true;
  q.previous = sample_baseline();
  q.previous->cases[0].id = "gone/pid/seed1";
  q.wanted["reasons"] = {"never_seen"};
  auto results = sample_results();
  results[1].hash[0] = 'f';
  results.push_back(results.back());
  std::vector<std::string> kinds;
  for (const Miss& miss : lines(q, results)) kinds.push_back(miss.kind);
  EXPECT_THAT(kinds, ::testing::ElementsAre("baseline", "baseline", "records", "coverage", "id"));
}

TEST(CellText, ByHand) {
  verdict::Paired p;
  EXPECT_EQ(cell_text(p, Language::en), "\u2013");
  p.pairs = 12;
  EXPECT_EQ(cell_text(p, Language::en), "too few pairs (12)");
  p.pairs = 20;
  p.difference = {-0.5, -0.75, -0.25};
  p.finding = verdict::Finding::better;
  EXPECT_EQ(cell_text(p, Language::en), "\u25BC -0.5 [-0.75, -0.25] better");
  p.difference = {0, 0, 0};
  p.finding = verdict::Finding::no_difference;
  EXPECT_EQ(cell_text(p, Language::ko), "= 0 [0, 0] 차이 확인되지 않음");
}

}  // namespace
}  // namespace saggar::evidence
