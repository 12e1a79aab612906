#include "hil/campaign/pool.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstring>
#include <exception>
#include <map>

namespace saggar::campaign {
namespace {

using Clock = std::chrono::steady_clock;

struct Child {
  std::size_t index = 0;
  Clock::time_point began, ends;
  bool too_long = false;
};

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
}

pid_t begin(std::size_t index, const std::function<int(std::size_t)>& work) {
  std::fflush(nullptr);  // what is buffered is written once
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  // Ctrl-C reaches the whole group; the parent decides what is ended.
  ::signal(SIGINT, SIG_IGN);
  // A parent that is killed, as schedulers do, leaves nobody behind.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  int code = 1;
  try {
    code = work(index);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
  }
  std::fflush(nullptr);
  ::_exit(code);
}

Ended ended(const Child& child, int status, const rusage& used) {
  Ended out;
  out.index = child.index;
  out.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  out.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  out.too_long = child.too_long;
  out.seconds = seconds_since(child.began);
  out.cpu_s = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  out.peak_kB = used.ru_maxrss;
  return out;
}

class Pool {
 public:
  Pool(std::size_t count, const PoolOptions& options, const std::function<int(std::size_t)>& work,
       const std::function<void(const Ended&)>& done)
      : count_(count), options_(options), work_(work), done_(done) {}

  bool run() {
    while (next_ < count_ || !children_.empty()) {
      if (stopped()) {
        end_all();
        return false;
      }
      fill();
      if (!reap()) {
        end_late();
        const timespec nap{0, 2'000'000};
        ::nanosleep(&nap, nullptr);
      }
    }
    return true;
  }

 private:
  bool stopped() const { return options_.stop != nullptr && *options_.stop != 0; }
  void fill() {
    while (next_ < count_ && children_.size() < static_cast<std::size_t>(options_.jobs)) {
      Child child;
      child.index = next_;
      child.began = Clock::now();
      child.ends = child.began + std::chrono::duration_cast<Clock::duration>(
                                     std::chrono::duration<double>(options_.limit_s));
      const pid_t pid = begin(next_, work_);
      if (pid < 0) {
        if (children_.empty()) {
          Ended none;
          none.index = next_++;
          none.exit_code = -1;
          done_(none);
        }
        return;  // no room for a process now: when another has ended
      }
      children_[pid] = child;
      ++next_;
    }
  }
  bool reap() {
    int status = 0;
    rusage used{};
    const pid_t pid = ::wait4(-1, &status, WNOHANG, &used);
    const auto at = pid > 0 ? children_.find(pid) : children_.end();
    if (at == children_.end()) return false;
    const Child child = at->second;
    children_.erase(at);
    done_(ended(child, status, used));
    return true;
  }
  void end_late() {
    for (auto& [pid, child] : children_) {
      if (child.too_long || Clock::now() < child.ends) continue;
      child.too_long = true;
      ::kill(pid, SIGKILL);
    }
  }
  void end_all() {
    for (const auto& [pid, child] : children_) ::kill(pid, SIGKILL);
    for (const auto& [pid, child] : children_) ::waitpid(pid, nullptr, 0);
    children_.clear();
  }

  std::size_t count_, next_ = 0;
  const PoolOptions& options_;
  const std::function<int(std::size_t)>& work_;
  const std::function<void(const Ended&)>& done_;
  std::map<pid_t, Child> children_;
};

}  // namespace

std::string Ended::problem() const {
  if (too_long) return "no end in " + std::to_string(static_cast<long>(seconds)) + " s: hanging";
  if (signal != 0) {
    return "ended by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
  }
  if (exit_code != 0) return "ended with exit code " + std::to_string(exit_code);
  return {};
}

bool run_pool(std::size_t count, const PoolOptions& options,
              const std::function<int(std::size_t)>& work,
              const std::function<void(const Ended&)>& done) {
  return Pool(count, options, work, done).run();
}

}  // namespace saggar::campaign
