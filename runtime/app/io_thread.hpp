// IoThread: the only thread that touches sockets while the runtime drives.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/loop/channels.hpp"
#include "runtime/loop/control_thread.hpp"
#include "runtime/wire/field_client.hpp"
#include "runtime/wire/operator_link.hpp"

namespace saggar::app {

/// The digest that status requests are answered with: drain writes, io reads, control never.
class Blackboard {
 public:
  void write(std::shared_ptr<const wire::Digest> digest) {
    const std::lock_guard lock(mutex_);
    digest_ = std::move(digest);
  }
  std::shared_ptr<const wire::Digest> read() const {
    const std::lock_guard lock(mutex_);
    return digest_;
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const wire::Digest> digest_;
};

struct IoSettings {
  loop::Pacing pacing = loop::Pacing::wall;
  std::int64_t heartbeat_ns = 1'000'000'000;
  std::int64_t expect_ns = 300'000;  ///< field pacing: spin this long for the answer to a frame
};

/// Frames in, commands out, intents in, answers out, heartbeats both ways.
class IoThread {
 public:
  /// All must outlive this object. `operators` may be null.
  IoThread(loop::Channels& channels, const domain::Plant& plant, wire::FieldClient& field,
           wire::OperatorServer* operators, const Blackboard& blackboard, IoSettings settings);
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  void start();
  /// Ends the thread; in field pacing it first sends the control thread its stop frame.
  void stop();
  std::uint64_t acks_refused() const noexcept { return acks_refused_.load(); }

 private:
  struct Waiting {
    std::uint64_t client = 0;
    std::uint64_t id = 0;
    domain::FixedText<32> station;
  };

  void run();
  void pump_field();
  void send(domain::Command* command);
  void pump_operators();
  void pump_answers();
  void beat();
  void put_link_frame(bool up);

  loop::Channels& channels_;
  wire::FieldClient& field_;
  wire::OperatorServer* operators_;
  const Blackboard& blackboard_;
  IoSettings settings_;
  domain::Frame last_frame_;
  domain::Ack ack_;
  std::vector<Waiting> waiting_;
  std::uint32_t heartbeat_ = 0;
  std::int64_t next_beat_ns_ = 0;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> acks_refused_{0};
  std::thread thread_;
};

}  // namespace saggar::app
