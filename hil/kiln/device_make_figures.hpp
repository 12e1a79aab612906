// Figures of how makes of field devices keep what a host writes into them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "hil/instruments/device_make.hpp"
#include "runtime/config/visitor.hpp"

namespace saggar::kiln {

/// Which devices of the kiln.
enum class DeviceOf : std::uint8_t { heat, transport, atmosphere, exhaust };

/// One make. Without a table devices keep setpoints in RAM, follow the heartbeat of the link only
/// and stand on a buffered supply.
struct DeviceMakeFigures {
  DeviceOf of = DeviceOf::heat;
  instruments::Memory memory = instruments::Memory::ram;
  config::Figure endurance_writes{0.0, "", config::Grade::none};
  config::Figure remote_timeout_s{0.0, "", config::Grade::none};
  bool loses_power = false;

  instruments::DeviceMake make() const noexcept {
    return {memory, endurance_writes.value, remote_timeout_s.value, loses_power};
  }
  template <class V>
  void visit(V& v) {
    v("of", of, {.doc = "Which devices: heat, transport, atmosphere or exhaust", .required = true});
    v("memory", memory,
      {.doc = "Where a written setpoint goes: ram, eeprom, or unknown, which counts as eeprom"});
    v("endurance_writes", endurance_writes,
      {.doc = "Changes stored in the EEPROM after which a register keeps its old value; 0 = never",
       .low = 0,
       .high = 1e9});
    v("remote_timeout_s", remote_timeout_s,
      {.doc = "Time without a write to it after which the device goes local; 0 = never",
       .low = 0,
       .high = 3600});
    v("loses_power", loses_power,
      {.doc = "Goes off in a mains outage and comes back local, with what was stored"});
  }
};

}  // namespace saggar::kiln

namespace saggar::config {
template <>
struct Spelling<kiln::DeviceOf> {
  static constexpr std::array<std::string_view, 4> names = {"heat", "transport", "atmosphere",
                                                            "exhaust"};
};
template <>
struct Spelling<instruments::Memory> {
  static constexpr std::array<std::string_view, 3> names = {"ram", "eeprom", "unknown"};
};
}  // namespace saggar::config
