#include "hil/suite/runtime_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>

namespace saggar::suite {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kNotFound = 127;  ///< as a shell says it

}  // namespace

RuntimeProcess::~RuntimeProcess() { kill(); }

bool RuntimeProcess::start(const std::vector<std::string>& words, const std::string& errors_to) {
  std::vector<char*> argv;
  for (const std::string& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const pid_t parent = ::getpid();
  pid_ = ::fork();
  if (pid_ != 0) return pid_ > 0;
  // A bench that is killed, as the pool does with one that hangs, leaves no runtime behind.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!errors_to.empty()) {
    const int file = ::open(errors_to.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file >= 0) ::dup2(file, STDERR_FILENO);
  }
  if (::getppid() == parent) ::execv(argv[0], argv.data());
  ::_exit(kNotFound);
}

std::string RuntimeProcess::ended() {
  if (pid_ <= 0) return how_;
  int status = 0;
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return {};
  pid_ = 0;
  how_ = WIFSIGNALED(status) ? std::string("signal ") + ::strsignal(WTERMSIG(status))
                             : "exit code " + std::to_string(WEXITSTATUS(status));
  return how_;
}

std::string RuntimeProcess::wait_for(double seconds) {
  const auto until = Clock::now() + std::chrono::duration<double>(seconds);
  std::string how = ended();
  while (how.empty() && Clock::now() < until) {
    ::usleep(5000);
    how = ended();
  }
  return how;
}

void RuntimeProcess::ask_to_end() const {
  if (pid_ > 0) ::kill(pid_, SIGTERM);
}

void RuntimeProcess::kill() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
  pid_ = 0;
  how_ = "killed";
}

}  // namespace saggar::suite
