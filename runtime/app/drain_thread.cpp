#include "runtime/app/drain_thread.hpp"

#include <algorithm>
#include <chrono>

namespace saggar::app {
namespace {

constexpr std::int64_t kFlushInterval_ns = 200'000'000;
constexpr int kIdleLooks = 50;
constexpr auto kBusyWait = std::chrono::milliseconds(1);
constexpr auto kIdleWait = std::chrono::milliseconds(20);

std::int64_t now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

DrainThread::DrainThread(loop::Channels& channels, const domain::Plant& plant,
                         const record::Layout& layout, record::JournalWriter* journal,
                         record::Log* log, wire::DigestPublisher* publisher, Blackboard& blackboard,
                         wire::Pacing pacing, DrainSettings settings)
    : channels_(channels),
      journal_(journal),
      log_(log),
      publisher_(publisher),
      blackboard_(blackboard),
      settings_(settings),
      names_(layout.names),
      recorder_(layout, journal),
      statistics_(plant, settings.settle_ns),
      builder_(plant, layout.names, pacing) {}

DrainThread::~DrainThread() { join(); }

void DrainThread::start() {
  thread_ = std::thread([this] { run(); });
}

void DrainThread::join() {
  if (thread_.joinable()) thread_.join();
}

void DrainThread::run() {
  for (int idle = 0;; ++idle) {
    // While records keep coming, looking once a millisecond is enough and saves the control thread
    // the waking; after a while without any, more seldom: the stores are looked at all the same.
    std::this_thread::sleep_for(idle < kIdleLooks ? kBusyWait : kIdleWait);
    if (channels_.records.front() != nullptr) idle = 0;
    const bool end_now = end_now_.load(std::memory_order_acquire);
    if (take_all() || end_now) break;
    const std::int64_t now = now_ns();
    if (newest_waits_ && now >= next_digest_ns_) show_record(*newest_, now);
    // Nothing waits: what is in memory goes to the disk, so that a killed process loses little.
    if (journal_ != nullptr && now - last_flush_ns_ > kFlushInterval_ns) {
      journal_->flush();
      last_flush_ns_ = now;
    }
    if (now >= next_look_ns_) look(now);
  }
  finish();
}

/// All records that are there; true at the stop record.
bool DrainThread::take_all() {
  while (const domain::Record* record = channels_.records.front()) {
    const bool last = record->cycle == loop::kStopCycle;
    if (!last) take(*record);
    channels_.records.pop();
    if (last) return true;
    // A ring that is never empty must not keep the look away.
    if (const std::int64_t now = now_ns(); now >= next_look_ns_) look(now);
  }
  return false;
}

void DrainThread::finish() {
  if (journal_ != nullptr) journal_->flush();
  look(now_ns());
  if (log_ != nullptr) log_->flush();
  ended_.store(true, std::memory_order_release);
}

void DrainThread::take(const domain::Record& record) {
  if (!recorder_.take(record)) ++not_taken_;
  keep_state(record.cycle);
  statistics_.add(record);
  builder_.add(record);
  for (const domain::Proposal& p : record.proposals) {
    if (p.job == domain::JobFact::none || p.controller >= owing_.size()) continue;
    owing_[p.controller].store(p.job != domain::JobFact::fresh, std::memory_order_relaxed);
  }
  cycle_ = record.cycle;
  longest_cycle_ns_ = std::max(longest_cycle_ns_, record.timing.duration_ns);
  if (log_ != nullptr && !record.events.empty()) log_->events(record, names_);
  // No two digests come closer than the interval; a record that finds it too soon waits, so that
  // the newest is shown even if none follows it.
  newest_waits_ = true;
  if (const std::int64_t now = now_ns(); now >= next_digest_ns_) {
    show_record(record, now);
  } else {
    newest_ = record;
  }
}

void DrainThread::show_record(const domain::Record& record, std::int64_t now) {
  newest_waits_ = false;
  next_digest_ns_ = now + settings_.digest_interval_ns;
  show(std::make_shared<const wire::Digest>(builder_.build(record, live())));
}

/// A state follows the record it is the state after, so that a journal never has one without it.
void DrainThread::keep_state(std::uint64_t cycle) {
  while (const loop::StateAfter* kept = channels_.states.front()) {
    if (kept->cycle > cycle) return;
    if (journal_ != nullptr && kept->cycle == cycle) journal_->snapshot(cycle, kept->state);
    channels_.states.pop();
  }
}

LiveState DrainThread::live() const {
  LiveState live;
  live.overruns = channels_.overruns.load();
  live.records_dropped = channels_.records.dropped();
  live.records_lost = records_lost();
  live.log_lines_lost = log_ != nullptr ? log_->lost() : 0;
  if (journal_ != nullptr) live.journal = &journal_->health();
  live.link = blackboard_.read_link();
  if (live.link) live.heartbeat = blackboard_.read_heartbeat();
  live.troubles = health_.troubles();
  return live;
}

void DrainThread::show(std::shared_ptr<const wire::Digest> digest) {
  last_show_ns_ = now_ns();
  if (publisher_ != nullptr) publisher_->publish(*digest);
  blackboard_.write(std::move(digest));
}

/// Once a second: what the stores suffer goes to the log, the screens and the list of events
/// (SC-105); and screens hear of a runtime whose cycles stand still.
void DrainThread::look(std::int64_t now) {
  next_look_ns_ = now + settings_.look_ns;
  HealthReadings readings;
  if (journal_ != nullptr) readings.journal = &journal_->health();
  readings.records_lost = records_lost();
  readings.overruns = channels_.overruns.load();
  readings.log_lines_lost = log_ != nullptr ? log_->lost() : 0;
  readings.longest_cycle_ms = static_cast<double>(longest_cycle_ns_) * 1e-6;
  readings.period_ms = static_cast<double>(settings_.period_ns) * 1e-6;
  longest_cycle_ns_ = 0;
  const auto news = health_.look(readings);
  for (const HealthWatch::News& n : news) {
    builder_.note(cycle_, n.event, n.cause);
    if (log_ != nullptr) log_->event(cycle_, n.event, names_, n.cause);
  }
  if (news.empty() && now - last_show_ns_ < settings_.look_ns) return;
  const auto last = blackboard_.read();
  auto digest =
      last != nullptr ? std::make_shared<wire::Digest>(*last) : std::make_shared<wire::Digest>();
  builder_.refresh(*digest, live());
  show(std::move(digest));
}

}  // namespace saggar::app
