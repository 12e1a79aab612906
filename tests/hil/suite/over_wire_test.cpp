// The same case in one process and in two over tcp: the same result to the bit.
#include "hil/suite/over_wire.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/hil/suite/stories.hpp"

namespace saggar::suite {
namespace {

using ::testing::HasSubstr;
using testing::short_case;

class OverWire : public ::testing::Test {
 protected:
  OverWire() {
    wire_.program = SAGGAR_BINARY_DIR "/bin/saggar";
    wire_.folder =
        std::filesystem::temp_directory_path() / ("saggar-wire-" + std::to_string(::getpid()));
    wire_.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    wire_.silence_s = 20;
    inside_.plugin_dirs = wire_.plugin_dirs;
  }
  ~OverWire() override { std::filesystem::remove_all(wire_.folder); }
  WireOptions wire_;
  CaseOptions inside_;
};

TEST_F(OverWire, GivesTheResultOfOneProcessWithFaultsAndPeople) {
  scenario::Case one = short_case(900);
  one.story.person.best_rung = true;
  one.story.person.every_s = 120;
  scenario::Event open;
  open.time_s = 60;
  open.fault = faults::Kind::thermocouple_open;
  open.target = "zone09.top";
  open.duration_s = 100;
  scenario::Event other = open;  // and so a zone that no thermocouple shows
  other.target = "zone09.bottom";
  one.story.events = {open, other};
  scenario::Request hold{500, domain::IntentKind::hold};
  scenario::Request man{620, domain::IntentKind::set_mode};
  man.mv = "zone10.top.setpoint";
  man.mode = domain::Mode::man;
  scenario::Request oxygen{640, domain::IntentKind::set_mode};  // of another duty than heat
  oxygen.mv = "o2.inlet01.flow_setpoint";
  oxygen.mode = domain::Mode::man;
  one.story.requests = {hold, man, oxygen};
  const CaseResult inside = run_case(one, inside_);
  const CaseResult over = run_case_over_wire(one, wire_);
  EXPECT_EQ(over.outcome, "passed") << over.problem;
  EXPECT_EQ(over.hash, inside.hash);
  EXPECT_TRUE(repeatable_json(over) == repeatable_json(inside))
      << "figures, checks or trace differ";
  EXPECT_GE(inside.moves.size(), 2U) << "people must have moved something";
  EXPECT_FALSE(std::filesystem::exists(wire_.folder)) << "nothing is left behind";
}

TEST_F(OverWire, AFaultOfTheSoftwareHappensByARequestOnBothBenches) {
  scenario::Case one = short_case(300);
  one.files.control = std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs/control/drill.toml";
  scenario::Event nan;
  nan.time_s = 120;
  nan.fault = faults::Kind::plugin_nan;
  nan.target = "drill";
  nan.duration_s = 60;
  one.story.events = {nan};
  const CaseResult inside = run_case(one, inside_);
  const CaseResult over = run_case_over_wire(one, wire_);
  EXPECT_EQ(over.outcome, "passed") << over.problem;
  EXPECT_TRUE(repeatable_json(over) == repeatable_json(inside));
  EXPECT_EQ(over.reached.faults.at("plugin_nan"), 1U);
  EXPECT_GE(over.reached.reasons.at("non_finite"), 1U);
}

TEST_F(OverWire, AFaultOfTheLinkIsNotRealisedAndFailsTheCaseByItsName) {
  scenario::Case one = short_case(60);
  scenario::Event late;
  late.time_s = 10;
  late.fault = faults::Kind::link_delay;
  late.severity = 2;
  one.story.events = {late};
  const CaseResult result = run_case_over_wire(one, wire_);
  EXPECT_EQ(result.outcome, "failed");
  EXPECT_THAT(result.checks.at(0).got, HasSubstr("run it in process"));
}

TEST_F(OverWire, ARuntimeThatDoesNotStartIsARefusalWithItsExitCode) {
  scenario::Case one = short_case(60);
  wire_.program = "/bin/false";
  const CaseResult result = run_case_over_wire(one, wire_);
  EXPECT_EQ(result.outcome, "refused");
  EXPECT_THAT(result.problem, HasSubstr("exit code 1"));
}

TEST_F(OverWire, ARefusalOfTheRuntimeSaysWhyAsInOneProcess) {
  scenario::Case one = short_case(60);
  one.files.control =
      std::filesystem::path(SAGGAR_SOURCE_DIR) / "configs/control/mpc.toml";  // P2's
  const CaseResult inside = run_case(one, inside_);
  const CaseResult over = run_case_over_wire(one, wire_);
  EXPECT_EQ(inside.outcome, "refused");
  EXPECT_EQ(over.outcome, "refused");
  EXPECT_THAT(over.problem, HasSubstr("refuses this configuration"));
}

TEST_F(OverWire, WhatMeasuresTimeOrLosesTheLinkHasNoPlaceInLockstep) {
  scenario::Case one = short_case(60);
  scenario::Event lost;
  lost.time_s = 10;
  lost.fault = faults::Kind::link_loss;
  one.story.events = {lost};
  const CaseResult result = run_case_over_wire(one, wire_);
  EXPECT_EQ(result.outcome, "refused");
  EXPECT_THAT(result.problem, HasSubstr("event[0]: link_loss has no place"));
  one.story.events.clear();
  one.story.bench.measures_time = true;
  EXPECT_EQ(run_case_over_wire(one, wire_).outcome, "refused");
}

}  // namespace
}  // namespace saggar::suite
