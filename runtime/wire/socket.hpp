// Private to this folder: one ZeroMQ socket with this project's options, and the buffer that
// messages are received into.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

#include <zmq.hpp>

#include "runtime/domain/result.hpp"
#include "runtime/wire/codec.hpp"
#include "runtime/wire/transport.hpp"

namespace saggar::wire {

struct Context::Impl {
  zmq::context_t zmq{1};
};

/// Never 0, never the same twice in practice. Not derived from a clock.
std::uint64_t new_session();

/// Routing id of a peer of a ROUTER.
class PeerId {
 public:
  void assign(Bytes bytes) noexcept {
    size_ = std::min(bytes.size(), bytes_.size());
    std::copy_n(bytes.data(), size_, bytes_.data());
  }
  void clear() noexcept { size_ = 0; }
  bool empty() const noexcept { return size_ == 0; }
  Bytes bytes() const noexcept { return {bytes_.data(), size_}; }
  bool operator==(const PeerId& other) const noexcept {
    return size_ == other.size_ &&
           std::equal(bytes_.data(), bytes_.data() + size_, other.bytes_.data());
  }

 private:
  std::array<std::uint8_t, 255> bytes_{};
  std::size_t size_ = 0;
};

/// A received message: payload at a multiple of 8, memory reused.
class Inbox {
 public:
  const PeerId& peer() const noexcept { return peer_; }
  Bytes payload() const noexcept {
    return {reinterpret_cast<const std::uint8_t*>(words_.data()), size_};
  }
  /// True if the message had more parts than a message of this project; payload is then empty.
  bool extra_parts() const noexcept { return extra_; }

 private:
  friend class Socket;
  void keep(Bytes bytes);

  PeerId peer_;
  std::vector<std::uint64_t> words_ = std::vector<std::uint64_t>(2048);
  std::size_t size_ = 0;
  bool extra_ = false;
};

class Socket {
 public:
  enum class Role { publisher, subscriber, router, dealer };

  static domain::Result<Socket> open(const Context& context, Role role);

  /// @return the address really bound
  domain::Result<std::string> bind(const std::string& endpoint);
  domain::Status connect(const std::string& endpoint);
  void subscribe(Bytes prefix);

  /// False if nobody can take it now; then nothing was queued.
  bool send(Bytes payload) noexcept;
  /// ROUTER: false with errno EAGAIN if the queue of this peer is full, another if it is gone.
  bool send_to(const PeerId& peer, Bytes payload) noexcept;
  /// The next message, if any; else the inbox keeps what it has.
  bool receive(Inbox& inbox) noexcept;

  /// Connections lost since the socket was opened: peers that left, died, fell silent or sent more
  /// than the largest message.
  std::uint64_t disconnects() noexcept;

  void* handle() noexcept { return socket_.handle(); }

 private:
  Socket(std::shared_ptr<Context::Impl> context, Role role);
  bool receive_part(zmq::message_t& part) noexcept;

  std::shared_ptr<Context::Impl> context_;  // before socket_: must outlive it
  zmq::socket_t socket_;
  zmq::socket_t monitor_;
  std::uint64_t disconnects_ = 0;
  bool router_;
  zmq::message_t part_;
};

}  // namespace saggar::wire
