// Watchdog: the heartbeat counter, which advances only while cycles finish (SC-45..47).
#pragma once

#include <atomic>
#include <cstdint>

namespace saggar::loop {

/// Thread: control reports (`finished`), io asks (`beat`). Lock-free.
class Watchdog {
 public:
  /// @param patience_ns supervisory period + compute hard limit: a finished cycle older than this
  ///   stops the heartbeat (SC-47)
  explicit Watchdog(std::int64_t patience_ns) noexcept : patience_ns_(patience_ns) {}

  /// control: a cycle ran all gates and its record was accepted.
  void finished(std::int64_t now_ns) noexcept { last_ns_.store(now_ns, std::memory_order_release); }

  /// io, once per heartbeat interval: the counter to send. It stands still while control hangs.
  std::uint32_t beat(std::int64_t now_ns) noexcept {
    const std::int64_t last = last_ns_.load(std::memory_order_acquire);
    if (last != kNever && now_ns - last <= patience_ns_) ++counter_;
    return counter_;
  }

  bool alive(std::int64_t now_ns) const noexcept {
    const std::int64_t last = last_ns_.load(std::memory_order_acquire);
    return last != kNever && now_ns - last <= patience_ns_;
  }

 private:
  static constexpr std::int64_t kNever = INT64_MIN;
  std::int64_t patience_ns_;
  std::atomic<std::int64_t> last_ns_{kNever};
  std::uint32_t counter_ = 0;
};

}  // namespace saggar::loop
