#include "runtime/wire/transport.hpp"

#include <algorithm>
#include <array>

#include "runtime/wire/socket.hpp"

namespace saggar::wire {

Context::Context() : impl_(std::make_shared<Impl>()) {}
Context::~Context() = default;

bool wait(std::span<const Pollable> items, std::chrono::milliseconds timeout) noexcept {
  std::array<zmq_pollitem_t, kMaxPollables> poll_items;
  const std::size_t n = std::min(items.size(), kMaxPollables);
  for (std::size_t i = 0; i < n; ++i) {
    poll_items[i] = {items[i].socket, items[i].fd, ZMQ_POLLIN, 0};
  }
  const long limit_ms = timeout.count() < 0 ? -1 : static_cast<long>(timeout.count());
  return zmq_poll(poll_items.data(), static_cast<int>(n), limit_ms) > 0;
}

}  // namespace saggar::wire
