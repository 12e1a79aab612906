#include "controllers/twin/chamber.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace saggar::twin {
namespace {

Places p2() {
  Places p;
  p.zones = 30;
  p.layers = 2;
  for (std::size_t k = 9; k < 29; ++k) p.inlet_zone.push_back(k);
  p.port_zone = {0, 6, 11};
  p.port_share = {0.2, 0.3, 0.5};
  return p;
}

/// All zones at one temperature, 60 Nm3/h in each inlet, no rows.
struct Empty {
  explicit Empty(double degC) : chamber(f, p2()), field(30, 20), load(30), none(30, 0.0) {
    field.top_K.assign(30, degC + 273.15);
    field.bottom_K = field.top_K;
    field.inlet_mol_per_s.assign(20, 60.0 / 3600.0 / 0.022413969);
    field.pressure_Pa = 9;
    chamber.settle(field);
    for (int i = 0; i < 50; ++i) chamber.see(field, none, load);
    chamber.balance(30, load);
  }
  Figures f;
  Chamber chamber;
  Field field;
  Exchange load;
  std::vector<double> none;
};

TEST(TwinChamber, WhatComesInLeavesByPortsAndLeaks) {
  Empty e(500);
  const double in = 20 * 60.0 / 3600.0 / 0.022413969;  // 14.87 mol/s
  const auto& flow = e.chamber.flow();
  EXPECT_NEAR(flow[0], 0.0, 1e-12);
  // Zone 13 from 1 gets what comes into 13..29 less the leaks behind it. The flow costs 0.01 Pa per
  // (mol/s)^2 and zone: 6 Pa more on the average there, so sqrt(15) = 3.9 rootPa, of 0.3
  // mol/s/rootPa the half that is spread along the rollers times 18 / 30, and the fifth at the
  // exit: 0.58 mol/s.
  EXPECT_NEAR(flow[12], in * 17 / 20 - 0.58, 0.06);
  // Towards the last port in zone 12 no gas is drawn yet.
  EXPECT_GT(flow[12], flow[14]);
}

TEST(TwinChamber, ThermocouplesSeePartGasSoTheBrickIsHotterWhereTheGasIsColder) {
  Empty e(770);
  const Surroundings& seen = e.chamber.surroundings();
  EXPECT_LT(seen.gas_K[20], 770 + 273.15);  // fresh oxygen at 0.85 of the way to the brick
  // By hand: TC = 0.75 radiation + 0.25 gas.
  EXPECT_NEAR(0.75 * seen.roof_K[20] + 0.25 * seen.gas_K[20], 770 + 273.15, 0.5);
}

TEST(TwinChamber, AnOffsetOfTheThermocoupleIsTakenOff) {
  Empty e(770);
  const double before = e.chamber.surroundings().roof_K[20];
  std::vector<double> offset(30, 0.0);
  offset[20] = 3.0;
  for (int i = 0; i < 50; ++i) e.chamber.see(e.field, offset, e.load);
  EXPECT_NEAR(e.chamber.surroundings().roof_K[20] - before, -3.0, 1.2);
}

TEST(TwinChamber, LossOfASoakZoneIsThatOfItsShellAndRollerEnds) {
  Empty e(770);
  // Facts, 1.6: 347 W/m2 through the shell at 770 degC; 0.42 W/m2K x 745 K through roller ends; of
  // 2 x 4.1 m2 brick.
  EXPECT_NEAR(e.chamber.loss_W()[20], 8.2 * (347 + 0.42 * 745), 0.04 * 5400);
}

TEST(TwinChamber, ExpectedPowerOfAnEmptySoakZoneIsLossAndOxygen) {
  Empty e(770);
  // Loss and 0.744 mol/s x 32.3 J/molK warmed from 60 degC, less what warm gas from behind brings.
  const double oxygen = 0.744 * 32.3 * 710;
  EXPECT_NEAR(e.chamber.expected_W()[20], e.chamber.loss_W()[20] + oxygen, 0.15 * oxygen);
}

TEST(TwinChamber, TheHalvesOfAnEvenZoneTakeTheSameAndMakeTheWhole) {
  Empty e(770);
  const auto& half = e.chamber.expected_half_W();
  EXPECT_NEAR(half[20], half[30 + 20], 1e-6);
  EXPECT_DOUBLE_EQ(half[20] + half[30 + 20], e.chamber.expected_W()[20]);
}

}  // namespace
}  // namespace saggar::twin
