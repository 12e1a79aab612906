// The real program as real processes over real sockets: kiln and runtime in lockstep, the journal
// afterwards.
#include "tests/runtime/app/process_fixture.hpp"

#include <algorithm>

namespace saggar {
namespace {

namespace fs = std::filesystem;

TEST_F(ProcessTest, ALockstepRunLeavesAJournalThatReplaysAndExports) {
  const std::string journal = (folder_ / "run.journal").string();
  const std::string summary = lockstep("--journal " + journal);
  EXPECT_EQ(digest_of(summary).size(), 64U) << summary;
  EXPECT_EQ(word_after(summary, "journal: bytes"), std::to_string(fs::file_size(journal)));
  const Output replayed = run("replay --everything " + journal);
  EXPECT_EQ(replayed.code, 0) << replayed.text;
  const Output trace = run("trace " + journal + " zone17.top.temperature --every 100");
  EXPECT_EQ(trace.code, 0);
  EXPECT_EQ(trace.text.find("time_s,zone17.top.temperature [degC]"), 0U) << trace.text;
}

TEST_F(ProcessTest, ARuntimeOfAnotherKilnSaysEveryDifferenceAndSoDoTheFieldAndTheStatus) {
  const fs::path kiln_log = folder_ / "kiln.log", runtime_log = folder_ / "runtime.log";
  const Process field("kiln " + kConfigs + "kiln/p1.toml --recipe " + kConfigs +
                          "recipes/ncm622-p1.toml --site " + site_.string() + " --lockstep",
                      kiln_log);
  std::string arguments = runtime("--journal none");
  arguments.erase(arguments.find("--quiet"), 7);
  const Process loop(arguments, runtime_log);
  const std::string difference = "kiln: the field says 'p1', the configuration says 'p2'";
  EXPECT_TRUE(within(std::chrono::seconds(30), [&] {
    return text_of(runtime_log).find(difference) != std::string::npos;
  })) << text_of(runtime_log);
  const std::string said = text_of(runtime_log);
  EXPECT_NE(said.find("has another tag table than the configuration"), std::string::npos) << said;
  EXPECT_NE(said.find("more differences"), std::string::npos) << said;
  EXPECT_TRUE(within(std::chrono::seconds(10), [&] {
    return text_of(kiln_log).find("the runtime refused our tag table: " + difference) !=
           std::string::npos;
  })) << text_of(kiln_log);
  const std::string status = console("status", 0);
  EXPECT_NE(status.find("link LOST"), std::string::npos) << status;
  EXPECT_NE(status.find(difference), std::string::npos) << status;
}

// The service file of the operator book starts what this program understands, and never driving.
TEST_F(ProcessTest, TheServiceFileStartsTheRuntimeNotDrivingAndRestartsItInTime) {  // SC-49
  const std::string unit = text_of(fs::path(SAGGAR_SOURCE_DIR) / "docs/operator/saggar.service");
  const auto value_of = [&](const std::string& key) {
    const auto at = unit.find("\n" + key + "=");
    if (at == std::string::npos) return std::string();
    const auto from = at + key.size() + 2;
    return unit.substr(from, unit.find('\n', from) - from);
  };
  EXPECT_EQ(value_of("Restart"), "always");
  EXPECT_LE(std::stod(value_of("RestartSec")), 10);
  EXPECT_EQ(value_of("StartLimitIntervalSec"), "0") << "it never gives up";
  const std::string home = value_of("WorkingDirectory");
  const std::string start = value_of("ExecStart");
  ASSERT_EQ(start.find(home + "/bin/saggar run "), 0U) << start;
  EXPECT_EQ(start.find("--switch-on"), std::string::npos) << "comes up OFF";
  std::istringstream words(start.substr((home + "/bin/saggar run ").size()));
  std::string files, arguments, option, path;
  while (words >> option >> path) {
    ASSERT_TRUE(option == "--site" || option == "--kiln" || option == "--recipe" ||
                option == "--control")
        << option;
    files += " " + std::string(SAGGAR_SOURCE_DIR) + "/" + path;
    arguments +=
        " " + option + " " +
        (option == "--site" ? site_.string() : std::string(SAGGAR_SOURCE_DIR) + "/" + path);
  }
  const Output check = run("check" + files);
  EXPECT_EQ(check.code, 0) << check.text;
  std::string site = text_of(site_);
  site.replace(site.find("\"field\""), 7, "\"wall\"");
  std::ofstream(site_) << site;  // the same on ports of its own
  const Output started = run("run" + arguments + " --journal none --for 1");
  EXPECT_EQ(started.code, 0) << started.text;
}

/// A runtime in wall pacing whose only controller never returns from its third step.
class HungControllerTest : public ProcessTest, public ::testing::WithParamInterface<int> {
 protected:
  void SetUp() override {
    ProcessTest::SetUp();
    std::string site = text_of(site_);
    site.replace(site.find("\"field\""), 7, "\"wall\"");
    site.replace(site.find("period_ms = 1000"), 16, "period_ms = 50  ");
    std::ofstream(site_) << site;
    std::string control = text_of(kConfigs + "control/pid.toml");
    control.replace(control.find("\"saggar-pid-trim\""), 17,
                    "\"" SAGGAR_BINARY_DIR "/zoo/never_returns.so\"");
    control.replace(control.find("name = \"pid\"\nplugin"), 12, "name = \"slow mpc\"");
    control.replace(control.find("[\"pid\""), 6, "[\"slow mpc\"");
    control.replace(
        control.find("latency_cycles = 0"), 18,
        "latency_cycles = " + std::to_string(GetParam()) + "\nparams = { from_cycle = 20 }");
    control_ = folder_ / "control.toml";
    std::ofstream(control_) << control;
  }
  fs::path control_;
};

TEST_P(HungControllerTest, ASignalEndsTheRuntimeWithTheJournalWrittenAndTheControllerNamed) {
  const fs::path log = folder_ / "runtime.log", journal = folder_ / "run.journal";
  const Process field("kiln " + kConfigs + "kiln/p2.toml --recipe " + kConfigs +
                          "recipes/ncm811-p2.toml --site " + site_.string(),
                      folder_ / "kiln.log");
  Process loop("run --site " + site_.string() + " --kiln " + kConfigs + "kiln/p2.toml --recipe " +
                   kConfigs + "recipes/ncm811-p2.toml --control " + control_.string() +
                   " --quiet --journal " + journal.string(),
               log);
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    const std::string text = run("status --site " + site_.string()).text;
    return word_after(text, "link ") == "up" && std::atoi(word_after(text, "cycle ").c_str()) >= 15;
  }));
  std::this_thread::sleep_for(std::chrono::seconds(1));  // it is in its twentieth now
  const auto began = std::chrono::steady_clock::now();
  loop.signal(SIGTERM);
  EXPECT_EQ(loop.wait(), 3) << text_of(log);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(8));
  EXPECT_NE(text_of(log).find("'slow mpc'"), std::string::npos) << text_of(log);
  const Output trace = run("trace " + journal.string() + " zone17.top.temperature");
  EXPECT_EQ(trace.code, 0) << trace.text;
  EXPECT_GT(std::count(trace.text.begin(), trace.text.end(), '\n'), 15) << "cycles until it hung";
}

