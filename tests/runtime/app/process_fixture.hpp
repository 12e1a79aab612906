// The real program as processes of a test, on ports and in a folder of its own.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <thread>

namespace saggar {

/// The word that follows a text, blanks left out; empty if the text is not there.
inline std::string word_after(const std::string& in, const std::string& text) {
  const auto at = in.find(text);
  const auto from = at == std::string::npos ? at : in.find_first_not_of(' ', at + text.size());
  if (from == std::string::npos) return "";
  return in.substr(from, in.find_first_of(" \n", from) - from);
}

inline const std::string kProgram = std::string(SAGGAR_BINARY_DIR) + "/bin/saggar";
inline const std::string kConfigs = std::string(SAGGAR_SOURCE_DIR) + "/configs/";

struct Output {
  int code = -1;
  std::string text;
};

/// Runs a command line; both streams together.
inline Output run(const std::string& arguments) {
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
  Process(const std::string& arguments, const std::filesystem::path& log)
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
    folder_ =
        std::filesystem::temp_directory_path() / ("saggar-process-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
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
  void TearDown() override { std::filesystem::remove_all(folder_); }

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
  std::string text_of(const std::filesystem::path& file) const {
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

  std::filesystem::path folder_, site_;
};

}  // namespace saggar
