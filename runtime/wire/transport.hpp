// Context, Pollable, wait: the part of ZeroMQ that callers see. No ZeroMQ type leaves this folder.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>

namespace saggar::wire {

/// Every socket option this project sets, in one place. Each answers a trap that was measured:
/// see README.md.
struct SocketOptions {
  static constexpr int kImmediate = 1;                ///< queue only to a live peer: no stale sends
  static constexpr int kMaxMessage_bytes = 4 << 20;   ///< larger: the sender is disconnected
  static constexpr int kLinger_ms = 0;                ///< closing never waits
  static constexpr int kHeartbeatInterval_ms = 1000;  ///< ZMTP ping
  static constexpr int kHeartbeatTimeout_ms = 3000;   ///< a peer that does not answer is dropped
  static constexpr int kReconnect_ms = 10;
  static constexpr int kReconnectMax_ms = 1000;
  static constexpr int kHandshake_ms = 5000;
  static constexpr int kDialogMark = 256;   ///< messages queued per peer, each way
  static constexpr int kStreamMark = 1000;  ///< frames, digests, truth
};

/// One per process; owns the ZeroMQ I/O thread. Links keep what they need of it alive, so the
/// order of destruction does not matter and ending never hangs. Thread: any.
class Context {
 public:
  Context();
  ~Context();
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  struct Impl;
  const std::shared_ptr<Impl>& impl() const noexcept { return impl_; }

 private:
  std::shared_ptr<Impl> impl_;
};

/// Something to wait for: a link's socket, or a file descriptor that becomes readable (an eventfd
/// used as a doorbell). Valid while its owner lives.
struct Pollable {
  void* socket = nullptr;
  int fd = -1;

  static Pollable of_fd(int fd) noexcept { return {nullptr, fd}; }
};

inline constexpr std::size_t kMaxPollables = 16;

/// Blocks until one of `items` may have something to read, or the timeout is over.
/// @param items    at most kMaxPollables, further ones are not watched
/// @param timeout  negative = for ever
/// @return true if something may be ready, now and then without cause: take from every link until
///         it has nothing. A signal ends the wait early with false.
/// Thread: the one that owns the links. Does not allocate.
bool wait(std::span<const Pollable> items, std::chrono::milliseconds timeout) noexcept;

}  // namespace saggar::wire
