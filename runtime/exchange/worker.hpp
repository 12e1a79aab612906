// Worker: one thread that does one slow job beside the loop, such as the step of a controller.
#pragma once

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <thread>
#include <utility>

namespace saggar::exchange {

/// What lateness of a job beside the loop means.
enum class Lateness : std::uint8_t {
  measured,  // wall pacing: late is late
  awaited,   // field pacing: virtual time stands still until the worker is done
  repeated   // replay: late exactly where the record says so
};

/// Runs `job()` once per `start`, on its own thread. One job at a time.
/// Thread: control calls `start`, `done`, `wait`. Real-time: `start` and `done` never wait;
/// `wait` blocks and is for field pacing only, where virtual time stands still meanwhile.
template <class Job>
class Worker {
 public:
  explicit Worker(Job job) : job_(std::move(job)), thread_([this] { run(); }) {}
  ~Worker() {
    ended_.store(true, std::memory_order_release);
    started_.fetch_add(1, std::memory_order_release);
    started_.notify_one();
    thread_.join();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  /// Keeps its thread on one processor. 0, or the error number of the system. Thread: main
  int pin(int cpu) noexcept {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (cpu < 0 || cpu >= CPU_SETSIZE) return EINVAL;
    CPU_SET(static_cast<unsigned>(cpu), &set);
    return ::pthread_setaffinity_np(thread_.native_handle(), sizeof set, &set);
  }

  /// Begins a job. Only when `done()`.
  void start() noexcept {
    started_.fetch_add(1, std::memory_order_release);
    started_.notify_one();
  }
  bool done() const noexcept {
    return finished_.load(std::memory_order_acquire) == started_.load(std::memory_order_relaxed);
  }
  void wait() const noexcept {
    const std::int32_t goal = started_.load(std::memory_order_relaxed);
    for (;;) {
      const std::int32_t now = finished_.load(std::memory_order_acquire);
      if (now == goal) return;
      finished_.wait(now, std::memory_order_acquire);
    }
  }

 private:
  void run() noexcept {
    std::int32_t seen = 0;
    for (;;) {
      started_.wait(seen, std::memory_order_acquire);
      seen = started_.load(std::memory_order_acquire);
      if (ended_.load(std::memory_order_acquire)) return;
      job_();
      finished_.store(seen, std::memory_order_release);
      finished_.notify_one();
    }
  }

  Job job_;
  std::atomic<std::int32_t> started_{0};
  std::atomic<std::int32_t> finished_{0};
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

}  // namespace saggar::exchange
