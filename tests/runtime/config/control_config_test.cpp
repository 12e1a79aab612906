#include "runtime/config/control_config.hpp"

#include <gmock/gmock.h>

#include "tests/runtime/config/sample.hpp"
#include "tests/runtime/config/texts.hpp"

namespace saggar::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kText =
    "kind = \"control\"\n"                       // 1
    "name = \"c\"\n"                             // 2
    "[[controller]]\n"                           // 3
    "name = \"pid\"\n"                           // 4
    "plugin = \"saggar-pid-trim\"\n"             // 5
    "duty = \"heat\"\n"                          // 6
    "[[controller]]\n"                           // 7
    "name = \"flow\"\n"                          // 8
    "plugin = \"x\"\n"                           // 9
    "duty = \"atmosphere\"\n"                    // 10
    "[ladder.heat]\n"                            // 11
    "rungs = [\"pid\", \"hold\", \"recipe\"]\n"  // 12
    "[ladder.atmosphere]\n"                      // 13
    "rungs = [\"flow\", \"recipe\"]\n";          // 14

std::vector<std::string> with(const std::string& from, const std::string& to) {
  return complaints_of<ControlConfig>(replaced(kText, from, to));
}

TEST(ControlConfig, DefaultsAreThoseOfTheRequirements) {
  const auto control = right<ControlConfig>(kText);
  EXPECT_EQ(control.ladder.heat.hold_max_s, 1800);           // SC-68
  EXPECT_EQ(control.ladder.heat.climb_wait_s, 1800);         // SC-69
  EXPECT_EQ(control.ladder.heat.climbs_per_8h, 3U);          // SC-69
  EXPECT_EQ(control.ladder.heat.deadline_misses, 3U);        // SC-67
  EXPECT_EQ(control.ladder.heat.deadline_window, 10U);       // SC-67
  EXPECT_EQ(control.ladder.heat.bias_bleed_K_per_min, 0.5);  // SC-57
  EXPECT_EQ(control.guard.max_age_periods, 1.5);             // SC-26
  EXPECT_EQ(control.guard.readback_s, 3);                    // SC-33
  EXPECT_EQ(control.guard.readback_misses, 3U);              // SC-33
  EXPECT_EQ(control.controllers[0].period_cycles, 10U);
  EXPECT_EQ(control.controllers[0].latency_cycles, 0U);
  EXPECT_TRUE(control.controllers[0].learned);  // SC-91: AI OFF takes out what nobody vouched for
  EXPECT_THAT(control.ladder.of(domain::Duty::transport).rungs, ElementsAre("recipe"));
  EXPECT_THAT(control.ladder.of(domain::Duty::atmosphere).rungs, ElementsAre("flow", "recipe"));
  EXPECT_THAT(control.ladder.of(domain::Duty::heat).rungs, ElementsAre("pid", "hold", "recipe"));
}

TEST(ControlConfig, AnEstimatorHasANameOfItsOwnALatencyThatFitsAndPlainParameters) {
  const std::string estimator =
      "duty = \"atmosphere\"\n[[estimator]]\nname = \"twin\"\nplugin = \"t\"\n";
  const auto added = [&](const std::string& more) {
    return with("duty = \"atmosphere\"\n", estimator + more);
  };
  EXPECT_THAT(added(""), IsEmpty());
  EXPECT_THAT(added("period_cycles = 30\nlatency_cycles = 5\nparams.nodes = 6\n"), IsEmpty());
  EXPECT_THAT(added("period_cycles = 4\nlatency_cycles = 5\n"),
              ElementsAre(::testing::HasSubstr("must not be longer than period_cycles = 4")));
  EXPECT_THAT(added("params.nodes = { default = 6, \"zone01.*\" = 7 }\n"),
              ElementsAre(::testing::HasSubstr("a parameter has one value: give a number")));
  EXPECT_THAT(with("duty = \"atmosphere\"\n",
                   "duty = \"atmosphere\"\n[[estimator]]\nname = \"pid\"\nplugin = \"t\"\n"),
              ElementsAre(::testing::HasSubstr("'pid' exists already")));
}

