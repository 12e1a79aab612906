#include "hil/suite/by_the_clock.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "hil/suite/clock_judge.hpp"
#include "runtime/config/bundle.hpp"

namespace saggar::suite {
namespace {

using Clock = std::chrono::steady_clock;

Clock::duration seconds(double s) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(s));
}

/// People act in a thread of their own: the kiln does not wait for an answer to them.
class Staff {
 public:
  Staff(TwoProcesses& bench, Clock::time_point began)
      : bench_(bench), began_(began), thread_([this] { problem_ = work(); }) {}
  ~Staff() { go_home(); }
  Staff(const Staff&) = delete;
  Staff& operator=(const Staff&) = delete;

  /// Ends their work. @return what stood in its way, or empty
  std::string go_home() {
    {
      const std::lock_guard lock(mutex_);
      over_ = true;
    }
    end_.notify_all();
    if (thread_.joinable()) thread_.join();
    return problem_;
  }

 private:
  /// False if it is over before that time.
  bool wait_until(Clock::time_point when) {
    std::unique_lock lock(mutex_);
    return !end_.wait_until(lock, when, [this] { return over_; });
  }
  std::string work() {
    Seen seen;
    for (std::uint64_t cycle = 1; cycle <= bench_.cycles; ++cycle) {
      const double time_s = static_cast<double>(cycle - 1) * bench_.period_s;
      if (!wait_until(began_ + seconds(time_s))) return {};
      std::string problem;
      if (bench_.people->look(time_s)) problem = bench_.desk->see(1, seen);
      std::vector<domain::Intent> intents;
      bench_.people->ask(cycle, time_s, seen, intents);
      if (problem.empty()) problem = bench_.desk->tell(intents, false);
      if (!problem.empty()) return problem;
    }
    return {};
  }

  TwoProcesses& bench_;
  const Clock::time_point began_;
  std::mutex mutex_;
  std::condition_variable end_;
  bool over_ = false;
  std::string problem_;
  std::thread thread_;  // last: it uses all the others
};

/// Until the runtime drives; empty, or why it does not.
std::string wait_for_hello(TwoProcesses& bench) {
  const volatile int never = 0;
  const auto patience = Clock::now() + seconds(bench.options.silence_s);
  while (!bench.server->peer_present()) {
    if (!bench.process.ended().empty() || Clock::now() > patience) return bench.hanging();
    bench.field->serve_until(Clock::now() + seconds(0.02), &never);
  }
  // The runtime has just begun to count its periods. Half a period later is halfway between two of
  // its cycles, so that a clock that is a little late does not decide which frame a cycle sees.
  bench.field->serve_until(Clock::now() + seconds(bench.period_s / 2), &never);
  return {};
}

std::string drive(TwoProcesses& bench, bridge::Diary& diary) {
  bench.field->keep(diary);
  if (std::string problem = wait_for_hello(bench); !problem.empty()) return problem;
  const volatile int never = 0;
  const auto began = Clock::now();
  bench.field->follow_clock();
  Staff staff(bench, began);
  for (std::uint64_t cycle = 1; cycle <= bench.cycles; ++cycle) {
    bench.field->one_period(began + seconds(static_cast<double>(cycle) * bench.period_s), &never);
    const std::string how = bench.process.ended();
    if (!how.empty()) return "the runtime ended: " + how;
  }
  const std::string problem = staff.go_home();
  if (!problem.empty()) return bench.hanging() + " (" + problem + ")";
  bench.process.ask_to_end();
  const std::string how = bench.process.wait_for(bench.options.silence_s);
  if (how.empty()) return "the runtime did not end when it was asked to";
  return how == "exit code 0" ? std::string() : "the runtime ended: " + how;
}

}  // namespace

CaseResult run_case_by_the_clock(const scenario::Case& one, const WireOptions& options) {
  return run_two_processes(
      one, options, config::Pacing::wall, [](TwoProcesses& bench, CaseResult& result) {
        bridge::Diary diary;
        const std::string problem = drive(bench, diary);
        return problem.empty() ? judge_by_diary(bench, diary, result) : problem;
      });
}

}  // namespace saggar::suite
