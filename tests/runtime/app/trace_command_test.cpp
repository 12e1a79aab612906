// `saggar trace`: what it prints, and what it refuses.
#include "runtime/app/trace_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/runtime/record/journal_example.hpp"

namespace saggar::app {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

/// Twenty cycles of one zone, a second apart, from second 1.
class TraceCommandTest : public record::example::JournalTest {
 protected:
  TraceCommandTest() {
    write(20);
    options_.journal = path_;
  }
  /// Standard output of a trace that works.
  std::string traced() {
    ::testing::internal::CaptureStdout();
    const int code = trace(options_);
    const std::string out = ::testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, 0) << out;
    return out;
  }
  /// What a trace complains about.
  std::string refused() {
    ::testing::internal::CaptureStdout();
    ::testing::internal::CaptureStderr();
    EXPECT_EQ(trace(options_), 1);
    ::testing::internal::GetCapturedStdout();
    return ::testing::internal::GetCapturedStderr();
  }
  static auto lines(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

  TraceOptions options_;
};

TEST_F(TraceCommandTest, WithoutPatternsItIsTemperaturesAndWorkingSetpoints) {
  const std::string out = traced();
  EXPECT_THAT(out, StartsWith("time_s,zone01.top.temperature [degC],"));
  EXPECT_THAT(out, HasSubstr("zone01.bottom.working_setpoint [degC]"));
  EXPECT_EQ(lines(out), 21);  // a head and twenty rows
  EXPECT_THAT(out, HasSubstr("\n1,"));
  EXPECT_THAT(out, HasSubstr("\n20,"));
}

TEST_F(TraceCommandTest, PatternsChooseTheColumns) {
  options_.patterns = {"gas.point2.o2"};
  EXPECT_THAT(traced(), StartsWith("time_s,gas.point2.o2 [%]\n1,"));
}

TEST_F(TraceCommandTest, ProposalsOfAControllerComeWithAllItMayWrite) {
  options_.proposals = "pid";
  const std::string out = traced();
  EXPECT_THAT(out,
              StartsWith("time_s,status,reason,confidence,drives,zone01.top.setpoint working"));
  EXPECT_THAT(out, HasSubstr("zone01.bottom.setpoint proposal [degC]"));
  EXPECT_EQ(lines(out), 21);
}

TEST_F(TraceCommandTest, FromAndToAreFieldTime) {
  options_.from_s = 5;
  options_.to_s = 9;
  const std::string out = traced();
  EXPECT_EQ(lines(out), 1 + 5);
  EXPECT_THAT(out, HasSubstr("\n5,"));
  EXPECT_THAT(out, HasSubstr("\n9,"));
}

TEST_F(TraceCommandTest, EveryThinsOut) {
  options_.every = 5;
  EXPECT_EQ(lines(traced()), 1 + 4);
}

TEST_F(TraceCommandTest, QualityStandsBesideEachValue) {
  options_.patterns = {"zone01.top.temperature"};
  options_.quality = true;
  EXPECT_THAT(traced(), HasSubstr("good"));
}

TEST_F(TraceCommandTest, AMissingJournalIsNamed) {
  options_.journal = folder_ / "absent.journal";
  EXPECT_THAT(refused(), HasSubstr("absent.journal"));
}

TEST_F(TraceCommandTest, APatternThatMatchesNothingIsNamedWithTheNearestTag) {
  options_.patterns = {"zone01.top.temprature"};
  const std::string said = refused();
  EXPECT_THAT(said, HasSubstr("zone01.top.temprature"));
  EXPECT_THAT(said, HasSubstr("zone01.top.temperature"));
}

}  // namespace
}  // namespace saggar::app
