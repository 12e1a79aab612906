#include "plugins/host/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace saggar::host {
namespace {

using domain::Error;
using Clock = std::chrono::steady_clock;

// The child's life. It prints nothing: what a plugin writes to stdout is not the tool's output.
[[noreturn]] void run_child(const std::function<std::string()>& answer, int to) {
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (null >= 0) ::dup2(null, fd);
  }
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  for (const int signal : {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL}) std::signal(signal, SIG_DFL);
  const std::string bytes = answer();
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t n = ::write(to, bytes.data() + at, bytes.size() - at);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    at += static_cast<std::size_t>(n);
  }
  ::_exit(0);
}

// Everything the child writes until it closes the pipe; false when time is up.
bool collect(int from, std::chrono::milliseconds patience, std::string& bytes) {
  const Clock::time_point end = Clock::now() + patience;
  char buffer[4096];
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd wait{from, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(std::min<long>(left, 1000)));
    if (ready <= 0) continue;
    const ssize_t n = ::read(from, buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return true;
    bytes.append(buffer, static_cast<std::size_t>(n));
  }
}

std::string end_of_child(int status, const std::string& doing) {
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    return "crashed while " + doing + ": signal " + std::to_string(signal) + " (" +
           ::strsignal(signal) + ")";
  }
  return "ended the process while " + doing + " (exit code " + std::to_string(WEXITSTATUS(status)) +
         "): a plugin must not call exit()";
}

}  // namespace

domain::Result<std::string> ask_child(const ChildTask& task,
                                      const std::function<std::string()>& answer) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return Error{task.where, std::string("no pipe to a child: ") + std::strerror(errno)};
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    run_child(answer, ends[1]);
  }
  ::close(ends[1]);
  std::string bytes;
  bool in_time = true;
  if (child > 0) {
    in_time = collect(ends[0], task.patience, bytes);
    if (!in_time) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  if (child < 0) return Error{task.where, "could not start a child process"};
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!in_time) {
    return Error{task.where, "took longer than " + std::to_string(task.patience.count()) + " ms " +
                                 task.hanging};
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || bytes.empty()) {
    return Error{task.where, end_of_child(status, task.doing)};
  }
  return bytes;
}

}  // namespace saggar::host
