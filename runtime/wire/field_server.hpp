// FieldServer: the field's end of the field link (a simulator, later a gateway).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/domain/frame.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/domain/tag.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

/// Addresses such as "tcp://127.0.0.1:5601" or "ipc:///run/saggar/frames".
struct FieldEndpoints {
  std::string frames;
  std::string commands;
};

enum class FieldGot : std::uint8_t {
  nothing,
  hello,  // a runtime accepted our tag table and hears our frames; it drives from now on
  command,
  heartbeat,  // peer_heartbeat() is new
  refused,    // a message was refused; refusal() says why
};

/// Binds PUB for frames and ROUTER for hello, commands and heartbeats. One runtime at a time: a
/// second one is refused while the first is connected.
/// On this side an "MV" is an index among the write tags of the table, in table order; Command and
/// Ack must be sized to `mv_count()`.
/// Thread: one (all calls). Nothing blocks. Allocates only for messages inside ZeroMQ.
class FieldServer {
 public:
  /// @param endpoints  port may be `*`; see `endpoints()` for the real one
  /// @param kiln       must equal the Plant's name on the other side
  /// Errors: address in use or malformed, empty table.
  static domain::Result<std::unique_ptr<FieldServer>> bind(Context& context,
                                                           const FieldEndpoints& endpoints,
                                                           std::string kiln,
                                                           const domain::TagTable& tags);
  ~FieldServer();
  FieldServer(const FieldServer&) = delete;
  FieldServer& operator=(const FieldServer&) = delete;

  /// The addresses really bound.
  const FieldEndpoints& endpoints() const noexcept;
  /// Differs for every FieldServer ever made, so that a restart is noticed at once.
  std::uint64_t session() const noexcept;
  std::size_t mv_count() const noexcept;
  /// The write tag behind an MV of this side.
  domain::TagId tag_of(domain::MvId mv) const noexcept;

  /// Sends a frame to all who listen. `frame.sequence` is ignored. Samples of write tags that are
  /// still never_received are sent as last acknowledged.
  /// @param frame  one sample per tag, in table order
  /// @return the sequence number it went out with: 1, 2, 3, ...
  std::uint64_t publish(const domain::Frame& frame) noexcept;

  /// Takes the next message, if any. Call until `nothing`.
  /// Refused by itself, with an answer to the sender: malformed messages, commands of a runtime
  /// that does not drive, of another session, whose cycle fell, or whose validity ended before the
  /// newest published frame. Expired ones are acknowledged with Reason::stale_request; a field in
  /// wall-clock time publishes before it receives, so that what lay waiting is judged by today.
  /// @param command  written only when `command` is returned. MVs it does not name: action none,
  ///                 value 0
  FieldGot receive(domain::Command& command) noexcept;

  /// Takes all that has come and throws it away, unread and unanswered: what a cut cable does.
  /// Subscriptions are heard, as they are repeated when a real connection comes back.
  /// @return how many messages were lost
  std::size_t drop_all() noexcept;

  /// The field's time now: a command whose validity ended before it, or before the newest frame,
  /// is refused. Tell it before `receive`, or a field that was stopped takes what waited meanwhile.
  void note_time(std::int64_t time_ns) noexcept;
  /// Answers the command with this cycle number: values really taken, or why not.
  void acknowledge(const domain::Ack& ack) noexcept;

  /// The runtime's heartbeat counter: advances only while its cycles finish (SC-47). Heartbeats
  /// of the runtime are echoed by `receive`, so a field that stops calling it is noticed.
  std::uint32_t peer_heartbeat() const noexcept;
  /// A runtime has been accepted and hears our frames.
  bool peer_present() const noexcept;
  /// Differs for every run of a runtime, so that a repeated hello is told from a new runtime's; 0 =
  /// none yet.
  std::uint64_t peer_session() const noexcept;
  /// Forgets the runtime and tells it so, that another may take over; the old one has to say hello
  /// again.
  void release_peer() noexcept;

  /// Why the last `refused`.
  std::string_view refusal() const noexcept;
  /// Messages refused since the start.
  std::uint64_t refused_count() const noexcept;
  /// Connections lost since the start: runtimes that left, died, fell silent, or sent more than
  /// SocketOptions::kMaxMessage_bytes.
  std::uint64_t disconnects() const noexcept;
  Pollable pollable() const noexcept;

 private:
  struct Impl;
  explicit FieldServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saggar::wire
