#include "hil/instruments/host_pulse.hpp"

#include <algorithm>
#include <cmath>

namespace saggar::instruments {
namespace {

/// Timers drift and messages bunch: up to twice the agreed pace is sound.
constexpr double kPace = 2;

}  // namespace

bool HostPulse::steps_soundly(std::uint32_t steps, std::int64_t now_ns) noexcept {
  // At once may come the beats of a silence just short of "lost", and one more. After a longer
  // silence (a cut link) the host has gone on counting unheard: as many as that time allows.
  const double bunch = std::floor(lost_s_ / step_s_) + 1;
  const double gained = kPace * 1e-9 * static_cast<double>(now_ns - stepped_ns_) / step_s_;
  allowance_ = std::min(allowance_ + gained, std::max(bunch, gained));
  stepped_ns_ = now_ns;
  const bool forward = steps <= 0x80000000U;
  if (!forward || static_cast<double>(steps) > allowance_) {
    allowance_ = 0;  // has to count at the agreed pace before it is believed again
    return false;
  }
  allowance_ -= static_cast<double>(steps);
  return true;
}

HostPulse::Beat HostPulse::hear(std::uint32_t counter, std::int64_t now_ns) noexcept {
  if (!counting_) {
    counting_ = true;
    doubted_ = false;
    counter_ = counter;
    stepped_ns_ = now_ns;
    allowance_ = std::floor(lost_s_ / step_s_) + 1;
    return Beat::first;
  }
  if (counter == counter_) return Beat::none;
  const bool sound = steps_soundly(counter - counter_, now_ns);
  counter_ = counter;
  // A counter that swings to and fro also steps forward every other time.
  const bool believed = sound && !doubted_;
  doubted_ = !sound;
  return believed ? Beat::sound : Beat::none;
}

void HostPulse::serialize(domain::Archive& archive) {
  archive(counting_, doubted_, counter_, stepped_ns_, allowance_);
}

}  // namespace saggar::instruments
