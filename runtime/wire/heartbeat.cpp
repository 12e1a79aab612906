#include "runtime/wire/heartbeat.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::wire {
namespace {

/// The peer may run up to twice as fast as agreed: timers drift, messages bunch.
constexpr double kPace = 2;

double seconds(std::int64_t ns) noexcept { return static_cast<double>(ns) * 1e-9; }

}  // namespace

std::string_view name(Liveness liveness) noexcept {
  switch (liveness) {
    case Liveness::waiting:
      return "waiting";
    case Liveness::alive:
      return "alive";
    case Liveness::warn:
      return "warn";
    case Liveness::lost:
      return "lost";
  }
  return "unknown";
}

std::string_view name(HeartbeatFault fault) noexcept {
  switch (fault) {
    case HeartbeatFault::none:
      return "none";
    case HeartbeatFault::silent:
      return "silent";
    case HeartbeatFault::stuck:
      return "stuck";
    case HeartbeatFault::stuck_high:
      return "stuck_high";
    case HeartbeatFault::stuck_low:
      return "stuck_low";
    case HeartbeatFault::too_fast:
      return "too_fast";
    case HeartbeatFault::backwards:
      return "backwards";
  }
  return "unknown";
}

void HeartbeatWatch::restart(std::int64_t now_ns) noexcept {
  *this = HeartbeatWatch(settings_);
  started_ = true;
  heard_ns_ = sound_ns_ = allowance_ns_ = now_ns;
}

bool HeartbeatWatch::sound(std::uint32_t counter, std::int64_t now_ns) noexcept {
  // What may come at once: the beats of a silence just short of "lost", held up and then delivered
  // together, and one more.
  const double most = std::floor(settings_.lost_s / settings_.step_s) + 1;
  const double gained = kPace * seconds(now_ns - allowance_ns_) / settings_.step_s;
  allowance_ = std::min(allowance_ + gained, most);
  allowance_ns_ = now_ns;
  const std::uint32_t steps = settings_.toggle_bit ? 1 : counter - counter_;
  if (steps > 0x80000000U) {
    unsound_ = HeartbeatFault::backwards;
    return false;
  }
  if (static_cast<double>(steps) > allowance_) {
    unsound_ = HeartbeatFault::too_fast;
    allowance_ = 0;  // has to count at the agreed pace before it is believed again
    return false;
  }
  allowance_ -= static_cast<double>(steps);
  unsound_ = HeartbeatFault::none;
  return true;
}

void HeartbeatWatch::hear(std::uint32_t counter, std::int64_t now_ns) noexcept {
  if (!started_) restart(now_ns);
  if (settings_.toggle_bit) counter &= 1U;
  heard_ns_ = now_ns;
  if (!heard_) {
    // The first value only says where the count stands.
    heard_ = true;
    counter_ = counter;
    sound_ns_ = allowance_ns_ = now_ns;
    allowance_ = std::floor(settings_.lost_s / settings_.step_s) + 1;
    return;
  }
  if (counter == counter_) return;
  if (sound(counter, now_ns)) sound_ns_ = now_ns;
  counter_ = counter;
}

Liveness HeartbeatWatch::judge(std::int64_t now_ns) const noexcept {
  if (!started_) return Liveness::waiting;
  const double age_s = seconds(now_ns - sound_ns_);
  if (age_s >= settings_.lost_s) return Liveness::lost;
  if (!heard_) return Liveness::waiting;
  return age_s >= settings_.warn_s ? Liveness::warn : Liveness::alive;
}

HeartbeatFault HeartbeatWatch::fault(std::int64_t now_ns) const noexcept {
  if (!started_) return HeartbeatFault::none;
  if (unsound_ != HeartbeatFault::none) return unsound_;
  if (seconds(now_ns - sound_ns_) < settings_.warn_s) return HeartbeatFault::none;
  if (seconds(now_ns - heard_ns_) >= settings_.warn_s) return HeartbeatFault::silent;
  if (!settings_.toggle_bit) return HeartbeatFault::stuck;
  return counter_ == 1 ? HeartbeatFault::stuck_high : HeartbeatFault::stuck_low;
}

}  // namespace saggar::wire
