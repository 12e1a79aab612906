// The real program as real processes over real sockets: kiln and runtime in lockstep, a person at
// the console, the journal afterwards.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

namespace saggar {
namespace {

/// The word that follows a text, blanks left out; empty if the text is not there.
std::string word_after(const std::string& in, const std::string& text) {
  const auto at = in.find(text);
  const auto from = at == std::string::npos ? at : in.find_first_not_of(' ', at + text.size());
  if (from == std::string::npos) return "";
  return in.substr(from, in.find_first_of(" \n", from) - from);
}

namespace fs = std::filesystem;

const std::string kProgram = std::string(SAGGAR_BINARY_DIR) + "/bin/saggar";
const std::string kConfigs = std::string(SAGGAR_SOURCE_DIR) + "/configs/";

struct Output {
  int code = -1;
  std::string text;
};

/// Runs a command line; both streams together.
Output run(const std::string& arguments) {
  Output out;
  FILE* pipe = ::popen((kProgram + " " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer;
  std::size_t n = 0;
  while ((n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0) {
    out.text.append(buffer.data(), n);
  }
  const int status = ::pclose(pipe);
  out.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

class Process {
 public:
  /// The program with these arguments.
  Process(const std::string& arguments, const fs::path& log)
      : Process("exec " + kProgram + " " + arguments + " > " + log.string() + " 2>&1") {}
  /// A line of shell, in a process group of its own as a terminal would start it.
  explicit Process(const std::string& line) {
    pid_ = ::fork();
    if (pid_ == 0) {
      ::setpgid(0, 0);
      ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
      ::_exit(127);
    }
    ::setpgid(pid_, pid_);  // whichever of the two comes first
  }
  ~Process() {
    if (pid_ <= 0) return;
    ::kill(-pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  /// Ctrl-C: SIGINT for the whole group.
  void interrupt() const { ::kill(-pid_, SIGINT); }
  void signal(int number) const { ::kill(pid_, number); }
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

 private:
  pid_t pid_ = -1;
};

class ProcessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("saggar-process-" + std::to_string(::getpid()));
    fs::create_directories(folder_);
    // Every port of the site file is made this test's own.
    const int base = 20000 + ::getpid() % 1500 * 8;  // below the ports that the system hands out
    std::ifstream in(kConfigs + "site/simulated.toml");
    std::stringstream text;
    text << in.rdbuf();
    std::string site = text.str();
    for (int k = 1; k <= 5; ++k) {
      const std::string port = "127.0.0.1:771" + std::to_string(k);
      site.replace(site.find(port), port.size(), "127.0.0.1:" + std::to_string(base + k));
    }
    site_ = folder_ / "site.toml";
    std::ofstream(site_) << site;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string kiln() const {
    return "kiln " + kConfigs + "kiln/p2.toml --recipe " + kConfigs +
           "recipes/ncm811-p2.toml --site " + site_.string() + " --lockstep";
  }
  std::string runtime(const std::string& more) const {
    return "run --site " + site_.string() + " --kiln " + kConfigs + "kiln/p2.toml --recipe " +
           kConfigs + "recipes/ncm811-p2.toml --control " + kConfigs + "control/pid.toml --quiet " +
           more;
  }
  /// A lockstep run; its summary table.
  std::string lockstep(const std::string& more) const {
    const Process field(kiln(), folder_ / "kiln.log");
    const Output out = run(runtime("--switch-on heat --for 400 " + more));
    EXPECT_EQ(out.code, 0) << out.text;
    return out.text;
  }
  static std::string digest_of(const std::string& summary) {
    const std::string digits = word_after(summary, "SHA-256 of the records");
    return digits.size() == 64 ? digits : "";
  }
  bool within(std::chrono::seconds limit, const std::function<bool()>& done) const {
    const auto until = std::chrono::steady_clock::now() + limit;
    while (std::chrono::steady_clock::now() < until) {
      if (done()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  }
  /// The line that starts the main job with the ports and the folder of this test.
  std::string demo(const std::string& arguments, const std::string& log) const {
    return "cd " SAGGAR_SOURCE_DIR " && SAGGAR_BIN=" + std::string(SAGGAR_BINARY_DIR) +
           "/bin SAGGAR_SITE=" + site_.string() + " SAGGAR_VAR=" + folder_.string() +
           " exec sh runtime/app/run_demo.sh " + arguments + " > " + (folder_ / log).string() +
           " 2>&1";
  }
  std::string text_of(const fs::path& file) const {
    std::ifstream in(folder_ / file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  /// The process that the main job started under this name; 0 if there is none yet.
  pid_t started(const std::string& name) const {
    std::istringstream lines(text_of("run.lock"));
    std::string who;
    pid_t pid = 0;
    while (lines >> who >> pid) {
      if (who == name) return pid;
    }
    return 0;
  }
  /// The live view is there and the heat is on.
  bool drives() const {
    return started("view") != 0 &&
           run("status --site " + site_.string()).text.find("heat        ON ") != std::string::npos;
  }
  std::string console(const std::string& command, int code) const {
    const Output out = run(command + " --site " + site_.string() + " --who tester");
    EXPECT_EQ(out.code, code) << command << ": " << out.text;
    return out.text;
  }

  fs::path folder_, site_;
};

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

TEST_F(ProcessTest, APersonAtTheConsoleSwitchesOnMovesAndReleases) {  // SC-08, SC-91
  const Process field(kiln(), folder_ / "kiln.log");
  Process loop(runtime("--journal none"), folder_ / "runtime.log");
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    return run("status --site " + site_.string()).text.find("heat        OFF") != std::string::npos;
  }));
  EXPECT_NE(console("on heat", 0).find("done at cycle"), std::string::npos);
  ASSERT_TRUE(within(std::chrono::seconds(30), [&] {
    return run("status --site " + site_.string()).text.find("heat        ON ") != std::string::npos;
  }));
  console("setpoint zone05.top.setpoint 400", 2);  // not in MAN or AUTO
  console("mode zone05.top.setpoint MAN", 0);
  console("setpoint zone05.top.setpoint 351", 0);
  console("mode zone05.top.setpoint ROUT", 2);  // locked (PF-25)
  console("ai-off", 0);
  console("hold", 0);
  console("release", 0);
  EXPECT_NE(console("mode zone99.top.setpoint MAN", 2).find("zone99"), std::string::npos);
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

TEST_F(ProcessTest, BadInputIsNamedAndChangesNothing) {
  const Output missing = run("run --journal none --site " + site_.string() + " --control " +
                             kConfigs + "control/none.toml");
  EXPECT_EQ(missing.code, 1);
  EXPECT_NE(missing.text.find("none.toml"), std::string::npos) << missing.text;
  const Output unknown = run("fire");
  EXPECT_NE(unknown.code, 0);
  const Output nobody = run("status --endpoint tcp://127.0.0.1:1 --timeout 0.5");
  EXPECT_EQ(nobody.code, 1);
  // The option, what was given, what would be right.
  for (const auto& [arguments, words] : std::vector<std::pair<std::string, std::string>>{
           {"status --site ''", "--site: is empty; the path of a site file would be right"},
           {"status --endpoint nonsense",
            "--endpoint: 'nonsense' is no address; one such as tcp://"},
           {"status --endpoint tcp://", "--endpoint: 'tcp://' is no address"},
           {"status --timeout nan",
            "--timeout: 'nan' is no number; 0.001 to 3600 s would be right"},
           {"run --for -1", "--for: '-1' is outside its limits; 0 to"},
           {"run --kiln ''", "--kiln: is empty; the path of a kiln file would be right"},
           {"watch --records ''", "--records: '' is no address"},
           {"trace '' x", "journal: is empty"},
           {"trace a.journal --every 0", "--every: '0' is outside its limits"},
           {"kiln --speed 0", "--speed: '0' is outside its limits"},
           {"status --site /no/such/site.toml", "/no/such/site.toml"}}) {
    const Output refused = run(arguments);
    EXPECT_NE(refused.code, 0) << arguments;
    EXPECT_NE(refused.text.find(words), std::string::npos) << arguments << ": " << refused.text;
  }
  const Output check = run("check " + kConfigs + "kiln/p2.toml " + kConfigs +
                           "kiln/p2.plant.toml " + kConfigs + "control/pid.toml");
  EXPECT_EQ(check.code, 0) << check.text;
}

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
