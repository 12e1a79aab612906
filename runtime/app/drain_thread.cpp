#include "runtime/app/drain_thread.hpp"

#include <chrono>

namespace saggar::app {
namespace {

constexpr std::int64_t kFlushInterval_ns = 200'000'000;
constexpr int kIdleLooks = 50;

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
    // the waking; after a while without any, sleep until one comes.
    if (idle < kIdleLooks) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } else {
      channels_.records.wait_readable();
    }
    while (const domain::Record* record = channels_.records.front()) {
      idle = 0;
      const bool last = record->cycle == loop::kStopCycle;
      if (!last) take(*record);
      channels_.records.pop();
      if (last) {
        if (journal_ != nullptr) journal_->flush();
        if (log_ != nullptr) log_->flush();
        return;
      }
    }
    // Nothing waits: what is in memory goes to the disk, so that a killed process loses little.
    if (journal_ != nullptr && now_ns() - last_flush_ns_ > kFlushInterval_ns) {
      journal_->flush();
      last_flush_ns_ = now_ns();
    }
  }
}

void DrainThread::take(const domain::Record& record) {
  recorder_.take(record);
  keep_state(record.cycle);
  statistics_.add(record);
  builder_.add(record);
  if (log_ != nullptr && !record.events.empty()) log_->events(record, names_);
  const std::int64_t now = now_ns();
  if (now >= next_digest_ns_) {
    next_digest_ns_ = now + settings_.digest_interval_ns;
    show(record);
  }
}

/// A state follows the record it is the state after, so that a journal never has one without it.
void DrainThread::keep_state(std::uint64_t cycle) {
  while (const loop::StateAfter* kept = channels_.states.front()) {
    if (kept->cycle > cycle) return;
    if (journal_ != nullptr && kept->cycle == cycle) journal_->snapshot(cycle, kept->state);
    channels_.states.pop();
  }
}

void DrainThread::show(const domain::Record& record) {
  auto digest = std::make_shared<const wire::Digest>(
      builder_.build(record, channels_.overruns.load(), channels_.records.dropped()));
  if (publisher_ != nullptr) publisher_->publish(*digest);
  blackboard_.write(std::move(digest));
}

}  // namespace saggar::app
