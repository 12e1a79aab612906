// Chamber and gas of the small kiln, stepped at 1 s as the kiln does, against steps of 0.02 s: an
// explicit scheme of first order whose own error is then a fiftieth.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "hil/kiln/chamber.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

/// A chamber, what drives it, and where it loses its heat.
struct Stand {
  Stand() : layout(Layout::from(small_config())), chamber(layout, small_params(), 1), load(5) {
    gas.inlet_mol_per_s = {0.4, 0.4};
    gas.supply_o2 = 0.93;
    gas.damper_open = {0.5};
    gas.preheat_W.assign(5, 0.0);
    for (std::size_t k = 0; k < 5; ++k) {
      load.roof.add(k, 60.0, 60.0 * 600.0);  // W/K and W: saggars at 600 K
      load.floor.add(k, 50.0, 50.0 * 600.0);
      load.gas.add(k, 20.0, 20.0 * 600.0);
    }
  }
  /// One minute with the power of the hour: full, off in two zones, then a third.
  void minute(int number, double dt_s) {
    const int hour = number / 60;
    power.assign(10, hour < 2 ? 9000.0 : 3000.0);
    if (hour == 1) power[2] = power[7] = 0.0;
    gas.damper_open[0] = hour == 3 ? 0.9 : 0.5;
    const auto steps = static_cast<int>(std::lround(60.0 / dt_s));
    for (int i = 0; i < steps; ++i) chamber.step(dt_s, power, gas, load, ledger);
  }

  Layout layout;
  Chamber chamber;
  Coupling load;
  GasInputs gas;
  Ledger ledger;
  std::vector<double> power;
};

// Zone temperature: what the thermocouples of a zone see. The bare element answers a step of 9 kW
// within minutes and is 0.21 K off for a moment, with no trace in the brick it heats.
TEST(ChamberReference, OneSecondStepsAreWithinTwoTenthsOfAKelvin) {
  Stand coarse, fine;
  const double share = small_params().thermocouple.radiation_share.value;
  std::vector<double> zone(10), exact_zone(10);
  double zone_K = 0, element_K = 0, face_K = 0;
  const auto far = [](double a, double b) { return std::abs(a - b); };
  for (int minute = 0; minute < 4 * 60; ++minute) {
    coarse.minute(minute, 1.0);
    fine.minute(minute, 0.02);
    coarse.chamber.sensed_degC(share, zone);
    fine.chamber.sensed_degC(share, exact_zone);
    for (std::size_t i = 0; i < 10; ++i) {
      zone_K = std::max(zone_K, far(zone[i], exact_zone[i]));
      face_K = std::max(face_K, far(coarse.chamber.face_K()[i], fine.chamber.face_K()[i]));
      element_K =
          std::max(element_K, far(coarse.chamber.element_K()[i], fine.chamber.element_K()[i]));
    }
  }
  RecordProperty("zone_K", std::to_string(zone_K));
  RecordProperty("face_K", std::to_string(face_K));
  RecordProperty("element_K", std::to_string(element_K));
  EXPECT_GT(fine.chamber.face_K()[2], 550.0) << "the case is too mild to show anything";
  EXPECT_LE(zone_K, 0.2);
  EXPECT_LE(face_K, 0.2);
  EXPECT_LE(element_K, 0.25);
}

}  // namespace
}  // namespace saggar::kiln
