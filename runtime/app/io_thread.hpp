// IoThread: the only thread that touches sockets while the runtime drives.
#pragma once

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "runtime/app/answer_text.hpp"
#include "runtime/app/blackboard.hpp"
#include "runtime/app/link_reporter.hpp"
#include "runtime/loop/channels.hpp"
#include "runtime/loop/control_thread.hpp"
#include "runtime/wire/field_client.hpp"
#include "runtime/wire/operator_link.hpp"

namespace saggar::app {

struct IoSettings {
  loop::Pacing pacing = loop::Pacing::wall;
  std::int64_t heartbeat_ns = 1'000'000'000;
  std::int64_t expect_ns = 300'000;  ///< field pacing: spin this long for the answer to a frame
  std::string field_address;         ///< for the words about the link
  record::Log* log = nullptr;        ///< may be null
  Ladders ladders{};                 ///< for the words of answers
};

/// Frames in, commands out, intents in, answers out, heartbeats both ways; what there is to say of
/// the link goes to the log and the blackboard.
class IoThread {
 public:
  /// All must outlive this object. `operators` may be null.
  IoThread(loop::Channels& channels, const domain::Plant& plant, wire::FieldClient& field,
           wire::OperatorServer* operators, Blackboard& blackboard, IoSettings settings);
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  void start();
  /// Ends the thread; in field pacing it first sends the control thread its stop frame.
  void stop();

 private:
  struct Waiting {
    std::uint64_t client = 0;
    domain::Intent intent;
  };

  void run();
  void pump_field();
  void send(domain::Command* command);
  void pump_operators();
  void pass_on(const wire::OperatorRequest& request);
  void answer_status(std::uint64_t client);
  void forget_late();
  void pump_answers();
  void beat();
  void put_link_frame(bool up);

  loop::Channels& channels_;
  const domain::Plant& plant_;
  wire::FieldClient& field_;
  wire::OperatorServer* operators_;
  Blackboard& blackboard_;
  IoSettings settings_;
  LinkReporter reporter_;
  domain::Frame last_frame_;
  domain::Ack ack_;
  std::vector<Waiting> waiting_;
  std::uint32_t heartbeat_ = 0;
  std::int64_t next_beat_ns_ = 0;
  std::int64_t next_tidy_ns_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace saggar::app
