// DrainThread: reads finished records and does all that takes time: hash, journal, log, screens.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "runtime/app/digest_builder.hpp"
#include "runtime/app/io_thread.hpp"
#include "runtime/loop/channels.hpp"
#include "runtime/record/log.hpp"
#include "runtime/record/recorder.hpp"
#include "runtime/record/statistics.hpp"
#include "runtime/wire/streams.hpp"

namespace saggar::app {

struct DrainSettings {
  std::int64_t digest_interval_ns = 100'000'000;  ///< of wall time between two digests
  std::int64_t settle_ns = 0;                     ///< of field time not judged by the statistics
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

  std::string digest() const { return recorder_.digest(); }
  const record::Recorder& recorder() const noexcept { return recorder_; }
  const record::Statistics& statistics() const noexcept { return statistics_; }
  const DigestBuilder& builder() const noexcept { return builder_; }

 private:
  void run();
  void take(const domain::Record& record);
  void keep_state(std::uint64_t cycle);
  void show(const domain::Record& record);

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
  std::int64_t next_digest_ns_ = 0;
  std::int64_t last_flush_ns_ = 0;
  std::thread thread_;
};

}  // namespace saggar::app