// 0: it hangs the control thread itself; 1: it hangs a worker, and the loop goes on without it.
INSTANTIATE_TEST_SUITE_P(InTheLoopAndBeside, HungControllerTest, ::testing::Values(0, 1));

TEST_F(ProcessTest, TheMainJobEndsInASummaryAndAReplay) {
  EXPECT_EQ(Process(demo("--for 5s", "demo.log")).wait(), 0) << text_of("demo.log");
  const std::string said = text_of("demo.log");
  EXPECT_NE(said.find("SHA-256 of the records"), std::string::npos) << said;
  EXPECT_NE(said.find("every command identical"), std::string::npos) << said;
}

TEST_F(ProcessTest, CtrlCEndsTheMainJobInASummaryAndAReplayToo) {
  Process job(demo("--for 600s", "demo.log"));
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] { return drives(); })) << text_of("demo.log");
  job.interrupt();
  EXPECT_EQ(job.wait(), 0) << text_of("demo.log");
  const std::string said = text_of("demo.log");
  EXPECT_NE(said.find("SHA-256 of the records"), std::string::npos) << said;
  EXPECT_NE(said.find("every command identical"), std::string::npos) << said;
}

TEST_F(ProcessTest, TheMainJobFailsAndNamesTheProcessThatDied) {
  for (const std::string who : {"runtime", "kiln"}) {
    Process job(demo("--for 600s", "demo.log"));
    ASSERT_TRUE(within(std::chrono::seconds(30), [&] { return drives(); })) << text_of("demo.log");
    const pid_t pid = started(who);
    ASSERT_GT(pid, 0) << text_of("run.lock");
    ::kill(pid, SIGKILL);
    EXPECT_EQ(job.wait(), 1);
    const std::string said = text_of("demo.log");
    EXPECT_NE(said.find("the " + who + " ended in mid-run, log in " + folder_.string()),
              std::string::npos)
        << said;
    EXPECT_NE(said.find("the " + who + " ended with exit code 137"), std::string::npos) << said;
  }
}

TEST_F(ProcessTest, ASecondMainJobIsRefusedAndTheFirstGoesOn) {
  Process first(demo("--for 600s", "demo.log"));
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] { return drives(); })) << text_of("demo.log");
  EXPECT_EQ(Process(demo("--for 2s", "second.log")).wait(), 1);
  EXPECT_NE(text_of("second.log").find("another run is at work here (kiln "), std::string::npos)
      << text_of("second.log");
  EXPECT_TRUE(fs::exists(folder_ / "run.journal"));
  EXPECT_TRUE(drives());
  first.interrupt();
  EXPECT_EQ(first.wait(), 0) << text_of("demo.log");
}

}  // namespace
}  // namespace saggar
