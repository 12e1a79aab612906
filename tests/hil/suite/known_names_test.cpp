#include "hil/suite/known_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

using scenario::Expectation;
using scenario::Sight;
using ::testing::HasSubstr;

record::Names names() {
  record::Names out;
  out.tags = {"zone01.top.temperature", "zone02.top.temperature"};
  out.mvs = {"zone01.top.setpoint", "zone02.top.setpoint"};
  out.controllers = {"pid", "twin"};
  out.causes = {"heater element open"};
  out.rungs = {{{"pid", "hold", "recipe"}, {"recipe"}, {"recipe"}}};
  return out;
}

/// What is said of a story with this one expectation; empty: nothing.
std::string said(Sight see, const std::string& is, const std::string& of = "") {
  scenario::Scenario story;
  story.expectations.push_back({see, is, of});
  story.expectations[0].never = true;
  const auto known = all_known(story, names());
  return known ? "" : known.error().text();
}

TEST(KnownNames, ARungIsOneOfTheLadderOfItsDuty) {
  EXPECT_EQ(said(Sight::rung, "pid"), "");
  EXPECT_EQ(said(Sight::driving, "hold"), "");
  EXPECT_EQ(said(Sight::rung, "off"), "") << "as an application that is off is called";
  EXPECT_EQ(said(Sight::rung, "pdi"),
            "expect[0].is: there is no rung of heat \"pdi\"; did you mean 'pid'?; there are: pid, "
            "hold, recipe, off");
  scenario::Scenario story;
  story.expectations.push_back({Sight::driving, "pid", "", domain::Duty::atmosphere});
  EXPECT_FALSE(all_known(story, names())) << "it is on the ladder of heat alone";
}

TEST(KnownNames, AModeAndAGateAreOfAWrittenTagAndAnAnswerOfAnIntent) {
  for (const Sight see : {Sight::mode, Sight::gate}) {
    EXPECT_EQ(said(see, "MAN", "zone02.top.setpoint"), "");
    EXPECT_EQ(said(see, "MAN"), "");
    EXPECT_THAT(said(see, "MAN", "zone02.top.setpiont"),
                HasSubstr("expect[0].of: there is no written tag \"zone02.top.setpiont\"; did you "
                          "mean 'zone02.top.setpoint'?"));
  }
  EXPECT_EQ(said(Sight::answer, "done", "switch_on"), "");
  EXPECT_THAT(said(Sight::answer, "done", "swich_on"), HasSubstr("did you mean 'switch_on'?"));
}

TEST(KnownNames, AnEventIsOfAPartOfWhatItsTextCanSay) {
  for (const char* of : {"", "zone02.top", "temperature", "zone02.top.temperature is bad: too_fast",
                         "-3600", "heater element open in zone 27, top loop", "twin"}) {
    EXPECT_EQ(said(Sight::event, "sample_bad", of), "") << of;
  }
  EXPECT_THAT(
      said(Sight::event, "sample_bad", "zone99.nosuch"),
      HasSubstr("expect[0].of: there is no tag, MV, controller or cause \"zone99.nosuch\""));
  EXPECT_THAT(said(Sight::event, "sample_bad", "zone99.nosuch is bad"), HasSubstr("zone99.nosuch"));
}

TEST(KnownNames, AFigureOfTheMachineIsBoundOnlyWhereTimeIsMeasured) {
  scenario::Scenario story;
  story.bounds = {{"guard_clips", 0, 0}, {"peak_MB", 0, 4000}};
  const auto known = all_known(story, names());
  ASSERT_FALSE(known);
  EXPECT_THAT(known.error().text(), HasSubstr("bound[1].kpi: \"peak_MB\" is of the machine"));
  EXPECT_THAT(known.error().text(), HasSubstr("bench.measures_time"));
  story.bench.measures_time = true;
  EXPECT_TRUE(all_known(story, names()));
}

}  // namespace
}  // namespace saggar::suite