TEST(ControlConfig, TheFilterIsOffUnlessAFileHasItOnAndLooksHalfAnHourAhead) {  // LC-11
  EXPECT_FALSE(right<ControlConfig>(kText).filter.on);
  const auto on = right<ControlConfig>(kText + "[filter]\non = true\n");
  EXPECT_TRUE(on.filter.on);
  EXPECT_EQ(on.filter.horizon_s, 1800);
  EXPECT_EQ(on.filter.max_share_percent, 20);  // LC-14
  EXPECT_THAT(complaints_of<ControlConfig>(kText + "[filter]\nhorizon_s = 600\n"),
              ElementsAre("16:13: horizon_s: found 600, right is 1800 to 14400 s"));
}

TEST(ControlConfig, ErrorsOfTheFilterLeaveAnAnswer) {
  const auto with_filter = [](const std::string& line) {
    return complaints_of<ControlConfig>(kText + "[filter]\n" + line + "\n");
  };
  EXPECT_THAT(with_filter("gain_error = 1.0"),
              ElementsAre("16:14: found 1, right is less than gain = 1: the answer would vanish"));
  EXPECT_THAT(
      with_filter("lag_error_s = 1000"),
      ElementsAre("16:15: found 1000, right is less than lag_s = 900: the answer would vanish"));
  EXPECT_THAT(
      with_filter("dead_time_error_s = 61"),
      ElementsAre("16:21: found 61, right is at most dead_time_s = 60: the dead time cannot "
                  "be below 0"));
  EXPECT_THAT(with_filter("dead_time_s = 0\ndead_time_error_s = 0"), IsEmpty());
  EXPECT_THAT(complaints_of<ControlConfig>(
                  replaced(replaced(kText, "\"pid\"", "\"filter\""), "[\"pid\"", "[\"filter\"") +
                  "[filter]\nmodel = \"m.toml\"\n"),
              testing::Contains(::testing::HasSubstr("choose another name")));
}

TEST(ControlConfig, ADanglingRungIsNamedAtItsPlaceWithTheNearest) {
  EXPECT_THAT(with("\"pid\", \"hold\"", "\"pdi\", \"pid\", \"hold\""),
              ElementsAre("12:10: no controller is called 'pdi'; did you mean 'pid'? known: hold, "
                          "recipe, pid, flow"));
  EXPECT_THAT(
      with("\"hold\"", "\"holt\""),
      ElementsAre("12:17: no controller is called 'holt'; did you mean 'hold'? known: hold, "
                  "recipe, pid, flow"));
}

TEST(ControlConfig, ARungHasTheDutyOfItsLadder) {
  EXPECT_THAT(with("\"pid\", \"hold\"", "\"pid\", \"flow\", \"hold\""),
              ElementsAre("12:17: controller 'flow' has the duty atmosphere; only controllers with "
                          "the duty heat can stand here"));
}

TEST(ControlConfig, ALadderEndsInTheRungThatCannotFail) {  // SC-65
  EXPECT_THAT(
      with("\"hold\", \"recipe\"", "\"hold\""),
      ElementsAre("12:9: a ladder must end in 'recipe', the rung that cannot fail (SC-65)"));
  EXPECT_THAT(with("\"pid\", \"hold\"", "\"hold\", \"pid\""),
              ElementsAre("12:18: controller 'pid' stands below 'hold'; hold and recipe end the "
                          "ladder"));
  EXPECT_THAT(with("\"pid\", \"hold\"", "\"pid\", \"pid\", \"hold\""),
              ElementsAre("12:17: rung 'pid' stands here twice"));
  EXPECT_THAT(with("[\"pid\", \"hold\", \"recipe\"]", "[]"),
              ElementsAre("12:9: rungs: found 0 entries, right is 1 to 14"));
}

TEST(ControlConfig, AControllerThatWouldNeverRunIsSaid) {
  EXPECT_THAT(
      with("\"flow\", ", ""),
      ElementsAre("8:8: controller 'flow' is no rung of [ladder.atmosphere]; it would never "
                  "run"));
}

