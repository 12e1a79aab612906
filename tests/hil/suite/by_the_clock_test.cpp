// Short cases in real time. Whether this machine starts cycles in time is not asked here.
#include "hil/suite/by_the_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <fstream>

#include "hil/suite/punctuality.hpp"
#include "tests/hil/suite/stories.hpp"

namespace saggar::suite {
namespace {

using ::testing::HasSubstr;
using testing::short_case;

class ByTheClock : public ::testing::Test {
 protected:
  ByTheClock() {
    options_.program = SAGGAR_BINARY_DIR "/bin/saggar";
    options_.folder =
        std::filesystem::temp_directory_path() / ("saggar-clock-" + std::to_string(::getpid()));
    options_.plugin_dirs = {SAGGAR_PLUGIN_DIR};
    options_.silence_s = 60;
  }
  ~ByTheClock() override { std::filesystem::remove_all(options_.folder); }
  WireOptions options_;
};

void expect_all_but_punctuality(const CaseResult& result) {
  EXPECT_EQ(result.problem, "");
  for (const Check& check : result.checks) {
    EXPECT_TRUE(check.held || check.text == Punctuality::kCheck) << check.text << check.got;
  }
}

double figure(const CaseResult& result, const std::string& name) {
  for (const Figure& f : result.figures) {
    if (f.name == name) return f.value;
  }
  return std::nan("");
}

scenario::Expectation expect_event(const char* name) {
  scenario::Expectation e;
  e.see = scenario::Sight::event;
  e.is = name;
  return e;
}

TEST_F(ByTheClock, FaultsAndPeopleHappenAtTheirTimeAndTheCaseIsJudged) {
  scenario::Case one = short_case(9);
  one.story.person.best_rung = true;
  one.story.person.every_s = 3;
  scenario::Event open;
  open.time_s = 2;
  open.fault = faults::Kind::thermocouple_open;
  open.target = "zone09.top";
  one.story.events = {open};
  scenario::Request man{3, domain::IntentKind::set_mode};
  man.mv = "zone10.top.setpoint";
  man.mode = domain::Mode::man;
  one.story.requests = {man};
  scenario::Expectation bad = expect_event("sample_bad");
  bad.after_s = 1;
  scenario::Expectation mode;
  mode.see = scenario::Sight::mode;
  mode.is = "MAN";
  mode.of = "zone10.top.setpoint";
  mode.after_s = 2;
  one.story.expectations = {bad, mode};
  const CaseResult result = run_case_by_the_clock(one, options_);
  expect_all_but_punctuality(result);
  EXPECT_EQ(result.checks.size(), 4U) << "two expectations, one fault, punctuality";
  EXPECT_EQ(result.hash, "") << "what depends on the machine has none";
  EXPECT_GE(result.seconds, 9);
  EXPECT_GE(figure(result, "start_error_p50_ms"), 0);
  EXPECT_TRUE(std::isfinite(figure(result, "start_error_p999_ms")));
  EXPECT_GT(figure(result, "electric_kWh_per_h"), 10) << "the truth of the kiln is judged";
  EXPECT_FALSE(std::filesystem::exists(options_.folder)) << "nothing is left behind";
}

TEST_F(ByTheClock, ALostLinkHappensAndIsFoundAgain) {
  scenario::Case one = short_case(13);
  scenario::Event lost;
  lost.time_s = 2;
  lost.fault = faults::Kind::link_loss;
  lost.duration_s = 7;  // the runtime calls it lost after 5 s of silence
  one.story.events = {lost};
  one.story.expectations = {expect_event("link_lost")};
  expect_all_but_punctuality(run_case_by_the_clock(one, options_));
}

TEST_F(ByTheClock, AFaultThatTcpCannotHaveIsNotRealisedAndFailsTheCaseByItsName) {
  scenario::Case one = short_case(3);
  scenario::Event late;
  late.time_s = 1;
  late.fault = faults::Kind::link_delay;
  late.severity = 2;
  one.story.events = {late};
  const CaseResult result = run_case_by_the_clock(one, options_);
  EXPECT_EQ(result.outcome, "failed");
  EXPECT_THAT(result.checks.at(0).got, HasSubstr("run it in process"));
}

TEST_F(ByTheClock, ARuntimeThatDoesNotStartIsARefusalWithItsExitCode) {
  options_.program = "/bin/false";
  const CaseResult result = run_case_by_the_clock(short_case(3), options_);
  EXPECT_EQ(result.outcome, "refused");
  EXPECT_THAT(result.problem, HasSubstr("exit code 1"));
}

TEST_F(ByTheClock, ARuntimeThatDiesEndsTheCaseAtOnce) {
  const auto script = options_.folder.string() + ".sh";
  std::ofstream(script) << "#!/bin/sh\nexec timeout -s KILL 8 " << options_.program.string()
                        << " \"$@\"\n";
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  options_.program = script;
  const CaseResult result = run_case_by_the_clock(short_case(60), options_);
  EXPECT_EQ(result.outcome, "crashed");
  EXPECT_EQ(result.problem, "the runtime ended: signal Killed");
  EXPECT_LT(result.seconds, 40) << "the rest of the minute is not waited for";
  std::filesystem::remove(script);
}

}  // namespace
}  // namespace saggar::suite
