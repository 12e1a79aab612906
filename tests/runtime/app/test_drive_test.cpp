// `saggar identify --test` at a real runtime and a real kiln, many times faster than real.
#include <algorithm>
#include <cmath>
#include <vector>

#include "tests/runtime/app/process_fixture.hpp"

namespace saggar {
namespace {

class TestDriveTest : public ProcessTest {
 protected:
  /// The shipped control file with a short test: three groups of 1200 s.
  void SetUp() override {
    ProcessTest::SetUp();
    std::string control = text_of(kConfigs + "control/planned-test.toml");
    for (const auto& [from, to] : {std::pair{"switching_s = 1800", "switching_s = 120"},
                                   std::pair{"amplitude_K = 4", "amplitude_K = 1"},
                                   std::pair{"group_s = 27000", "group_s = 1200"},
                                   std::pair{"rest_s = 1200", "rest_s = 60"}}) {
      const auto at = control.find(from);
      ASSERT_NE(at, std::string::npos) << from;
      control.replace(at, std::string(from).size(), to);
    }
    std::ofstream(folder_ / "control.toml") << control;
    journal_ = (folder_ / "run.journal").string();
  }
  std::string planned_runtime() const {
    std::string arguments = runtime("--switch-on heat --journal " + journal_);
    const std::string pid = kConfigs + "control/pid.toml";
    return arguments.replace(arguments.find(pid), pid.size(), (folder_ / "control.toml").string());
  }
  std::string identify(const std::string& more) const {
    return "identify " + journal_ + " --plan " + kConfigs + "identification/zones.toml --site " +
           site_.string() + " --who tester " + more;
  }
  std::string quick_kiln() const {
    const std::string line = kiln();
    return line.substr(0, line.find("--lockstep")) + "--speed 600";
  }
  bool heat_is_on() const {
    return within(std::chrono::seconds(20), [&] {
      return run("status --site " + site_.string()).text.find("heat        ON ") !=
             std::string::npos;
    });
  }
  std::string journal_;
};

TEST_F(TestDriveTest, OneCommandBeginsTheTestWaitsForItsEndAndSaysWhatItsJournalCarries) {
  const Process field(quick_kiln(), folder_ / "kiln.log");
  const Process loop(planned_runtime(), folder_ / "runtime.log");
  ASSERT_TRUE(heat_is_on()) << text_of("runtime.log");
  const Output said = run(identify("--test test -o " + (folder_ / "zones.model.toml").string()));
  // Groups of twenty minutes are much too short for lags of a quarter of an hour, and it says so.
  EXPECT_EQ(said.code, 2) << said.text;
  EXPECT_NE(said.text.find("test drives since field time"), std::string::npos) << said.text;
  // 3 groups of 1200 s and 4 rests of 60 s: 3840 s = 1.07 h.
  const std::string hours = word_after(said.text, "test has ended after");
  ASSERT_FALSE(hours.empty()) << said.text;
  EXPECT_GE(std::stod(hours), 1.06);  // seen five times a second, while the field races
  EXPECT_NE(said.text.find("pid drives"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("refused: "), std::string::npos) << said.text;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "zones.model.toml"));
}

TEST_F(TestDriveTest, CtrlCEndsTheTestAndTheSetpointsGoBackWithoutABump) {
  const Process field(quick_kiln(), folder_ / "kiln.log");
  const Process loop(planned_runtime(), folder_ / "runtime.log");
  ASSERT_TRUE(heat_is_on()) << text_of("runtime.log");
  Process drive(identify("--test test"), folder_ / "drive.log");
  ASSERT_TRUE(within(std::chrono::seconds(20), [&] {
    return text_of("drive.log").find("drives since") != std::string::npos;
  })) << text_of("drive.log");
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  drive.interrupt();
  EXPECT_EQ(drive.wait(), 2);
  const std::string said = text_of("drive.log");
  EXPECT_NE(said.find("is asked to end"), std::string::npos) << said;
  EXPECT_NE(said.find("pid drives"), std::string::npos) << said;
  EXPECT_NE(said.find("nothing is identified"), std::string::npos) << said;
  // No setpoint moved faster in a cycle of 1 s than the guard's 2 K/min, two decimals printed.
  const std::string from = word_after(said, "--from"), to = word_after(said, "--to");
  const Output trace =
      run("trace " + journal_ + " 'zone1*.top.setpoint' --from " + from + " --to " + to);
  ASSERT_EQ(trace.code, 0) << trace.text;
  std::istringstream lines(trace.text);
  std::string line;
  std::getline(lines, line);
  std::vector<double> before;
  double largest = 0;
  while (std::getline(lines, line)) {
    std::vector<double> now;
    std::istringstream cells(line);
    for (std::string cell; std::getline(cells, cell, ',');) now.push_back(std::stod(cell));
    for (std::size_t i = 1; i < before.size() && i < now.size(); ++i)
      largest = std::max(largest, std::fabs(now[i] - before[i]));
    before = now;
  }
  EXPECT_GT(before.size(), 1U);
  EXPECT_LT(largest, 10 * 2.0 / 60 + 0.01);  // the test moves once in ten cycles
}

TEST_F(TestDriveTest, WhatCannotBeTestedIsRefusedBeforeAnythingMoves) {
  const Process field(quick_kiln(), folder_ / "kiln.log");
  const Process loop(planned_runtime(), folder_ / "runtime.log");
  ASSERT_TRUE(heat_is_on()) << text_of("runtime.log");
  const Output name = run(identify("--test tset"));
  EXPECT_EQ(name.code, 1);
  EXPECT_NE(name.text.find("--test tset: the runtime has no rung of that name, but test, pid"),
            std::string::npos)
      << name.text;
  std::ofstream(folder_ / "wrong.toml")
      << "kind = \"identification\"\nname = \"w\"\n[[input]]\ntags = \"oven*.setpoint\"\n"
         "[[output]]\ntags = \"zone*.*.temperature\"\n";
  const Output tags = run("identify " + journal_ + " --site " + site_.string() +
                          " --test test --plan " + (folder_ / "wrong.toml").string());
  EXPECT_EQ(tags.code, 1);
  EXPECT_NE(tags.text.find("oven*.setpoint"), std::string::npos) << tags.text;
  const Output both = run(identify("--test test --from 5"));
  EXPECT_EQ(both.code, 2) << both.text;
  EXPECT_NE(console("status", 0).find("drives: pid"), std::string::npos);
}

}  // namespace
}  // namespace saggar
