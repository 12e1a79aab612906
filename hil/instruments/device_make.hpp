// DeviceMake: how one make of field device keeps the setpoints that a host writes into it.
#pragma once

#include <cstdint>

namespace saggar::instruments {

/// Where a write goes. What is not known counts as EEPROM (IF-02).
enum class Memory : std::uint8_t { ram, eeprom, unknown };

/// Nothing special as made: RAM that never wears, no timeout of its own, a buffered supply.
struct DeviceMake {
  Memory memory = Memory::ram;
  double endurance_writes = 0;  ///< stored changes after which a register is worn; 0 = never
  double remote_timeout_s = 0;  ///< without a write to it the device goes local; 0 = never
  bool loses_power = false;     ///< goes off with the mains and comes back as it was stored
};

/// What a host has done to one register.
struct RegisterWear {
  std::uint64_t writes = 0;   ///< taken
  std::uint64_t changes = 0;  ///< of them, those of another value
  std::uint64_t stored = 0;   ///< of the changes, those that went into the EEPROM
};

}  // namespace saggar::instruments
