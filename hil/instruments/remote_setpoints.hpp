// RemoteSetpoints: what the field devices do with setpoints from a host: take, hold as long as the
// host is alive, and go to their own recipe when it is not (SC-46, SC-48, SC-50, SC-51).
#pragma once

#include <cstdint>
#include <vector>

#include "hil/instruments/device_make.hpp"
#include "hil/instruments/host_pulse.hpp"
#include "runtime/domain/archive.hpp"
#include "runtime/domain/frame.hpp"
#include "runtime/domain/plant.hpp"

namespace saggar::instruments {

/// One device register.
struct SetpointRegister {
  double low = 0, high = 0;  ///< the device's own limits
  double resolution = 0;     ///< step of the register, 0 = continuous
  double local = 0;          ///< setpoint of the local recipe
  domain::CommsLossReaction reaction = domain::CommsLossReaction::local_setpoint;
  DeviceMake make{};
};

/// All registers of a kiln, in the order of the write tags. Host time is the field's own time.
/// A device goes remote with the first write it takes, and stays so while the host's heartbeat
/// counts soundly (HostPulse), its command is valid, nobody releases it and nobody switches it to
/// local, nor its own timeout has it go back.
/// RAM devices come back from a power cycle with their own recipe, and then store what is written
/// (backup mode) until another host introduces itself and arms the buffer mode anew (IF-13);
/// EEPROM devices come back with what was stored last. Thread: one. Nothing allocates after
/// construction.
class RemoteSetpoints {
 public:
  RemoteSetpoints(std::vector<SetpointRegister> registers, double shed_s);

  /// The pace agreed with the host: its heartbeat counts one each `step_s`; 1 s unless told.
  void agree_heartbeat(double step_s) noexcept { pulse_.agree(step_s); }
  std::size_t size() const noexcept { return registers_.size(); }
  /// Takes a command and fills in the answer. Refused per element: not finite, outside the device's
  /// limits, device in local or without power, heartbeat standing still; refused whole: validity
  /// already over, or the cycle did not rise. A refused element keeps its value.
  void take(const domain::Command& command, std::int64_t now_ns, domain::Ack& ack) noexcept;
  /// A heartbeat without a command: keeps the link alive, not the command's validity.
  void beat(std::uint32_t heartbeat, std::int64_t now_ns) noexcept;
  /// Another host has introduced itself: its cycles may count from 1 again, its heartbeat from
  /// anywhere. While the former one still counts as alive that is no life yet; the first step is.
  void new_host() noexcept;
  /// To be called each scan: sheds what is no longer alive, lets late writes act.
  /// @return true in the scan in which the link was lost
  bool supervise(std::int64_t now_ns) noexcept;
  /// Loses the link now, whatever the clock says.
  void shed() noexcept;
  /// Switches one device to local or back.
  void set_local(std::size_t i, bool local) noexcept;

  /// Power of one device, or that it is back.
  void set_dark(std::size_t i, bool dark) noexcept;
  bool dark(std::size_t i) const noexcept { return dark_[i] != 0; }
  /// The mains are back: what went off with them comes back as it was stored.
  void power_on() noexcept;
  /// A worn register acknowledges writes and keeps its value.
  void set_worn(std::size_t i, bool worn) noexcept { worn_[i] = worn ? 1 : 0; }
  /// Writes act, and the read-back shows it, so much later; the newest counts.
  void set_delay(std::size_t i, double delay_s) noexcept;
  const RegisterWear& wear(std::size_t i) const noexcept { return wear_[i]; }

  bool alive() const noexcept { return alive_; }
  bool remote(std::size_t i) const noexcept {
    return alive_ && following_[i] != 0 && dark_[i] == 0;
  }
  /// The setpoint the device aims at now.
  double target(std::size_t i) const noexcept { return target_[i]; }
  /// True if the device was told to switch its output off on loss of its host (SC-51).
  bool output_off(std::size_t i) const noexcept { return off_[i] != 0; }
  const SetpointRegister& at(std::size_t i) const noexcept { return registers_[i]; }
  void serialize(domain::Archive& archive);

 private:
  domain::Reason refuse(std::size_t i, double value) const noexcept;
  void release(std::size_t i) noexcept;
  void shed(std::size_t i) noexcept;
  void write(std::size_t i, double value, std::int64_t now_ns) noexcept;
  void store(std::size_t i, double value) noexcept;
  void restart(std::size_t i) noexcept;

  std::vector<SetpointRegister> registers_;
  std::int64_t shed_ns_;
  std::vector<double> target_;
  std::vector<std::uint8_t> following_;  ///< target is the host's
  std::vector<std::uint8_t> local_switch_;
  std::vector<std::uint8_t> off_;
  std::vector<double> stored_;        ///< what a power cycle brings back
  std::vector<std::uint8_t> backup_;  ///< writes are stored: no RAM, or its mode is not armed
  std::vector<std::uint8_t> dark_, worn_;
  std::vector<RegisterWear> wear_;
  std::vector<std::int64_t> written_ns_, delay_ns_, due_ns_;  ///< due: 0 = nothing is under way
  std::vector<double> coming_;                                ///< written, not yet acting
  HostPulse pulse_;
  bool alive_ = false;
  std::uint64_t cycle_ = 0;
  std::int64_t beat_ns_ = 0;
  std::int64_t valid_until_ns_ = 0;
};

}  // namespace saggar::instruments
