#include "hil/scenario/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/config/load.hpp"

namespace saggar::scenario {
namespace {

using faults::Kind;
using ::testing::HasSubstr;

TEST(Scenario, LoadsEventsAndRefusesMissingTargets) {
  const auto good = config::load_text<Scenario>("s.toml", R"(
kind = "scenario"
name = "one_broken_sensor"
[[event]]
time_s = 600
fault = "thermocouple_open"
target = "zone07.top"
duration_s = 900
)");
  ASSERT_TRUE(good.ok()) << good.error().text();
  ASSERT_EQ(good.value().events.size(), 1U);
  EXPECT_EQ(good.value().events[0].fault, Kind::thermocouple_open);
  EXPECT_EQ(good.value().events[0].severity, 1.0);
  const auto bad = config::load_text<Scenario>("s.toml", R"(
kind = "scenario"
name = "no_target"
[[event]]
time_s = 600
fault = "scr_short"
)");
  ASSERT_FALSE(bad.ok());
  EXPECT_THAT(bad.error().text(), HasSubstr("zone07.top"));
}

TEST(Scenario, AResetMayNameALoopOrNoneAndHasNoDuration) {
  const std::string head = "kind = \"scenario\"\nname = \"reset\"\n[[event]]\ntime_s = 600\n";
  const auto load = [&](const std::string& rest) {
    return config::load_text<Scenario>("s.toml", head + "fault = \"limiter_reset\"\n" + rest);
  };
  EXPECT_TRUE(load("").ok());
  EXPECT_TRUE(load("target = \"zone07.top\"\n").ok());
  const auto lasting = load("duration_s = 5\n");
  ASSERT_FALSE(lasting.ok());
  EXPECT_THAT(lasting.error().text(), HasSubstr("s.toml:6:14: duration_s means nothing"));
  EXPECT_THAT(lasting.error().text(), HasSubstr("leave it out"));
}

TEST(Scenario, SaysWhatSeverityAndTargetWouldBeRightForTheKind) {
  const std::string head = "kind = \"scenario\"\nname = \"s\"\n[[event]]\ntime_s = 600\n";
  const auto complaint = [&](const std::string& rest) {
    const auto loaded = config::load_text<Scenario>("s.toml", head + rest);
    return loaded.ok() ? std::string() : loaded.error().text();
  };
  EXPECT_EQ(complaint("fault = \"overfill\"\nseverity = -0.4\n"), "");
  EXPECT_THAT(complaint("fault = \"overfill\"\nseverity = 40\n"),
              HasSubstr("right for overfill is -0.6 to 0.6"));
  EXPECT_THAT(complaint("fault = \"door_open\"\n"), HasSubstr("\"entry\" or \"exit\""));
  EXPECT_THAT(complaint("fault = \"drive_slip\"\nseverity = 0.1\n"), HasSubstr("transport.group1"));
  EXPECT_THAT(complaint("fault = \"mains_dip\"\nseverity = 0.1\ntarget = \"zone01.top\"\n"),
              HasSubstr("means nothing to mains_dip"));
  EXPECT_EQ(complaint("fault = \"exhaust_block\"\nseverity = 0.5\n"), "");
  EXPECT_EQ(complaint("fault = \"exhaust_block\"\nseverity = 0.5\ntarget = "
                      "\"exhaust.damper2\"\n"),
            "");
}

std::string complaint(const std::string& rest) {
  const auto loaded =
      config::load_text<Scenario>("s.toml", "kind = \"scenario\"\nname = \"s\"\n" + rest);
  return loaded.ok() ? std::string() : loaded.error().text();
}

TEST(Scenario, WhatIsExpectedMustHaveANameThatCanBeSeen) {
  EXPECT_EQ(complaint("[[expect]]\nsee = \"event\"\nis = \"sample_bad\"\n"), "");
  EXPECT_THAT(complaint("[[expect]]\nsee = \"event\"\nis = \"sample_bat\"\n"),
              HasSubstr("did you mean 'sample_bad'?"));
  EXPECT_THAT(complaint("[[expect]]\nsee = \"mode\"\nis = \"MANUAL\"\n"), HasSubstr("MAN"));
  EXPECT_EQ(complaint("[[expect]]\nsee = \"gate\"\nis = \"G5 rate clip\"\n"), "");
  EXPECT_THAT(complaint("[[expect]]\nsee = \"rung\"\nis = \"pid\"\nreason = \"lat\"\n"),
              HasSubstr("there is no reason \"lat\""));
  EXPECT_THAT(complaint("[[expect]]\nsee = \"driving\"\nis = \"pid\"\nnever = true\n"),
              HasSubstr("every cycle"));
}

TEST(Scenario, WhatHappensAfterTheEndIsRefused) {
  EXPECT_THAT(complaint("[bench]\nduration_s = 600\n[[event]]\ntime_s = 600\nfault = "
                        "\"feed_gap\"\n"),
              HasSubstr("s.toml:6:10: is after the end of the run, 600 s"));
  EXPECT_THAT(complaint("[bench]\nduration_s = 600\nwarm_up_s = 600\n"),
              HasSubstr("leaves nothing to judge"));
}

TEST(Scenario, ABoundNeedsALimit) {
  EXPECT_THAT(complaint("[[bound]]\nkpi = \"kWh_per_kg\"\n"), HasSubstr("`least`, `most` or both"));
  EXPECT_THAT(complaint("[[bound]]\nkpi = \"kWh_per_kg\"\nleast = 3\nmost = 2\n"),
              HasSubstr("is above `most`"));
  EXPECT_EQ(complaint("[[bound]]\nkpi = \"kWh_per_kg\"\nmost = 3\n"), "");
}

TEST(Scenario, VaryNamesAFieldAndValuesThatItMayHave) {
  EXPECT_EQ(complaint("[[vary]]\nkey = \"bench.control\"\nwords = [\"pid\", \"mpc\"]\n"), "");
  EXPECT_THAT(complaint("[[vary]]\nkey = \"bench.controll\"\nwords = [\"pid\"]\n"),
              HasSubstr("did you mean 'bench.control'?"));
  EXPECT_THAT(complaint("[[vary]]\nkey = \"bench.duration_s\"\nnumbers = [-5]\n"),
              HasSubstr("-5 is outside 1 to"));
  EXPECT_THAT(complaint("[[vary]]\nkey = \"bench.seed\"\nnumbers = [1]\n"),
              HasSubstr("bench.seeds"));
  EXPECT_THAT(complaint("[[vary]]\nkey = \"bench.control\"\n"), HasSubstr("`numbers` or `words`"));
}

TEST(Scenario, ALevelStandsForTheSeverityOfTheCatalogueOrADuration) {
  const std::string head = "kind = \"scenario\"\nname = \"s\"\n[[event]]\ntime_s = 5\nlevel = 3\n";
  const auto drop = config::load_text<Scenario>("s.toml", head + "fault = \"o2_supply_drop\"\n");
  ASSERT_TRUE(drop.ok()) << drop.error().text();
  EXPECT_EQ(drop.value().faults()[0].severity, faults::severity_at(Kind::o2_supply_drop, 3));
  EXPECT_EQ(drop.value().faults()[0].duration_s, 0);
  const auto gap = config::load_text<Scenario>("s.toml", head + "fault = \"feed_gap\"\n");
  EXPECT_EQ(gap.value().faults()[0].duration_s, faults::duration_at(Kind::feed_gap, 3));
  EXPECT_THAT(complaint("[[event]]\ntime_s = 5\nlevel = 3\nfault = \"o2_supply_drop\"\n"
                        "severity = 0.3\n"),
              HasSubstr("leave one of them out"));
  EXPECT_THAT(complaint("[[event]]\ntime_s = 5\nlevel = 6\nfault = \"feed_gap\"\n"),
              HasSubstr("0 to 5"));
}

// Two tables of the same names: files need theirs at compile time, the domain keeps its own.
TEST(Scenario, RequestsAreSpelledInFilesAsEverywhereElse) {
  const auto& names = config::Spelling<domain::IntentKind>::names;
  for (std::size_t i = 0; i < names.size(); ++i) {
    EXPECT_EQ(names[i], domain::name(static_cast<domain::IntentKind>(i)));
  }
}

TEST(Scenario, SavedTextReadsBackEqual) {
  const std::string text =
      "kind = \"scenario\"\nname = \"s\"\nrequirements = [\"HI-20\"]\n[bench]\nseeds = 3\n"
      "[person]\nswitch_on = [\"heat\"]\n[[event]]\ntime_s = 5\nfault = \"feed_gap\"\n"
      "[[request]]\ntime_s = 7\nintent = \"set_mode\"\nmode = \"MAN\"\nmv = "
      "\"zone07.top.setpoint\"\n[[bound]]\nkpi = \"product_kg\"\nleast = 2\n";
  const auto once = config::load_text<Scenario>("s.toml", text);
  ASSERT_TRUE(once.ok()) << once.error().text();
  const std::string saved = config::save_text(once.value());
  const auto again = config::load_text<Scenario>("saved.toml", saved);
  ASSERT_TRUE(again.ok()) << again.error().text();
  EXPECT_EQ(config::save_text(again.value()), saved);
}

}  // namespace
}  // namespace saggar::scenario
