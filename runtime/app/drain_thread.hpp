// DrainThread: reads finished records and does all that takes time: hash, journal, log, screens.
#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "runtime/app/blackboard.hpp"
#include "runtime/app/digest_builder.hpp"
#include "runtime/app/health_watch.hpp"
#include "runtime/loop/channels.hpp"
#include "runtime/record/log.hpp"
#include "runtime/record/recorder.hpp"
#include "runtime/record/statistics.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::app {

struct DrainSettings {
  std::int64_t digest_interval_ns = 100'000'000;  ///< of wall time between two digests
  std::int64_t settle_ns = 0;                     ///< of field time not judged by the statistics
  std::int64_t period_ns = 0;                     ///< of the cycle, for what is said of overruns
  std::int64_t look_ns = 1'000'000'000;           ///< of wall time between two looks at the stores
};

class DrainThread {
 public:
  /// All but `journal`, `log` and `publisher`, which may be null, must outlive this object.
  DrainThread(loop::Channels& channels, const domain::Plant& plant, const record::Layout& layout,
              record::JournalWriter* journal, record::Log* log, wire::DigestPublisher* publisher,
              Blackboard& blackboard, wire::Pacing pacing, DrainSettings settings);
  ~DrainThread();
  DrainThread(const DrainThread&) = delete;
  DrainThread& operator=(const DrainThread&) = delete;

  void start();
  /// Waits until the stop record was read. Then the results below may be read.
  void join();
  /// Ends without a stop record, for a control thread that does not come back: takes what is there.
  void end_now() noexcept { end_now_.store(true, std::memory_order_release); }
  bool ended() const noexcept { return ended_.load(std::memory_order_acquire); }

  std::string digest() const { return recorder_.digest(); }
  /// Whether this controller's last job came too late and none has come since. Thread: any.
  bool owes(domain::ControllerId id) const noexcept {
    return owing_[id].load(std::memory_order_relaxed);
  }
  const record::Recorder& recorder() const noexcept { return recorder_; }
  const record::Statistics& statistics() const noexcept { return statistics_; }
  const DigestBuilder& builder() const noexcept { return builder_; }

 private:
  void run();
  bool take_all();
  void take(const domain::Record& record);
  void keep_state(std::uint64_t cycle);
  void show(std::shared_ptr<const wire::Digest> digest);
  void look(std::int64_t now_ns);
  void show_record(const domain::Record& record, std::int64_t now_ns);
  void finish();
  LiveState live() const;
  std::uint64_t records_lost() const noexcept { return not_taken_ + channels_.records.dropped(); }

  loop::Channels& channels_;
  record::JournalWriter* journal_;
  record::Log* log_;
  wire::DigestPublisher* publisher_;
  Blackboard& blackboard_;
  DrainSettings settings_;
  record::Names names_;
  record::Recorder recorder_;
  record::Statistics statistics_;
  DigestBuilder builder_;
  HealthWatch health_;
  std::uint64_t not_taken_ = 0;        // by the journal, or not encoded
  std::uint64_t cycle_ = 0;            // of the newest record
  std::int64_t longest_cycle_ns_ = 0;  // since the last look
  std::int64_t next_digest_ns_ = 0;
  std::optional<domain::Record> newest_;  // that waits for the next digest
  bool newest_waits_ = false;
  std::int64_t next_look_ns_ = 0;
  std::int64_t last_flush_ns_ = 0;
  std::int64_t last_show_ns_ = 0;
  std::array<std::atomic<bool>, domain::kMaxControllers> owing_{};
  std::atomic<bool> end_now_{false};
  std::atomic<bool> ended_{false};
  std::thread thread_;
};

}  // namespace saggar::app
