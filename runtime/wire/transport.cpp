#include "runtime/wire/transport.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstdint>

#include "runtime/wire/socket.hpp"

namespace saggar::wire {

Context::Context() : impl_(std::make_shared<Impl>()) {}
Context::~Context() = default;

// zmq_poll would look twice at every socket, before and after it sleeps: several system calls more
// on the way from frame to command. One look before is enough: ZMQ_FD becomes readable whenever
// something has changed since ZMQ_EVENTS was last read, and a needless return does no harm.
bool wait(std::span<const Pollable> items, std::chrono::milliseconds timeout) noexcept {
  std::array<pollfd, kMaxPollables> fds;
  const std::size_t n = std::min(items.size(), kMaxPollables);
  for (std::size_t i = 0; i < n; ++i) {
    fds[i] = {items[i].fd, POLLIN, 0};
    if (items[i].socket == nullptr) continue;
    int events = 0;
    std::size_t size = sizeof events;
    if (zmq_getsockopt(items[i].socket, ZMQ_EVENTS, &events, &size) == 0 &&
        (events & ZMQ_POLLIN) != 0) {
      return true;
    }
    size = sizeof fds[i].fd;
    zmq_getsockopt(items[i].socket, ZMQ_FD, &fds[i].fd, &size);
  }
  const int limit_ms =
      timeout.count() < 0 ? -1 : static_cast<int>(std::min<std::int64_t>(timeout.count(), INT_MAX));
  return poll(fds.data(), n, limit_ms) > 0;
}

}  // namespace saggar::wire
