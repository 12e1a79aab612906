// FieldClient: the runtime's end of the field link.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "runtime/domain/frame.hpp"
#include "runtime/domain/plant.hpp"
#include "runtime/domain/result.hpp"
#include "runtime/wire/field_server.hpp"
#include "runtime/wire/heartbeat.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

enum class FieldClientGot : std::uint8_t {
  nothing,
  frame,
  ack,
  link_up,    // tag tables agree, the field confirmed us: frames flow, commands go out
  link_lost,  // heartbeat lost, or the field restarted; comes back by itself with link_up
  refused,    // tag tables differ (mismatch()), the field refused us, or a message was malformed
};

struct FieldClientCounts {
  std::uint64_t frames = 0;       ///< delivered
  std::uint64_t missed = 0;       ///< lost between delivered ones
  std::uint64_t refused = 0;      ///< malformed, or of another session or sequence
  std::uint64_t unsent = 0;       ///< commands and heartbeats with no live peer to take them
  std::uint64_t disconnects = 0;  ///< connections lost, as of the last `beat`
};

/// Connects SUB and DEALER. Says hello, checks the field's tag table against the Plant (names,
/// units, ranges, access; resolution of write tags) and translates between the field's tag order
/// and TagId / MvId. Reconnects by itself after either side dies.
/// Thread: one (all calls). Nothing blocks. Allocates only while saying hello and for messages
/// inside ZeroMQ.
class FieldClient {
 public:
  /// Returns at once, whether or not the field is there.
  /// @param plant  must outlive the client
  /// Errors: malformed address.
  static domain::Result<std::unique_ptr<FieldClient>> connect(
      Context& context, const FieldEndpoints& endpoints, const domain::Plant& plant,
      const HeartbeatSettings& heartbeat = {});
  ~FieldClient();
  FieldClient(const FieldClient&) = delete;
  FieldClient& operator=(const FieldClient&) = delete;

  /// Takes the next thing, if any. Call until `nothing`; of several frames the last is the newest.
  /// An ack that the field sent before a frame is delivered before that frame.
  /// @param frame  sized to plant.tags; written only when `frame` is returned. Tags are in Plant
  ///               order; `missed` counts lost frames, a restarted field starts again at 0;
  ///               `received_ns` is std::chrono::steady_clock
  /// @param ack    sized to plant.mvs; written only when `ack` is returned
  FieldClientGot receive(domain::Frame& frame, domain::Ack& ack) noexcept;

  /// @param command  sized to plant.mvs
  /// @return false if the link is not up or nobody is connected: nothing was queued, and nothing
  ///         will be delivered later
  bool send(const domain::Command& command) noexcept;

  /// Call often (each pass of the io loop): sends a heartbeat each step, says hello again while
  /// the link is down, and judges the field's heartbeat.
  /// @param heartbeat  the runtime's counter (SC-47)
  /// @param now_ns     monotonic, any origin
  void beat(std::uint32_t heartbeat, std::int64_t now_ns) noexcept;

  bool link_up() const noexcept;
  /// The field's heartbeat as of the last `beat`.
  Liveness field_liveness() const noexcept;
  HeartbeatFault field_fault() const noexcept;
  /// Set while the field that is there has another tag table or name: every difference, one a line.
  const std::optional<domain::Error>& mismatch() const noexcept;
  /// Why the last `refused`.
  std::string_view refusal() const noexcept;
  const FieldClientCounts& counts() const noexcept;

  /// [0] frames, [1] commands.
  std::array<Pollable, 2> pollables() const noexcept;

 private:
  struct Impl;
  explicit FieldClient(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace saggar::wire
