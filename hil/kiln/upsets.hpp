// Upsets: what the active faults have made of the plant; nothing unless one is active.
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

#include "hil/kiln/charge_error.hpp"
#include "runtime/domain/archive.hpp"

namespace saggar::kiln {

struct Upsets {
  Upsets() = default;
  Upsets(std::size_t loops, std::size_t dampers, std::size_t groups, std::size_t inlets)
      : alive(loops, 1.0),
        aged(loops, 1.0),
        wired(loops, 0),
        dropped(loops, 0.0),
        fahrenheit(loops, 0),
        blocked(dampers, 0.0),
        slip(groups, 0.0),
        broken_roller(groups, 0.0),
        stalled(groups, 0),
        jammed(groups, 0),
        leaking_Nm3_per_h(inlets, 0.0) {
    std::iota(wired.begin(), wired.end(), std::uint32_t{0});
  }

  std::vector<double> alive;             ///< per loop, share of its elements that carry current
  std::vector<double> aged;              ///< per loop, factor on their resistance
  std::vector<std::uint32_t> wired;      ///< per loop, whose place its thermocouple stands in
  std::vector<double> dropped;           ///< per loop, share of time without a value for the host
  std::vector<std::uint8_t> fahrenheit;  ///< per loop, the host is sent that
  std::vector<double> blocked;           ///< per damper, share of its conductance that is lost
  std::vector<double> slip;              ///< per drive group, share by which saggars lag behind
  std::vector<double> broken_roller;     ///< per drive group, share by which saggars are held there
  std::vector<std::uint8_t> stalled;     ///< per drive group
  std::vector<std::uint8_t> jammed;      ///< per drive group, at its end
  std::vector<double> leaking_Nm3_per_h;  ///< per inlet, the least flow
  double flow_lost = 0;                   ///< share of the supply
  double pressure_lost = 0;               ///< share of the supply pressure, and of every flow
  double o2_lost = 0;                     ///< mole fraction of the supply
  double volts_lost = 0;                  ///< share
  double fan_lost = 0;                    ///< share
  double draught_share = 0;               ///< relative change
  double cooling_lost = 0;                ///< share
  double shell_share = 0;                 ///< relative rise of the loss through the shell
  double pressure_offset_Pa = 0, pressure_held_Pa = 0;
  double entry_door = 0, exit_door = 0;  ///< how far open, 0..1
  ChargeError charge;
  bool outage = false, link_down = false, feeding = true, pressure_stuck = false,
       transport_held = false;

  void serialize(domain::Archive& archive) {
    archive(alive, aged, wired, dropped, fahrenheit, blocked, slip, broken_roller, stalled, jammed,
            leaking_Nm3_per_h, flow_lost, pressure_lost, o2_lost, volts_lost, fan_lost,
            draught_share, cooling_lost, shell_share, pressure_offset_Pa, pressure_held_Pa,
            entry_door, exit_door, charge, outage, link_down, feeding, pressure_stuck,
            transport_held);
  }
};

}  // namespace saggar::kiln
