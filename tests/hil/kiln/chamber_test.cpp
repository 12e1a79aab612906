#include "hil/kiln/chamber.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

class ChamberTest : public ::testing::Test {
 protected:
  ChamberTest()
      : layout(Layout::from(small_config())), chamber(layout, small_params(), 1), load(5) {
    gas.inlet_mol_per_s = {0.4, 0.4};
    gas.supply_o2 = 0.93;
    gas.damper_open = {0.5};
    gas.preheat_W.assign(5, 0.0);
    power.assign(10, 3000.0);
  }
  void run(int seconds) {
    for (int i = 0; i < seconds; ++i) chamber.step(1.0, power, gas, load, ledger);
  }

  Layout layout;
  Chamber chamber;
  Coupling load;
  GasInputs gas;
  Ledger ledger;
  std::vector<double> power;
};

TEST_F(ChamberTest, HeatsUpInTheOrderElementFaceDeepBrick) {
  run(20000);
  EXPECT_GT(chamber.element_K()[2], chamber.face_K()[2] + 20);
  EXPECT_GT(chamber.face_K()[2], 450.0);
}

TEST_F(ChamberTest, EnergyClosesToRounding) {
  const double before = chamber.enthalpy_J();
  load.roof.add(2, 10.0, 10.0 * 290.0);
  load.floor.add(2, 8.0, 8.0 * 290.0);
  load.gas.add(2, 5.0, 5.0 * 290.0);
  chamber.restart_mean();
  run(5000);
  const double given = chamber.given_J(load);
  EXPECT_GT(given, 0.0);
  const double error = ledger.in_J() - ledger.out_J() - given - (chamber.enthalpy_J() - before);
  EXPECT_NEAR(error / ledger.in_J(), 0.0, 1e-11);
}

TEST_F(ChamberTest, ASteadyStateLosesWhatItIsGiven) {
  run(400000);
  const Ledger before = ledger;
  const double stored = chamber.enthalpy_J();
  run(10000);
  EXPECT_NEAR((chamber.enthalpy_J() - stored) / (ledger.electric_J - before.electric_J), 0.0, 0.01);
}

TEST_F(ChamberTest, NeighboursWarmEachOther) {
  power.assign(10, 0.0);
  power[2] = power[7] = 8000.0;  // zone 3 only
  run(20000);
  EXPECT_GT(chamber.face_K()[2], chamber.face_K()[1] + 50);
  EXPECT_GT(chamber.face_K()[1], chamber.face_K()[0] + 5);
}

TEST_F(ChamberTest, PresetIsNearItsSteadyState) {
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t k = 0; k < 5; ++k) chamber.preset(half, k, 900.0);
  }
  for (std::size_t k = 0; k < 5; ++k) chamber.preset_gas(k, 900.0);
  for (std::size_t half = 0; half < 2; ++half) {
    for (std::size_t k = 0; k < 5; ++k) power[half * 5 + k] = chamber.holding_W(half, k, load);
  }
  gas.inlet_mol_per_s = {0.0, 0.0};
  run(600);
  EXPECT_NEAR(chamber.face_K()[2], 900.0, 8.0);
}

TEST_F(ChamberTest, ThermocouplesSeeRadiationAndGasByTheirShare) {
  run(2000);
  std::vector<double> all(10), none(10);
  chamber.sensed_degC(1.0, all);
  chamber.sensed_degC(0.0, none);
  EXPECT_NEAR(none[3], chamber.gas().temperature_K()[3] - 273.15, 1e-9);
  EXPECT_GE(all[3] + 273.15, chamber.face_K()[3]);
  EXPECT_LE(all[3] + 273.15, chamber.element_K()[3]);
}

}  // namespace
}  // namespace saggar::kiln
