#include "hil/scenario/expand.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/hil/scenario/folder.hpp"

namespace saggar::scenario {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> ids(const std::vector<Case>& cases) {
  std::vector<std::string> out;
  for (const Case& one : cases) out.push_back(one.id);
  return out;
}

TEST(Expand, SeedsAndSweptFieldsBecomeCasesInTheOrderOfTheFile) {
  const testing::Folder folder("expand");
  folder.scenario("gap", R"(seed = 7
seeds = 2
[[event]]
time_s = 60
fault = "mains_dip"
severity = 0.1
[[vary]]
key = "event[0].severity"
numbers = [0.1, 0.2]
)");
  const auto loaded = load_scenario(folder.place(), "gap");
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const auto cases = expand(loaded.value());
  ASSERT_TRUE(cases.ok()) << cases.error().text();
  EXPECT_THAT(
      ids(cases.value()),
      ElementsAre("gap/event[0].severity=0.1/c/seed7", "gap/event[0].severity=0.1/c/seed8",
                  "gap/event[0].severity=0.2/c/seed7", "gap/event[0].severity=0.2/c/seed8"));
  EXPECT_EQ(cases.value()[3].group, "gap/event[0].severity=0.2/c");
  EXPECT_EQ(cases.value()[3].story.events[0].severity, 0.2);
  EXPECT_EQ(cases.value()[3].story.bench.seed, 8U);
  EXPECT_EQ(cases.value()[3].story.bench.seeds, 1U);
  EXPECT_TRUE(cases.value()[3].story.vary.empty());
}

TEST(Expand, ArmsRunTheSameCasesForTheirFiguresOnly) {
  const testing::Folder folder("expand-arms");
  folder.scenario("quiet", "[[expect]]\nsee = \"event\"\nis = \"sample_bad\"\nnever = true\n");
  folder.write("suites/s.toml",
               "kind = \"suite\"\nname = \"s\"\n[[run]]\nscenario = \"quiet\"\nseeds = 2\n"
               "duration_s = 120\n[[arm]]\nname = \"other\"\ncontrol = \"d\"\n"
               "[[arm]]\nname = \"itself\"\ncontrol = \"c\"\n");
  const auto suite = load_suite(folder.place(), "s");
  ASSERT_TRUE(suite.ok()) << suite.error().text();
  const auto cases = expand(suite.value());
  ASSERT_TRUE(cases.ok()) << cases.error().text();
  EXPECT_THAT(ids(cases.value()), ElementsAre("quiet/c/seed1", "quiet/c/seed2", "quiet/other/seed1",
                                              "quiet/other/seed2"));
  EXPECT_FALSE(cases.value()[1].compared);
  EXPECT_EQ(cases.value()[1].story.expectations.size(), 1U);
  EXPECT_TRUE(cases.value()[2].compared);
  EXPECT_TRUE(cases.value()[2].story.expectations.empty());
  EXPECT_EQ(cases.value()[2].files.control, folder.path() / "control/d.toml");
  EXPECT_EQ(cases.value()[2].story.bench.duration_s, 120);
}

TEST(Expand, TwoCasesOfOneNameAreRefused) {
  const testing::Folder folder("expand-twice");
  folder.scenario("quiet", "");
  folder.write("suites/s.toml",
               "kind = \"suite\"\nname = \"s\"\n[[run]]\nscenario = \"quiet\"\n"
               "[[run]]\nscenario = \"quiet\"\n");
  const auto cases = expand(load_suite(folder.place(), "s").value());
  ASSERT_FALSE(cases.ok());
  EXPECT_THAT(cases.error().text(), HasSubstr("two cases would be called quiet/c/seed1"));
}

TEST(Expand, NamesWithAnAtNeedAMappingOfTheBench) {
  const testing::Folder folder("expand-map");
  folder.scenario("open",
                  "[[event]]\ntime_s = 5\nfault = \"thermocouple_open\"\n"
                  "target = \"@soak_top\"\n");
  const auto without = expand(load_scenario(folder.place(), "open").value());
  ASSERT_FALSE(without.ok());
  EXPECT_THAT(without.error().text(), HasSubstr("bench.mapping"));
  folder.write("mapping/k.toml",
               "kind = \"mapping\"\nname = \"k\"\n[[map]]\nname = "
               "\"soak_top\"\nplace = \"zone16.top\"\n");
  const auto with = expand(load_scenario(folder.place(), "open").value());
  ASSERT_TRUE(with.ok()) << with.error().text();
  EXPECT_EQ(with.value()[0].story.events[0].target, "zone16.top");
}

TEST(Expand, WhatASuiteChangesIsCheckedAsIfItStoodInTheScenario) {
  const testing::Folder folder("expand-again");
  folder.scenario("late",
                  "duration_s = 7200\n[[expect]]\nsee = \"event\"\nis = \"sample_bad\"\n"
                  "after_s = 3600\nnever = true\n");
  const auto said = [&](const std::string& run) {
    folder.write("suites/s.toml",
                 "kind = \"suite\"\nname = \"s\"\n[[run]]\nscenario = \"late\"\n" + run);
    const auto suite = load_suite(folder.place(), "s");
    if (!suite) return suite.error().text();
    const auto cases = expand(suite.value());
    return cases ? std::string() : cases.error().text();
  };
  EXPECT_EQ(said("duration_s = 5000\nwarm_up_s = 600\n"), "");
  const std::string blind = said("duration_s = 300\nwarm_up_s = 7000\n");
  EXPECT_THAT(blind, HasSubstr("suites/s.toml:3:"));
  EXPECT_THAT(blind, HasSubstr("run[0]"));
  EXPECT_THAT(blind, HasSubstr("late.toml"));
  EXPECT_THAT(blind, HasSubstr("bench.warm_up_s: leaves nothing to judge of 300 s"));
  EXPECT_THAT(blind, HasSubstr("expect[0].after_s: is after the end of the run"));
  EXPECT_THAT(said("[[run.vary]]\nkey = \"bench.duration_s\"\nnumbers = [5000, 300]\n"),
              HasSubstr("duration_s=300: expect[0].after_s"));
}

TEST(Expand, ACombinationOfSweptFieldsThatMakesNoSenseIsNamed) {
  const testing::Folder folder("expand-combined");
  folder.scenario("s",
                  "duration_s = 7200\n[[vary]]\nkey = \"bench.duration_s\"\nnumbers = [300, 7200]\n"
                  "[[vary]]\nkey = \"bench.warm_up_s\"\nnumbers = [0, 600]\n");
  const auto loaded = load_scenario(folder.place(), "s");
  ASSERT_TRUE(loaded.ok()) << loaded.error().text();
  const auto cases = expand(loaded.value());
  ASSERT_FALSE(cases.ok());
  EXPECT_THAT(cases.error().text(),
              HasSubstr("s.toml: duration_s=300,warm_up_s=600: bench.warm_up_s"));
}

}  // namespace
}  // namespace saggar::scenario
