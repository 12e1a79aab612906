// Inbox: frames from the io thread to the control thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <thread>

#include "runtime/domain/frame.hpp"
#include "runtime/exchange/ring.hpp"

namespace saggar::acquire {

/// Bounded queue of frames. In wall pacing the control thread takes the newest and the skipped ones
/// are counted; in field pacing it takes each in turn.
/// Thread: io writes, control reads. Real-time for the reader: no allocation, no lock.
class Inbox {
 public:
  Inbox(const domain::Plant& plant, std::size_t capacity)
      : ring_(capacity, domain::Frame(plant.tags.size())) {}

  /// io: the slot to receive into, or nullptr while control is `capacity` frames behind.
  domain::Frame* claim() noexcept { return ring_.claim(); }
  void publish() noexcept { ring_.publish(); }

  /// control: copies the next frame; false when there is none.
  bool next(domain::Frame& frame) noexcept {
    const domain::Frame* front = ring_.front();
    if (front == nullptr) return false;
    frame = *front;
    ring_.pop();
    return true;
  }

  /// control: copies the newest frame and drops the rest, adding what they missed; false when
  /// there is none.
  bool newest(domain::Frame& frame) noexcept {
    bool any = false;
    std::uint32_t missed = 0;
    while (next(frame)) {
      missed += frame.missed;
      frame.missed = missed;
      any = true;
    }
    return any;
  }

  /// control, field pacing: blocks until a frame is there. Looks for `look_ns` before it sleeps,
  /// giving way to others: in a fast exchange the next frame comes sooner than a wake-up would.
  void wait(std::int64_t look_ns = 0) const noexcept {
    const auto until = std::chrono::steady_clock::now() + std::chrono::nanoseconds(look_ns);
    while (look_ns > 0 && ring_.size() == 0 && std::chrono::steady_clock::now() < until) {
      std::this_thread::yield();
    }
    ring_.wait_readable();
  }

 private:
  exchange::ring<domain::Frame> ring_;
};

}  // namespace saggar::acquire
