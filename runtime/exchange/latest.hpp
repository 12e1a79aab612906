// latest<T>: the newest value wins. One writer thread, one reader thread, neither ever waits.
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

namespace saggar::exchange {

/// Triple buffer. T is copied by assignment into slots made at construction, so a T whose
/// assignment between equal sizes does not allocate never allocates here.
/// Thread: one writer (`writable`, `publish`), one reader (`take`). Real-time: wait-free.
template <class T>
class latest {
 public:
  explicit latest(const T& prototype) : slot_{prototype, prototype, prototype} {}

  /// The slot the writer may fill before `publish`. Its content is old and unspecified.
  T& writable() noexcept { return slot_[write_]; }

  /// Makes the written slot the newest. Overwrites an unread one, which is counted.
  void publish() noexcept {
    const std::uint32_t old = middle_.exchange(write_ | kFresh, std::memory_order_acq_rel);
    if ((old & kFresh) != 0U) overwritten_.fetch_add(1, std::memory_order_relaxed);
    write_ = old & kIndex;
  }

  /// The newest value if there is one that `take` has not returned yet, else nullptr. Valid
  /// until the next call.
  T* take() noexcept {
    if ((middle_.load(std::memory_order_relaxed) & kFresh) == 0U) return nullptr;
    read_ = middle_.exchange(read_, std::memory_order_acq_rel) & kIndex;
    return &slot_[read_];
  }

  /// Values published but never taken.
  std::uint64_t overwritten() const noexcept {
    return overwritten_.load(std::memory_order_relaxed);
  }

 private:
  static constexpr std::uint32_t kFresh = 4, kIndex = 3;
  T slot_[3];
  std::uint32_t write_ = 0;
  alignas(64) std::atomic<std::uint32_t> middle_{1};
  alignas(64) std::uint32_t read_ = 2;
  std::atomic<std::uint64_t> overwritten_{0};
};

}  // namespace saggar::exchange
