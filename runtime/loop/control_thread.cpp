#include "runtime/loop/control_thread.hpp"

#include <time.h>

#include <algorithm>
#include <future>

// Of tests/support: there only in the `gate` preset, or when the library is preloaded.
extern "C" {
__attribute__((weak)) void saggar_gate_enter(void);
__attribute__((weak)) int saggar_gate_leave(std::uint64_t totals[5]);
}

namespace saggar::loop {
namespace {

/// Counts what one cycle asks of the machine, if somebody is there to count.
class Watched {
 public:
  Watched(GateTotals& totals, bool wanted) noexcept
      : totals_(totals), on_(wanted && saggar_gate_enter != nullptr) {
    if (on_) saggar_gate_enter();
  }
  ~Watched() {
    if (on_ && saggar_gate_leave(totals_.calls) == 1) ++totals_.cycles;
  }
  Watched(const Watched&) = delete;
  Watched& operator=(const Watched&) = delete;

 private:
  GateTotals& totals_;
  bool on_;
};

std::int64_t now_ns() noexcept {
  timespec t{};
  ::clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

/// At most so long asleep before a request to stop is seen.
constexpr std::int64_t kNap_ns = 200'000'000;

/// False if it was stopped before its time.
bool sleep_until(std::int64_t when_ns, const std::atomic<bool>& stop) noexcept {
  for (std::int64_t now = now_ns(); now < when_ns; now = now_ns()) {
    if (stop.load(std::memory_order_acquire)) return false;
    const std::int64_t until_ns = std::min(when_ns, now + kNap_ns);
    timespec t{};
    t.tv_sec = until_ns / 1'000'000'000;
    t.tv_nsec = until_ns % 1'000'000'000;
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr);
  }
  return true;
}

}  // namespace

ControlThread::ControlThread(Cycle& cycle, Channels& channels, const ThreadSettings& settings)
    : cycle_(cycle),
      channels_(channels),
      settings_(settings),
      spare_(cycle.prototype()),
      frame_(spare_.frame),
      count_(settings.last_cycle),
      next_state_(settings.last_cycle + settings.snapshot_cycles) {}

ControlThread::~ControlThread() { join(); }

std::vector<std::string> ControlThread::start() {
  std::promise<std::vector<std::string>> ready;
  auto lines = ready.get_future();
  thread_ = std::thread([this, &ready] {
    auto granted = apply(settings_.wishes);
    ready.set_value(std::move(granted));
    if (settings_.pacing == Pacing::wall) {
      run_wall();
    } else {
      run_field();
    }
  });
  return lines.get();
}

void ControlThread::join() {
  if (thread_.joinable()) thread_.join();
}

void ControlThread::take_intents() noexcept {
  // Every request gets its answer (SC-08): while the io thread takes none, no new ones are taken
  // in.
  constexpr std::size_t kJam = loop::Channels::kAnswers / 2;
  while (const domain::Intent* intent = channels_.intents.front()) {
    if (channels_.answers.size() >= kJam) return;
    if (!cycle_.offer(*intent)) {
      domain::IntentAnswer busy;
      busy.id = intent->id;
      busy.station = intent->station;
      busy.cycle = count_ + 1;
      busy.kind = domain::AnswerKind::busy;
      busy.reason = domain::Reason::busy;
      channels_.answers.push(busy);
    }
    channels_.intents.pop();
  }
}

void ControlThread::hand_out(domain::Record& record) noexcept {
  for (const domain::IntentAnswer& answer : record.answers) channels_.answers.push(answer);
  domain::Command& command = channels_.outbox.writable();
  command = record.command;
  command.time_ns -= clock_.shift_ns();
  command.valid_until_ns -= clock_.shift_ns();
  channels_.outbox.publish();
}

void ControlThread::one(const domain::Frame& frame, std::int64_t time_ns, std::int64_t started_ns,
                        std::int64_t late_ns) noexcept {
  domain::Record* slot = channels_.records.claim();
  if (slot == nullptr && settings_.pacing == Pacing::field) {
    channels_.records.wait_writable();
    slot = channels_.records.claim();
  }
  const Watched watched(channels_.gate, count_ > settings_.last_cycle);
  const bool kept = slot != nullptr;
  domain::Record& record = kept ? *slot : spare_;
  record.frame = frame;
  take_intents();
  record.cycle = ++count_;
  record.time_ns = time_ns;
  record.timing = {started_ns, late_ns, 0, 0, started_ns - frame.received_ns};
  cycle_.run(record);
  hand_out(record);
  const std::int64_t ended_ns = now_ns();
  record.timing.duration_ns = ended_ns - started_ns;
  if (kept) {
    keep_state();
    channels_.records.publish();
    channels_.watchdog.finished(ended_ns);  // only a cycle whose record was accepted counts (SC-47)
  } else {
    channels_.records.count_drop();
  }
}

/// The state after this cycle goes out before its record. While a controller computes beside the
/// loop there is no state to keep: the next cycle tries again.
void ControlThread::keep_state() noexcept {
  if (settings_.snapshot_cycles == 0 || count_ < next_state_ || !cycle_.at_rest()) return;
  StateAfter* slot = channels_.states.claim();
  if (slot == nullptr) return;
  slot->cycle = count_;
  cycle_.snapshot(slot->state);
  channels_.states.publish();
  next_state_ = count_ + settings_.snapshot_cycles;
}

/// True once the asked number of cycles has run; main is told.
bool ControlThread::is_done() noexcept {
  if (settings_.cycles == 0 || count_ - settings_.last_cycle < settings_.cycles) return false;
  channels_.ended.store(true, std::memory_order_release);
  return true;
}

void ControlThread::run_wall() noexcept {
  Pace pace(settings_.period_ns, settings_.overrun, now_ns() + settings_.period_ns);
  while (!channels_.stop.load(std::memory_order_acquire)) {
    const Pace::Start start = pace.next(now_ns());
    if (!sleep_until(start.planned_ns, channels_.stop)) return;
    channels_.overruns.store(pace.overruns(), std::memory_order_relaxed);
    const std::int64_t started_ns = now_ns();
    if (channels_.inbox.newest(frame_)) {
      clock_.place(frame_);
    } else {
      frame_.missed = 0;
      frame_.clock_jump_ns = 0;
    }
    one(frame_, clock_.now_ns(started_ns), started_ns, started_ns - start.planned_ns);
    if (is_done()) return;
  }
}

void ControlThread::run_field() noexcept {
  for (;;) {
    channels_.inbox.wait(settings_.look_ns);
    while (channels_.inbox.next(frame_)) {
      if (frame_.sequence == kStopSequence) return;
      clock_.follow(frame_, settings_.period_ns);
      one(frame_, frame_.time_ns, now_ns(), 0);
      if (is_done()) return;
    }
  }
}

}  // namespace saggar::loop
