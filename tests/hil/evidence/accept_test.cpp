// Baselines made of results, and the page on which a reviewer sees what changes (HI-47).
#include "hil/evidence/accept.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/evidence/sample_campaign.hpp"
#include "tests/hil/report/markup.hpp"

namespace saggar::evidence {
namespace {

using report::test::faults_of;
using ::testing::HasSubstr;
using testing::sample_baseline;
using testing::sample_results;

TEST(Accept, KeepsCasesThatPassedWithTheirDigestsFiguresAndTraces) {
  Acceptance a;
  a.suite = "premerge", a.author = "Kim", a.reason = "first", a.date = "2025-11-03";
  a.figures = {"kWh_per_kg", "controllers_us"};
  a.series = {"zone03.*"};
  a.step_s = 600;
  auto results = sample_results();
  results[0].outcome = "failed";
  results[1].trace.series[0].values[10] = NAN;
  const verdict::Baseline b = accept(a, results);
  ASSERT_EQ(b.cases.size(), 39U) << "of 40 under test; what stands beside is not kept";
  EXPECT_EQ(b.cases[0].id, "calm/pid/seed102");
  EXPECT_EQ(b.cases[0].hash, results[1].hash);
  EXPECT_EQ(b.cases[0].figures.size(), 1U) << "those of the machine are never kept";
  ASSERT_EQ(b.cases[0].traces.size(), 1U);
  EXPECT_EQ(b.cases[0].traces[0].values.size(), 432U) << "72 h in steps of 10 min";
  EXPECT_TRUE(std::isinf(b.cases[0].traces[0].values[1])) << "a gap";
  const auto text = verdict::baseline_text(b);
  ASSERT_TRUE(text.ok());
  const auto read = verdict::read_baseline("b.toml", text.value());
  ASSERT_TRUE(read.ok()) << read.error().text();
}

TEST(Accept, GapsOfABaselineAreGapsOfItsTube) {
  auto results = sample_results();
  for (auto& r : results) r.trace.series[0].values[600] = NAN;
  Acceptance a;
  a.suite = "s", a.author = "k", a.reason = "r", a.date = "2025-11-03";
  a.series = {"zone03.top.pv"};
  a.step_s = 600;
  Question q = testing::sample_question();
  q.previous = accept(a, results);
  EXPECT_TRUE(judge(q, results).strayed.empty());
}

TEST(Accept, OfTheSameResultsInAnyOrderIsTheSame) {
  auto results = sample_results();
  Acceptance a;
  const auto b = accept(a, results);
  std::reverse(results.begin(), results.end());
  EXPECT_EQ(accept(a, results).sha256, b.sha256);
}

TEST(ChangePage, ShowsFiguresCasesAndTracesThatChange) {
  verdict::Baseline after = sample_baseline();
  after.cases[0].set("kWh_per_kg", 9.5);
  after.cases[0].hash = std::string(64, 'c');
  after.cases[1].id = "calm/pid/seed999";
  for (double& v : after.cases[2].traces[0].values) v += 1;
  for (const Language l : {Language::en, Language::ko}) {
    const std::string text = report::html(change_page(sample_baseline(), after, l));
    EXPECT_EQ(faults_of(text), "");
    for (const char* words : {"kWh_per_kg", "9.5", "calm/pid/seed999", "calm/pid/seed102",
                              "calm/pid/seed103, zone03.top.pv"}) {
      EXPECT_THAT(text, HasSubstr(words));
    }
  }
  const std::string same =
      report::html(change_page(sample_baseline(), sample_baseline(), Language::en));
  EXPECT_THAT(same, HasSubstr("Nothing changed."));
}

}  // namespace
}  // namespace saggar::evidence
