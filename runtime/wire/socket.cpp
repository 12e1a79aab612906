#include "runtime/wire/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <random>

#ifdef __SANITIZE_THREAD__
// Debian's libzmq is not instrumented: what orders its I/O thread and ours is invisible to
// ThreadSanitizer, so memory that libzmq itself touches must not be judged.
extern "C" const char* __tsan_default_options();
extern "C" const char* __tsan_default_options() { return "ignore_noninstrumented_modules=1"; }
#endif

namespace saggar::wire {
namespace {

zmq::socket_type type_of(Socket::Role role) noexcept {
  switch (role) {
    // XPUB is PUB that also tells who listens.
    case Socket::Role::publisher:
      return zmq::socket_type::xpub;
    case Socket::Role::subscriber:
      return zmq::socket_type::sub;
    case Socket::Role::router:
      return zmq::socket_type::router;
    case Socket::Role::dealer:
      return zmq::socket_type::dealer;
  }
  return zmq::socket_type::dealer;
}

/// Every option, for every socket of the project.
void set_options(zmq::socket_t& socket, Socket::Role role) {
  using O = SocketOptions;
  socket.set(zmq::sockopt::linger, O::kLinger_ms);
  socket.set(zmq::sockopt::maxmsgsize, std::int64_t{O::kMaxMessage_bytes});
  socket.set(zmq::sockopt::heartbeat_ivl, O::kHeartbeatInterval_ms);
  socket.set(zmq::sockopt::heartbeat_timeout, O::kHeartbeatTimeout_ms);
  socket.set(zmq::sockopt::handshake_ivl, O::kHandshake_ms);
  socket.set(zmq::sockopt::reconnect_ivl, O::kReconnect_ms);
  socket.set(zmq::sockopt::reconnect_ivl_max, O::kReconnectMax_ms);
  const bool dialog = role == Socket::Role::router || role == Socket::Role::dealer;
  const int mark = dialog ? O::kDialogMark : O::kStreamMark;
  socket.set(zmq::sockopt::sndhwm, mark);
  socket.set(zmq::sockopt::rcvhwm, mark);
  if (role == Socket::Role::dealer) {
    socket.set(zmq::sockopt::immediate, O::kImmediate);
    // An empty message on each new connection: the router can greet first.
    socket.set(zmq::sockopt::probe_router, 1);
  }
  if (role == Socket::Role::router) socket.set(zmq::sockopt::router_mandatory, 1);
}

domain::Error failure(const std::string& endpoint, const char* what, const zmq::error_t& error) {
  return domain::Error{endpoint.empty() ? "(empty address)" : endpoint,
                       std::string("cannot ") + what + ": " + error.what() +
                           "; an address such as tcp://127.0.0.1:5601 or "
                           "ipc:///run/saggar/frames that is free would be right"};
}

}  // namespace

std::uint64_t new_session() {
  std::random_device device;
  std::uint64_t session = 0;
  while (session == 0) session = (std::uint64_t{device()} << 32U) | device();
  return session;
}

void Inbox::keep(Bytes bytes) {
  const std::size_t words = (bytes.size() + 7) / 8;
  if (words > words_.size()) words_.resize(words);
  if (!bytes.empty()) std::memcpy(words_.data(), bytes.data(), bytes.size());
  size_ = bytes.size();
}

domain::Result<Socket> Socket::open(const Context& context, Role role) {
  try {
    return Socket(context.impl(), role);
  } catch (const zmq::error_t& error) {
    return domain::Error{"socket", std::string("cannot open: ") + error.what()};
  }
}

Socket::Socket(std::shared_ptr<Context::Impl> context, Role role)
    : context_(std::move(context)),
      socket_(context_->zmq, type_of(role)),
      monitor_(context_->zmq, zmq::socket_type::pair),
      router_(role == Role::router) {
  set_options(socket_, role);
  const std::string events = "inproc://monitor-" + std::to_string(new_session());
  if (zmq_socket_monitor(socket_.handle(), events.c_str(), ZMQ_EVENT_DISCONNECTED) != 0) {
    throw zmq::error_t();
  }
  monitor_.set(zmq::sockopt::linger, 0);
  monitor_.connect(events);
}

domain::Result<std::string> Socket::bind(const std::string& endpoint) {
  try {
    socket_.bind(endpoint);
    return socket_.get(zmq::sockopt::last_endpoint);
  } catch (const zmq::error_t& error) {
    return failure(endpoint, "bind", error);
  }
}

domain::Status Socket::connect(const std::string& endpoint) {
  try {
    socket_.connect(endpoint);
    return domain::Done{};
  } catch (const zmq::error_t& error) {
    return failure(endpoint, "connect", error);
  }
}

void Socket::subscribe(Bytes prefix) {
  socket_.set(zmq::sockopt::subscribe, zmq::const_buffer(prefix.data(), prefix.size()));
}

bool Socket::send(Bytes payload) noexcept {
  return zmq_send(socket_.handle(), payload.data(), payload.size(), ZMQ_DONTWAIT) >= 0;
}

bool Socket::send_to(const PeerId& peer, Bytes payload) noexcept {
  const Bytes id = peer.bytes();
  if (zmq_send(socket_.handle(), id.data(), id.size(), ZMQ_DONTWAIT | ZMQ_SNDMORE) < 0) {
    return false;
  }
  return send(payload);
}

std::uint64_t Socket::disconnects() noexcept {
  // Each event is two parts: what happened, and the address.
  zmq::message_t part;
  while (zmq_msg_recv(part.handle(), monitor_.handle(), ZMQ_DONTWAIT) >= 0) {
    if (part.more()) ++disconnects_;
  }
  return disconnects_;
}

bool Socket::receive_part(zmq::message_t& part) noexcept {
  int rc = 0;
  do {
    rc = zmq_msg_recv(part.handle(), socket_.handle(), ZMQ_DONTWAIT);
  } while (rc < 0 && errno == EINTR);
  return rc >= 0;
}

bool Socket::receive(Inbox& inbox) noexcept {
  if (!receive_part(part_)) return false;
  inbox.size_ = 0;
  inbox.extra_ = false;
  inbox.peer_.clear();
  if (router_) {
    inbox.peer_.assign({part_.data<std::uint8_t>(), part_.size()});
    if (!part_.more() || !receive_part(part_)) return true;
  }
  inbox.keep({part_.data<std::uint8_t>(), part_.size()});
  while (part_.more()) {
    if (!receive_part(part_)) break;
    inbox.extra_ = true;
    inbox.size_ = 0;
  }
  return true;
}

}  // namespace saggar::wire
