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
  Upsets(std::size_t loops, std::size_t dampers, std::size_t groups)
      : alive(loops, 1.0),
        aged(loops, 1.0),
        wired(loops, 0),
        blocked(dampers, 0.0),
        slip(groups, 0.0) {
    std::iota(wired.begin(), wired.end(), std::uint32_t{0});
  }

  std::vector<double> alive;             ///< per loop, share of its elements that carry current
  std::vector<double> aged;              ///< per loop, factor on their resistance
  std::vector<std::uint32_t> wired;      ///< per loop, whose place its thermocouple stands in
  std::vector<double> blocked;           ///< per damper, share of its conductance that is lost
  std::vector<double> slip;              ///< per drive group, share by which saggars lag behind
  double flow_lost = 0;                  ///< share of the supply
  double o2_lost = 0;                    ///< mole fraction of the supply
  double volts_lost = 0;                 ///< share
  double fan_lost = 0;                   ///< share
  double entry_door = 0, exit_door = 0;  ///< how far open, 0..1
  ChargeError charge;
  bool outage = false, link_down = false, feeding = true;

  void serialize(domain::Archive& archive) {
    archive(alive, aged, wired, blocked, slip, flow_lost, o2_lost, volts_lost, fan_lost, entry_door,
            exit_door, charge, outage, link_down, feeding);
  }
};

}  // namespace saggar::kiln
