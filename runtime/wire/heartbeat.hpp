// HeartbeatWatch: judges a peer by its counter (SC-45..48). Pure: time is given in.
#pragma once

#include <cstdint>
#include <string_view>

namespace saggar::wire {

struct HeartbeatSettings {
  double step_s = 1;        ///< the peer adds one each step, > 0
  double warn_s = 3;        ///< without a sound step: warn
  double lost_s = 5;        ///< without a sound step: lost; > warn_s
  bool toggle_bit = false;  ///< an old PLC that only flips one bit (SC-45)
};

enum class Liveness : std::uint8_t {
  waiting,  // nothing heard yet, and lost_s not over
  alive,
  warn,
  lost,
};
std::string_view name(Liveness liveness) noexcept;

/// Why the last step was not sound, or why none came.
enum class HeartbeatFault : std::uint8_t {
  none,
  silent,      // no message at all
  stuck,       // messages come, the counter stands still
  stuck_high,  // toggle bit stays 1
  stuck_low,   // toggle bit stays 0
  too_fast,    // more steps than time allows
  backwards,   // the counter fell
};
std::string_view name(HeartbeatFault fault) noexcept;

/// Only sound steps count as life: forward, and not faster than about twice the agreed pace with
/// an allowance for messages that were held up. Wraps at 2^32.
/// Thread: one. Does not allocate.
class HeartbeatWatch {
 public:
  explicit HeartbeatWatch(const HeartbeatSettings& settings = {}) noexcept : settings_(settings) {}

  /// Starts over, as if nothing had been heard; `lost_s` counts from `now_ns`.
  void restart(std::int64_t now_ns) noexcept;
  /// A message with the peer's counter has come. Times must not fall.
  void hear(std::uint32_t counter, std::int64_t now_ns) noexcept;
  Liveness judge(std::int64_t now_ns) const noexcept;
  /// The fault behind `judge`, or of the last unsound step while still alive.
  HeartbeatFault fault(std::int64_t now_ns) const noexcept;

 private:
  bool sound(std::uint32_t counter, std::int64_t now_ns) noexcept;

  HeartbeatSettings settings_;
  bool started_ = false;
  bool heard_ = false;
  std::uint32_t counter_ = 0;
  std::int64_t heard_ns_ = 0;      ///< last message
  std::int64_t sound_ns_ = 0;      ///< last sound step, or the start
  std::int64_t allowance_ns_ = 0;  ///< when `allowance_` was last brought up to date
  double allowance_ = 0;           ///< steps the peer may still make at once
  HeartbeatFault unsound_ = HeartbeatFault::none;
};

}  // namespace saggar::wire
