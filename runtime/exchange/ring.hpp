// ring<T>: every value in order. One writer thread, one reader thread; slots are filled in place.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace saggar::exchange {

/// Single-producer single-consumer ring of preallocated slots.
/// Thread: one writer (`claim`, `publish`), one reader (`front`, `pop`, `wait_readable`).
/// Real-time: `claim`, `publish`, `front` and `pop` are wait-free and never allocate.
template <class T>
class ring {
 public:
  /// @param capacity slots, at least 1; each is a copy of `prototype`
  ring(std::size_t capacity, const T& prototype) : slots_(capacity < 1 ? 1 : capacity, prototype) {}

  /// The next slot to fill, or nullptr when full. Its content is old and unspecified.
  T* claim() noexcept {
    const std::uint64_t head = head_.load(std::memory_order_relaxed);
    if (head - tail_.load(std::memory_order_acquire) == slots_.size()) return nullptr;
    return &slots_[head % slots_.size()];
  }

  /// Hands the claimed slot to the reader and wakes it.
  void publish() noexcept {
    head_.fetch_add(1, std::memory_order_acq_rel);
    head_.notify_one();
  }

  /// Copies a value in; false and counted when full.
  bool push(const T& value) noexcept {
    T* slot = claim();
    if (slot == nullptr) {
      dropped_.fetch_add(1, std::memory_order_relaxed);
      return false;
    }
    *slot = value;
    publish();
    return true;
  }

  /// The oldest value, or nullptr when empty. Valid until `pop`.
  T* front() noexcept {
    const std::uint64_t tail = tail_.load(std::memory_order_relaxed);
    if (tail == head_.load(std::memory_order_acquire)) return nullptr;
    return &slots_[tail % slots_.size()];
  }

  /// Frees the slot that `front` returned and wakes a writer that waits for room.
  void pop() noexcept {
    tail_.fetch_add(1, std::memory_order_acq_rel);
    tail_.notify_one();
  }

  /// Blocks the reader until something is there. To end a reader, push a last value that says so.
  void wait_readable() const noexcept {
    const std::uint64_t seen = head_.load(std::memory_order_acquire);
    if (seen != tail_.load(std::memory_order_relaxed)) return;
    head_.wait(seen, std::memory_order_acquire);
  }

  /// Blocks the writer until there is room. Field pacing only: a test never loses a record.
  void wait_writable() const noexcept {
    for (;;) {
      const std::uint64_t tail = tail_.load(std::memory_order_acquire);
      if (head_.load(std::memory_order_relaxed) - tail < slots_.size()) return;
      tail_.wait(tail, std::memory_order_acquire);
    }
  }

  std::size_t size() const noexcept {
    return static_cast<std::size_t>(head_.load(std::memory_order_acquire) -
                                    tail_.load(std::memory_order_acquire));
  }
  std::size_t capacity() const noexcept { return slots_.size(); }
  std::uint64_t dropped() const noexcept { return dropped_.load(std::memory_order_relaxed); }
  void count_drop() noexcept { dropped_.fetch_add(1, std::memory_order_relaxed); }

 private:
  std::vector<T> slots_;
  alignas(64) std::atomic<std::uint64_t> head_{0};
  alignas(64) std::atomic<std::uint64_t> tail_{0};
  alignas(64) std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace saggar::exchange
