#include "hil/campaign/decide.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "hil/verdict/baseline.hpp"
#include "tests/hil/campaign/folder.hpp"

namespace saggar::campaign {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Decide : public ::testing::Test {
 protected:
  Decide() : folder_("decide") {
    fs::create_directories(folder_.path / "baselines");
    plan_.suite = plan_.judged_by.name = "s";
    plan_.build = std::string(64, 'b');
    plan_.judged_by.funnels = {{"zone*", 0.5, 5}};
    for (int seed = 1; seed <= 2; ++seed) {
      Planned planned;
      planned.one.id = "quiet/pid/seed" + std::to_string(seed);
      planned.one.arm = "pid";
      plan_.cases.push_back(planned);
    }
  }
  /// Two cases that passed, with a trace that is so far from 700 degC.
  std::vector<suite::CaseResult> results(double bias_K = 0) const {
    std::vector<suite::CaseResult> out;
    for (const Planned& planned : plan_.cases) {
      suite::CaseResult r;
      r.id = planned.one.id;
      r.scenario = "quiet";
      r.group = "quiet/pid";
      r.arm = "pid";
      r.seed = out.size() + 1;
      r.inputs = r.hash = std::string(64, 'a');
      r.outcome = "passed";
      r.hours = 1;
      r.figures = {{"kWh_per_kg", "kWh/kg", -1, 2.5}};
      r.trace = {600, {{"zone03.temperature", "degC", std::vector<double>(7, 700 + bias_K)}}};
      out.push_back(r);
    }
    return out;
  }
  domain::Result<Decision> decide_on(const std::vector<suite::CaseResult>& results) const {
    return decide(plan_, results, {folder_.path, "2026-01-02"});
  }
  void accept(const std::vector<suite::CaseResult>& results) const {
    const auto text = baseline_text(plan_, results, "me", "first", "2026-01-01");
    ASSERT_TRUE(text.ok()) << text.error().text();
    std::ofstream(baseline_file(folder_.path, "s")) << text.value();
  }
  testing::Scratch folder_;
  Plan plan_;
};

TEST_F(Decide, ASuiteWithFunnelsDoesNotPassWithoutABaseline) {
  const auto without = decide_on(results());
  ASSERT_TRUE(without.ok());
  EXPECT_TRUE(without.value().answer.no_baseline);
  EXPECT_FALSE(without.value().passed());
}

TEST_F(Decide, WithoutABaselineAndWithoutFunnelsTheCasesDecide) {
  plan_.judged_by.funnels.clear();
  EXPECT_TRUE(decide_on(results()).value().passed());
  auto failed = results();
  failed[0].outcome = "failed";
  EXPECT_FALSE(decide_on(failed).value().passed());
}

TEST_F(Decide, ATraceThatLeavesTheTubeOfTheBaselineFailsByItsName) {
  accept(results());
  EXPECT_TRUE(decide_on(results()).value().passed());
  EXPECT_TRUE(decide_on(results(0.4)).value().passed());
  const auto biased = decide_on(results(1.0));
  ASSERT_TRUE(biased.ok()) << biased.error().text();
  EXPECT_FALSE(biased.value().passed());
  ASSERT_EQ(biased.value().answer.strayed.size(), 2U);
  EXPECT_EQ(biased.value().answer.strayed[0].series, "zone03.temperature");
}

TEST_F(Decide, APartIsNotHeldAgainstTheBaseline) {
  accept(results());
  const auto all = results(1.0);
  const Plan part = only(plan_, {"seed2"});
  EXPECT_TRUE(decide(part, {all[1]}, {folder_.path, ""}).value().passed());
}

TEST_F(Decide, AFunnelAroundNoSeriesIsAnErrorAndNotKept) {
  plan_.judged_by.funnels.push_back({"zoen*", 0.5, 5});
  const auto decision = decide_on(results());
  ASSERT_FALSE(decision.ok());
  EXPECT_THAT(decision.error().text(),
              HasSubstr("funnel[1].series: \"zoen*\" fits no series of any case"));
  EXPECT_THAT(decision.error().text(), HasSubstr("zone03.temperature"));
}

TEST_F(Decide, ADamagedBaselineIsAnErrorAndNotNone) {
  accept(results());
  std::ofstream(baseline_file(folder_.path, "s"), std::ios::app) << "\n[[case]]\nid = \"x\"\n";
  EXPECT_FALSE(decide_on(results()).ok());
  EXPECT_FALSE(judgeable(plan_, {folder_.path, ""}).ok()) << "which is seen before anything runs";
}

TEST_F(Decide, WritesReportsInTwoLanguagesJunitSummaryAndTracesOfWhatFailed) {
  auto some = results();
  some[0].outcome = "failed";
  const auto decision = decide_on(some);
  ASSERT_TRUE(write_files(decision.value(), some, folder_.path, false).ok());
  for (const char* file : {"report.html", "report.ko.html", "junit.xml", "summary.json"}) {
    EXPECT_GT(fs::file_size(folder_.path / file), 100U) << file;
  }
  std::size_t traces = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path / "traces")) {
    EXPECT_THAT(entry.path().string(), HasSubstr("seed1"));
    ++traces;
  }
  EXPECT_EQ(traces, 1U);
  some[0].outcome = "passed";
  ASSERT_TRUE(write_files(decision.value(), some, folder_.path, false).ok());
  EXPECT_TRUE(fs::is_empty(folder_.path / "traces")) << "what failed last time passes now";
}

}  // namespace
}  // namespace saggar::campaign
