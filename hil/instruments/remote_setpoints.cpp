#include "hil/instruments/remote_setpoints.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hil/instruments/device_step.hpp"

namespace saggar::instruments {

using domain::Action;
using domain::CommsLossReaction;
using domain::Reason;

RemoteSetpoints::RemoteSetpoints(std::vector<SetpointRegister> registers, double shed_s)
    : registers_(std::move(registers)),
      shed_ns_(static_cast<std::int64_t>(shed_s * 1e9)),
      target_(registers_.size()),
      following_(registers_.size(), 0),
      local_switch_(registers_.size(), 0),
      off_(registers_.size(), 0),
      stored_(registers_.size()),
      backup_(registers_.size(), 0),
      dark_(registers_.size(), 0),
      worn_(registers_.size(), 0),
      wear_(registers_.size()),
      written_ns_(registers_.size(), 0),
      delay_ns_(registers_.size(), 0),
      due_ns_(registers_.size(), 0),
      coming_(registers_.size(), 0.0),
      pulse_(shed_s) {
  for (std::size_t i = 0; i < registers_.size(); ++i) {
    target_[i] = stored_[i] = registers_[i].local;
    backup_[i] = registers_[i].make.memory == Memory::ram ? 0 : 1;
  }
}

Reason RemoteSetpoints::refuse(std::size_t i, double value) const noexcept {
  if (!alive_) return Reason::watchdog;  // commands come, but the host's heartbeat stands still
  if (!std::isfinite(value)) return Reason::non_finite;
  if (dark_[i] != 0) return Reason::readback_failed;  // nobody answers there
  if (local_switch_[i] != 0) return Reason::field_local;
  if (value < registers_[i].low || value > registers_[i].high) return Reason::absolute_limit;
  return Reason::none;
}

void RemoteSetpoints::release(std::size_t i) noexcept {
  following_[i] = 0;
  off_[i] = 0;
  due_ns_[i] = 0;
  target_[i] = registers_[i].local;
}

/// A value that the device has let pass.
void RemoteSetpoints::write(std::size_t i, double value, std::int64_t now_ns) noexcept {
  const double step = registers_[i].resolution;
  const double shown = step > 0 ? to_step(value, step) : value;
  following_[i] = 1;
  off_[i] = 0;
  written_ns_[i] = now_ns;
  ++wear_[i].writes;
  if (delay_ns_[i] == 0) return store(i, shown);
  if (due_ns_[i] == 0) due_ns_[i] = now_ns + delay_ns_[i];
  coming_[i] = shown;
}

void RemoteSetpoints::store(std::size_t i, double value) noexcept {
  due_ns_[i] = 0;
  if (value == target_[i]) return;
  const double endurance = registers_[i].make.endurance_writes;
  const bool spent = endurance > 0 && static_cast<double>(wear_[i].stored) >= endurance;
  ++wear_[i].changes;
  if (worn_[i] != 0 || (spent && backup_[i] != 0)) return;
  target_[i] = value;
  if (backup_[i] == 0) return;
  stored_[i] = value;
  ++wear_[i].stored;
}

/// The device has power again: what was in RAM is gone, and it stores from now on.
void RemoteSetpoints::restart(std::size_t i) noexcept {
  following_[i] = 0;
  off_[i] = 0;
  due_ns_[i] = 0;
  target_[i] = stored_[i];
  backup_[i] = 1;
}

void RemoteSetpoints::set_dark(std::size_t i, bool dark) noexcept {
  if (dark_[i] != 0 && !dark) restart(i);
  dark_[i] = dark ? 1 : 0;
}

void RemoteSetpoints::power_on() noexcept {
  for (std::size_t i = 0; i < size(); ++i) {
    if (registers_[i].make.loses_power) restart(i);
  }
}

void RemoteSetpoints::set_delay(std::size_t i, double delay_s) noexcept {
  delay_ns_[i] = static_cast<std::int64_t>(delay_s * 1e9);
}

void RemoteSetpoints::take(const domain::Command& command, std::int64_t now_ns,
                           domain::Ack& ack) noexcept {
  ack.cycle = command.cycle;
  ack.time_ns = now_ns;
  const bool expired = command.valid_until_ns < now_ns;
  const bool old = alive_ && command.cycle <= cycle_;
  const std::size_t n = std::min({size(), command.value.size(), ack.taken.size()});
  if (!expired && !old) {
    cycle_ = command.cycle;
    beat(command.heartbeat, now_ns);
    valid_until_ns_ = command.valid_until_ns;
  }
  for (std::size_t i = 0; i < n; ++i) {
    ack.refused[i] = Reason::none;
    if (expired || old) {
      ack.refused[i] = expired ? Reason::stale_request : Reason::sequence;
    } else if (command.action[i] == Action::release) {
      release(i);
    } else if (command.action[i] == Action::write) {
      ack.refused[i] = refuse(i, command.value[i]);
      if (ack.refused[i] == Reason::none) write(i, command.value[i], now_ns);
    }
    ack.taken[i] = target_[i];
  }
}

void RemoteSetpoints::beat(std::uint32_t heartbeat, std::int64_t now_ns) noexcept {
  const HostPulse::Beat got = pulse_.hear(heartbeat, now_ns);
  if (got == HostPulse::Beat::none) return;
  // A host that only says where its count stands may come after none, but keeps none alive.
  if (got == HostPulse::Beat::first && alive_) return;
  beat_ns_ = now_ns;
  if (!alive_) valid_until_ns_ = std::numeric_limits<std::int64_t>::max();
  alive_ = true;
}

void RemoteSetpoints::new_host() noexcept {
  cycle_ = 0;
  pulse_.new_host();
  for (std::size_t i = 0; i < size(); ++i) {
    backup_[i] = registers_[i].make.memory == Memory::ram ? 0 : 1;
  }
}

bool RemoteSetpoints::supervise(std::int64_t now_ns) noexcept {
  for (std::size_t i = 0; i < size(); ++i) {
    if (due_ns_[i] != 0 && now_ns >= due_ns_[i]) store(i, coming_[i]);
    const double timeout_s = registers_[i].make.remote_timeout_s;
    if (timeout_s <= 0 || following_[i] == 0) continue;
    if (static_cast<double>(now_ns - written_ns_[i]) > 1e9 * timeout_s) shed(i);
  }
  if (!alive_) return false;
  if (now_ns - beat_ns_ < shed_ns_ && now_ns <= valid_until_ns_) return false;
  shed();
  return true;
}

void RemoteSetpoints::shed() noexcept {
  alive_ = false;
  for (std::size_t i = 0; i < size(); ++i) {
    if (following_[i] != 0) shed(i);
  }
}

/// One device has lost its host.
void RemoteSetpoints::shed(std::size_t i) noexcept {
  following_[i] = 0;
  due_ns_[i] = 0;
  switch (registers_[i].reaction) {
    case CommsLossReaction::local_setpoint:
      release(i);
      break;
    case CommsLossReaction::output_off:
      off_[i] = 1;
      break;
    case CommsLossReaction::hold_setpoint:
    case CommsLossReaction::alarm_only:
      break;
  }
}

void RemoteSetpoints::set_local(std::size_t i, bool local) noexcept {
  local_switch_[i] = local ? 1 : 0;
  if (local) release(i);
}

void RemoteSetpoints::serialize(domain::Archive& archive) {
  archive(target_, following_, local_switch_, off_, alive_, cycle_, beat_ns_, valid_until_ns_);
  archive(stored_, backup_, dark_, worn_, wear_, written_ns_, delay_ns_, due_ns_, coming_);
  pulse_.serialize(archive);
}

}  // namespace saggar::instruments
