#include "runtime/loop/realtime.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace saggar::loop {
namespace {

std::string throttle_report() {
  std::ifstream file("/proc/sys/kernel/sched_rt_runtime_us");
  long runtime_us = -1;
  file >> runtime_us;
  if (!file || runtime_us < 0) return "kernel throttle of SCHED_FIFO: off";
  return "kernel throttle of SCHED_FIFO: " + std::to_string(runtime_us) +
         " us in each second may be used; a thread that wants more is stopped for the rest";
}

}  // namespace

std::vector<std::string> apply(const RealtimeWishes& wishes) {
  std::vector<std::string> lines;
  if (wishes.lock_memory) {
    const bool ok = ::mlockall(MCL_CURRENT | MCL_FUTURE) == 0;
    lines.push_back(ok ? "memory: locked"
                       : std::string("memory: not locked (") + std::strerror(errno) +
                             "); needs CAP_IPC_LOCK or a larger RLIMIT_MEMLOCK");
  }
  if (wishes.cpu >= 0) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(wishes.cpu), &set);
    const int error = ::pthread_setaffinity_np(::pthread_self(), sizeof set, &set);
    lines.push_back(
        "cpu " + std::to_string(wishes.cpu) + ": " +
        (error == 0 ? "pinned" : std::string("not pinned (") + std::strerror(error) + ")"));
  }
  if (wishes.fifo_priority > 0) {
    sched_param parameter{};
    parameter.sched_priority = wishes.fifo_priority;
    const int error = ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &parameter);
    lines.push_back("SCHED_FIFO " + std::to_string(wishes.fifo_priority) + ": " +
                    (error == 0 ? "granted"
                                : std::string("refused (") + std::strerror(error) +
                                      "); needs CAP_SYS_NICE and a real-time share of the cgroup"));
    lines.push_back(throttle_report());
  }
  return lines;
}

}  // namespace saggar::loop
