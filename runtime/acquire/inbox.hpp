// Inbox: frames from the io thread to the control thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <thread>

#include "runtime/domain/frame.hpp"
#include "runtime/exchange/latest.hpp"
#include "runtime/exchange/ring.hpp"

namespace saggar::acquire {

/// Both ways of taking frames; a runtime uses one of them from beginning to end.
///   field pacing   `claim`, `publish`, `next`: every frame in turn, a bounded number ahead
///   wall pacing    `fill`, `show`, `newest`: the newest frame; those that were never taken only
///                  add what the link had lost before them
/// Thread: io writes, control reads. Real-time for the reader: no allocation, no lock.
class Inbox {
 public:
  Inbox(const domain::Plant& plant, std::size_t capacity)
      : ring_(capacity, domain::Frame(plant.tags.size())),
        latest_(Shown{domain::Frame(plant.tags.size()), 0}) {}

  /// io: the slot to receive into, or nullptr while control is `capacity` frames behind.
  domain::Frame* claim() noexcept { return ring_.claim(); }
  void publish() noexcept { ring_.publish(); }

  /// io: the frame to receive into; there always is one.
  domain::Frame& fill() noexcept { return latest_.writable().frame; }
  /// io: makes it the newest.
  void show() noexcept {
    missed_ += latest_.writable().frame.missed;
    latest_.writable().missed = missed_;
    latest_.publish();
  }

  /// control: copies the next frame; false when there is none.
  bool next(domain::Frame& frame) noexcept {
    const domain::Frame* front = ring_.front();
    if (front == nullptr) return false;
    frame = *front;
    ring_.pop();
    return true;
  }

  /// control: copies the newest frame, with all that the link lost since the last one taken; false
  /// when there is none.
  bool newest(domain::Frame& frame) noexcept {
    const Shown* shown = latest_.take();
    if (shown == nullptr) return false;
    frame = shown->frame;
    frame.missed = static_cast<std::uint32_t>(shown->missed - taken_missed_);
    taken_missed_ = shown->missed;
    return true;
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
  struct Shown {
    domain::Frame frame;
    std::uint64_t missed = 0;  // in all, up to this frame
  };
  exchange::ring<domain::Frame> ring_;
  exchange::latest<Shown> latest_;
  std::uint64_t missed_ = 0;        // io: lost on the link so far
  std::uint64_t taken_missed_ = 0;  // control: of these, already told
};

}  // namespace saggar::acquire
