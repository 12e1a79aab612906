// Which case stands for a scenario, and its ladder.
#include "hil/evidence/scenario_section.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using testing::sample_case;

TEST(ScenarioSection, ShowsTheFirstCaseThatDidNotPass) {
  auto a = sample_case("calm", "pid", 101), b = sample_case("calm", "pid", 102),
       c = sample_case("calm", "recipe", 101);
  Answer answer;
  EXPECT_EQ(shown(answer, {&c, &a, &b}).id, a.id) << "all passed: the one under test";
  verdict::Departure far;
  far.judged = 10, far.out = 5;
  answer.strayed = {{b.id, "x", "K", far}};
  EXPECT_EQ(shown(answer, {&a, &b, &c}).id, b.id) << "the one that strayed";
  a.outcome = "failed";
  EXPECT_EQ(shown(answer, {&a, &b, &c}).id, a.id);
}

TEST(ScenarioSection, TheLadderIsThatOfTheMoves) {
  const auto ribbon = ladder(sample_case("o2_drop", "pid", 101), Language::en);
  ASSERT_EQ(ribbon.rows.size(), 2U) << "heat, and the alarms";
  const auto& heat = ribbon.rows[0].stretches;
  ASSERT_EQ(heat.size(), 3U);
  EXPECT_EQ(heat[0].state, "pid");
  EXPECT_DOUBLE_EQ(heat[0].to, 36);
  EXPECT_EQ(heat[1].state, "hold");
  EXPECT_EQ(heat[2].state, "pid");
  EXPECT_DOUBLE_EQ(heat[2].to, 72);
  ASSERT_EQ(ribbon.rows[1].strokes.size(), 2U);
  EXPECT_DOUBLE_EQ(ribbon.rows[1].strokes[0], 36);
}

TEST(ScenarioSection, ALadderThatNeverMovedIsThatOfWhoDrove) {
  const auto ribbon = ladder(sample_case("calm", "recipe", 101), Language::en);
  ASSERT_EQ(ribbon.rows.size(), 2U);
  EXPECT_EQ(ribbon.rows[0].stretches.at(0).state, "recipe");
  EXPECT_DOUBLE_EQ(ribbon.rows[0].stretches.at(0).to, 72);
}

TEST(ScenarioSection, DrawsAtMostThreeTraces) {
  auto a = sample_case("calm", "pid", 101);
  a.trace.series.assign(9, a.trace.series[0]);
  const auto section = scenario_section({}, {}, "calm", {&a}, Language::en);
  EXPECT_EQ(section.blocks.size(), 2U + kMostCharts);
}

TEST(ScenarioSection, DrawsThePlaceThatAMissedCheckNamesFirst) {
  auto a = sample_case("calm", "pid", 101);
  a.trace.series.assign(4, a.trace.series[0]);
  for (int i = 0; i < 4; ++i) a.trace.series[i].name = "zone1" + std::to_string(i) + ".temperature";
  a.checks = {{"fault drift zone12.top at 60 s", "realised", "realised", true, "fault"},
              {"event sample_bad of zone13.top.temperature", "seen", "not seen", false, "expect"}};
  const auto section = scenario_section({}, {}, "calm", {&a}, Language::en);
  std::vector<std::string> titles;
  for (const auto& block : section.blocks) {
    if (const auto* chart = std::get_if<report::LineChart>(&block)) titles.push_back(chart->title);
  }
  EXPECT_THAT(titles, ::testing::ElementsAre("zone13.temperature", "zone12.temperature",
                                             "zone10.temperature"));
}

}  // namespace
}  // namespace saggar::evidence
