// JUnit XML, read back by a parser that is not ours (HI-55).
#include "hil/evidence/junit.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/hil/evidence/sample_campaign.hpp"

namespace saggar::evidence {
namespace {

using ::testing::HasSubstr;
using testing::sample_results;

/// What read_junit.py says of it: a line per fact.
std::string read_back(const std::string& xml_text) {
  const auto folder = std::filesystem::path(::testing::TempDir());
  const std::string test = ::testing::UnitTest::GetInstance()->current_test_info()->name();
  const auto in = folder / ("junit_" + test + ".xml"), out = folder / ("junit_" + test + ".txt");
  std::ofstream(in, std::ios::binary) << xml_text;
  const std::string command = "python3 '" SAGGAR_SOURCE_DIR "/tests/hil/evidence/read_junit.py' '" +
                              in.string() + "' > '" + out.string() + "' 2>&1";
  EXPECT_EQ(std::system(command.c_str()), 0);
  std::ifstream file(out);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::filesystem::remove(in);
  std::filesystem::remove(out);
  return text;
}

TEST(Junit, HasASuitePerScenarioAndACasePerCheck) {
  auto results = sample_results();
  results[3].outcome = "failed";
  results[3].checks[0] = {"heat reaches hold", "by 600 s", "never", false, "expect"};
  results[45].outcome = "crashed";
  results[45].problem = "signal 11";
  const std::string read = read_back(junit("premerge", results, {}));
  EXPECT_THAT(read, HasSubstr("testsuites premerge tests 246 failures 1 errors 1\n"));
  EXPECT_THAT(read, HasSubstr("testsuite calm tests 120 failures 1 errors 0\n"));
  EXPECT_THAT(read, HasSubstr("testsuite o2_drop tests 120 failures 0 errors 1\n"));
  EXPECT_THAT(read, HasSubstr("failure calm/pid/seed104 heat reaches hold: heat reaches hold: "
                              "expected by 600 s, got never\n"));
  EXPECT_THAT(read, HasSubstr("body expected: by 600 s|got: never|replay: saggar-hil run sample "
                              "--case calm/pid/seed104\n"));
  EXPECT_THAT(read, HasSubstr("error o2_drop/pid/seed106: signal 11\n"));
  EXPECT_THAT(read, HasSubstr("requirements HI-21 SC-13\n"));
  EXPECT_THAT(read, HasSubstr("sound\n"));
}

TEST(Junit, TextsOfAnyKindSurviveAParser) {
  auto results = sample_results();
  results.resize(1);
  results[0].scenario = "<scenario> & \"co\" 'x'";
  results[0].outcome = "refused";
  results[0].problem =
      "line one\nline\ttwo ]]> <![CDATA[ \x01\x1B[31m \xFF \xED\xA0\x80 킬른 \xF0\x9F\x94\xA5";
  const std::string read = read_back(junit("a < b", results, {}));
  EXPECT_THAT(read, HasSubstr("testsuite <scenario> & \"co\" 'x' tests 3"));
  EXPECT_THAT(read, HasSubstr("line one|line\ttwo ]]> <![CDATA[ \uFFFD\uFFFD[31m \uFFFD"));
  EXPECT_THAT(read, HasSubstr("킬른 \U0001F525"));
  EXPECT_THAT(read, HasSubstr("sound\n"));
}

TEST(Junit, OfNothingIsSound) {
  EXPECT_EQ(read_back(junit("", {}, {})),
            "testsuites  tests 6 failures 0 errors 0\ntestsuite  tests 6 failures 0 errors 0\n"
            "requirements \nsound\n");
}

TEST(Junit, WhatTheCampaignMissedBeyondItsCasesIsAFailureEach) {
  const std::vector<Miss> misses = {{"trace", "calm/pid/seed1", "zone03.top.pv left its tube",
                                     "within 0.5 degC", "from 60 s on", "saggar-hil run x"},
                                    {"trace", "calm/pid/seed2", "zone03.top.pv left its tube",
                                     "within 0.5 degC", "from 120 s on", ""}};
  // Five kinds are as they have to be, the sixth has two misses.
  const std::string read = read_back(junit("premerge", {}, misses));
  EXPECT_THAT(read, HasSubstr("testsuites premerge tests 7 failures 2 errors 0"));
  EXPECT_THAT(read, HasSubstr("from 120 s on"));
  EXPECT_THAT(read, HasSubstr("replay: saggar-hil run x"));
}

TEST(Junit, ACaseThatFailedWithoutACheckIsAFailureItself) {
  auto results = sample_results();
  results.resize(1);
  results[0].outcome = "failed";
  results[0].problem = "the hash differs";
  EXPECT_THAT(read_back(junit("x", results, {})),
              HasSubstr("failure calm/pid/seed101: the hash differs"));
}

TEST(Junit, TimesThatAreNoTimesAreZero) {
  auto results = sample_results();
  results.resize(1);
  results[0].seconds = NAN;
  EXPECT_THAT(junit("x", results, {}), HasSubstr("time=\"0.000\""));
  EXPECT_EQ(junit("x", results, {}).find("nan"), std::string::npos);
}

TEST(Junit, IsTheSameInAnyOrder) {
  auto results = sample_results();
  const std::string text = junit("x", results, {});
  std::reverse(results.begin(), results.end());
  // The times of a suite are added in the order of the ids, too.
  EXPECT_EQ(junit("x", results, {}), text);
}

}  // namespace
}  // namespace saggar::evidence
