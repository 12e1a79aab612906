// HostPulse: whether the heartbeat counter of a host is life (SC-48).
#pragma once

#include <cstdint>

#include "runtime/domain/archive.hpp"

namespace saggar::instruments {

/// Only sound steps are life: forward, and not faster than twice the agreed pace, with an allowance
/// for beats that were held up and come together. A counter that stands still, runs backwards,
/// swings to and fro or races is none, however often it comes. Wraps at 2^32. Written apart from
/// the runtime's own judge of its peer (runtime/wire/heartbeat.hpp): two sides that share a mistake
/// would not notice it.
/// Thread: one. Time must not fall. Nothing allocates.
class HostPulse {
 public:
  /// @param lost_s  silence after which the host counts as lost, > 0
  explicit HostPulse(double lost_s) noexcept : lost_s_(lost_s) {}

  /// The agreed pace: the counter goes up by one each `step_s` > 0. Part of the installation, not
  /// of the state.
  void agree(double step_s) noexcept { step_s_ = step_s; }
  /// Another host has introduced itself: its count may begin anywhere.
  void new_host() noexcept { counting_ = false; }

  enum class Beat : std::uint8_t {
    first,  // says where a new count stands, nothing more
    none,   // the same again, backwards, too fast, or not yet believed again
    sound,  // life
  };
  Beat hear(std::uint32_t counter, std::int64_t now_ns) noexcept;
  void serialize(domain::Archive& archive);

 private:
  bool steps_soundly(std::uint32_t steps, std::int64_t now_ns) noexcept;

  double lost_s_;
  double step_s_ = 1;
  bool counting_ = false;
  bool doubted_ = false;  ///< its last step was unsound: the next sound one does not count yet
  std::uint32_t counter_ = 0;
  std::int64_t stepped_ns_ = 0;  ///< when the counter last changed
  double allowance_ = 0;         ///< steps that it may make at once
};

}  // namespace saggar::instruments
