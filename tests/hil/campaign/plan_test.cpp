#include "hil/campaign/plan.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/hil/campaign/folder.hpp"

namespace saggar::campaign {
namespace {

namespace fs = std::filesystem;

class PlanTest : public ::testing::Test {
 protected:
  PlanTest() : folder_("plan") {
    for (const char* name :
         {"site.toml", "kiln.toml", "plant.toml", "recipe.toml", "control.toml"}) {
      write(name, name);
    }
  }
  void write(const std::string& name, const std::string& text) {
    fs::create_directories(folder_.path);
    std::ofstream(folder_.path / name) << text;
  }
  scenario::Case one(const std::string& id) {
    scenario::Case c;
    c.id = id;
    c.files = {folder_.path / "site.toml",    folder_.path / "kiln.toml",
               folder_.path / "plant.toml",   folder_.path / "recipe.toml",
               folder_.path / "control.toml", {}};
    return c;
  }
  std::string inputs(const scenario::Case& c, const std::string& build = "b") {
    const auto plan = make_plan("s", {}, {c}, Build{{}, build});
    return plan.ok() ? plan.value().cases[0].inputs : plan.error().text();
  }
  testing::Scratch folder_;
};

TEST_F(PlanTest, InputsAreTheStoryAndTheFiles) {
  const std::string first = inputs(one("a"));
  EXPECT_EQ(inputs(one("a")), first);
  EXPECT_EQ(inputs(one("b")), first) << "a name changes no result";
  scenario::Case longer = one("a");
  longer.story.bench.duration_s += 1;
  EXPECT_NE(inputs(longer), first);
  EXPECT_EQ(inputs(one("a"), "another build"), first) << "so that builds can be compared";
  write("recipe.toml", "changed");
  EXPECT_NE(inputs(one("a")), first);
}

TEST_F(PlanTest, AFileThatIsNotThereIsNamed) {
  fs::remove(folder_.path / "kiln.toml");
  EXPECT_NE(inputs(one("a")).find("kiln.toml: cannot be read"), std::string::npos);
}

TEST_F(PlanTest, AMarginOfAFigureThatThereIsNotIsRefusedBeforeAnythingRuns) {
  scenario::SuiteFile suite;
  suite.name = "nightly";
  suite.margins = {{"soak_within_5", "pid", "", 0, false}};
  const auto plan = make_plan("nightly", suite, {one("a")}, Build{{}, "b"});
  ASSERT_FALSE(plan.ok());
  EXPECT_NE(plan.error().text().find("margin[0].kpi"), std::string::npos) << plan.error().text();
  EXPECT_NE(plan.error().text().find("soak_within_5K"), std::string::npos);
  suite.margins[0].kpi = "soak_within_5K";
  EXPECT_TRUE(make_plan("nightly", suite, {one("a")}, Build{{}, "b"}).ok());
  suite.margins[0].kpi = "heat_on_pid";
  EXPECT_TRUE(make_plan("nightly", suite, {one("a")}, Build{{}, "b"}).ok());
}

TEST_F(PlanTest, InRealTimeCasesDecideAndAreNotTakenForThoseOfVirtualTime) {
  scenario::SuiteFile suite;
  suite.case_limit_s = 20;
  suite.exact = true;
  suite.coverage = "release";
  suite.margins.emplace_back().kpi = "kWh_per_kg";
  suite.funnels.emplace_back();
  scenario::Case half_a_minute = one("short"), minute = one("long");
  half_a_minute.story.bench.duration_s = 30;
  minute.story.bench.duration_s = 60;
  auto made = make_plan("s", suite, {half_a_minute, minute}, Build{});
  ASSERT_TRUE(made.ok());
  Plan plan = made.value();
  run_by_the_clock(plan);
  EXPECT_FALSE(plan.whole) << "no baseline is asked";
  EXPECT_FALSE(plan.judged_by.exact);
  EXPECT_TRUE(plan.judged_by.margins.empty());
  EXPECT_TRUE(plan.judged_by.funnels.empty());
  EXPECT_EQ(plan.judged_by.coverage, "");
  EXPECT_DOUBLE_EQ(plan.judged_by.case_limit_s, 80) << "20 s beside the longest story";
  EXPECT_NE(plan.cases[0].inputs, made.value().cases[0].inputs);
  EXPECT_EQ(plan.cases[0].inputs.size(), 64U);
}

TEST_F(PlanTest, OnlyKeepsCasesWithAWordInTheirId) {
  const auto plan = make_plan("s", {}, {one("gap/pid/seed1"), one("door/pid/seed1")}, Build{});
  ASSERT_TRUE(plan.ok());
  EXPECT_EQ(only(plan.value(), {}).cases.size(), 2U);
  ASSERT_EQ(only(plan.value(), {"gap"}).cases.size(), 1U);
  EXPECT_EQ(only(plan.value(), {"gap"}).cases[0].one.id, "gap/pid/seed1");
  EXPECT_NE(only(plan.value(), {"gap"}).digest(), plan.value().digest());
}

TEST_F(PlanTest, AWholeIdMeansThatCaseAlone) {
  const auto plan = make_plan(
      "s", {}, {one("many/pid/seed1"), one("many/pid/seed10"), one("door/pid/seed1")}, Build{});
  ASSERT_TRUE(plan.ok());
  const auto ids = [&](const std::vector<std::string>& words) {
    std::string text;
    for (const Planned& planned : only(plan.value(), words).cases) text += planned.one.id + " ";
    return text;
  };
  EXPECT_EQ(ids({"many/pid/seed1"}), "many/pid/seed1 ");
  EXPECT_EQ(ids({"many/pid/seed"}), "many/pid/seed1 many/pid/seed10 ");
  EXPECT_EQ(ids({"many/pid/seed1", "door"}), "many/pid/seed1 door/pid/seed1 ");
}

}  // namespace
}  // namespace saggar::campaign