TEST(ControlConfig, NamesOfControllersAreTheirOwn) {
  EXPECT_THAT(with("name = \"flow\"", "name = \"hold\""),
              ElementsAre("8:8: 'hold' is a rung of the runtime; choose another name",
                          "14:10: no controller is called 'flow' known: hold, recipe, pid, hold"));
  EXPECT_THAT(with("name = \"flow\"\nplugin = \"x\"\nduty = \"atmosphere\"",
                   "name = \"pid\"\nplugin = \"x\"\nduty = \"heat\""),
              testing::Contains("8:8: a controller 'pid' exists already"));
}

TEST(ControlConfig, AnUnknownDutyIsNamed) {
  EXPECT_THAT(with("duty = \"heat\"", "duty = \"heet\""),
              testing::Contains("6:8: duty: found the text \"heet\", right is one of heat, "
                                "atmosphere, transport; did you mean 'heat'?"));
}

TEST(ControlConfig, LatencyIsNotLongerThanThePeriod) {
  EXPECT_THAT(with("duty = \"heat\"", "duty = \"heat\"\nperiod_cycles = 5\nlatency_cycles = 6"),
              ElementsAre("8:18: found 6, must not be longer than period_cycles = 5"));
}

TEST(ControlConfig, HoldIsLimitedAndTheWindowHoldsTheMisses) {  // SC-68, SC-67
  EXPECT_THAT(with("[ladder.heat]", "[ladder.heat]\nhold_max_s = 28801"),
              ElementsAre("12:14: hold_max_s: found 28801, right is 1 to 28800 s"));
  EXPECT_THAT(with("[ladder.heat]", "[ladder.heat]\ndeadline_misses = 11"),
              ElementsAre("12:19: found 11, must not be more than deadline_window = 10"));
}

TEST(ControlConfig, AtMostSixteenControllers) {
  std::string text = "kind = \"control\"\nname = \"c\"\n";
  for (int i = 0; i < 17; ++i) {
    text += "[[controller]]\nname = \"a\"\nplugin = \"x\"\nduty = \"heat\"\n";
  }
  EXPECT_THAT(complaints_of<ControlConfig>(text),
              ElementsAre("3:1: controller: found 17 entries, right is 0 to 16"));
}

TEST(ControlConfig, ScreeningNamesAKnownUnit) {
  EXPECT_THAT(complaints_of<ControlConfig>(kText + "[[screening]]\nunit = \"degF\"\n"),
              ElementsAre(testing::StartsWith(
                  "16:8: unknown unit 'degF'; did you mean 'degC'? known: 1, degC, ")));
  EXPECT_THAT(complaints_of<ControlConfig>(kText + "[[screening]]\nunit = \"Nm3/h\"\n"), IsEmpty());
}

TEST(Parameters, ALongerPatternIsMoreParticular) {
  Parameter parameter;
  parameter.by_tag = {{"zone*", 1}, {"zone17.*", 2}, {"zone17.top.setpoint", 3}};
  const std::vector<std::string> tags = {"zone01.top.setpoint", "zone17.bottom.setpoint",
                                         "zone17.top.setpoint", "o2.inlet01.flow_setpoint"};
  EXPECT_THAT(parameter_values(parameter, 9, tags), ElementsAre(1, 2, 3, 9));
  parameter.has_value = true;
  parameter.value = 5;
  EXPECT_THAT(parameter_values(parameter, 9, tags), ElementsAre(1, 2, 3, 5));
}

TEST(Parameters, APatternSelectsByWholeNameOrFirstWords) {
  EXPECT_TRUE(selects("zone17.*", "zone17.top.setpoint"));
  EXPECT_TRUE(selects("zone17", "zone17.top.setpoint"));
  EXPECT_TRUE(selects("zone17.top.setpoint", "zone17.top.setpoint"));
  EXPECT_FALSE(selects("zone1", "zone17.top.setpoint"));
  EXPECT_FALSE(selects("top", "zone17.top.setpoint"));
  EXPECT_FALSE(selects("", "zone17.top.setpoint"));
}

}  // namespace
}  // namespace saggar::config
