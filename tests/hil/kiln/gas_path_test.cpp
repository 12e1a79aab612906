#include "hil/kiln/gas_path.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

/// Five zones at wall temperatures of 300 to 700 degC, supply in zones 4 and 5, damper in zone 1.
class GasPathTest : public ::testing::Test {
 protected:
  GasPathTest() : layout(Layout::from(small_config())), gas(layout, small_params()), load(5) {
    in.inlet_mol_per_s = {0.4, 0.4};
    in.supply_o2 = 0.93;
    in.damper_open = {0.5};
    in.preheat_W.assign(5, 0.0);
    for (std::size_t k = 0; k < 5; ++k) {
      wall_W_per_K.push_back(60.0);
      wall_W.push_back(60.0 * (573.15 + 100.0 * static_cast<double>(k)));
    }
  }
  void run(int seconds) {
    for (int i = 0; i < seconds; ++i) gas.step(1.0, in, load, wall_W_per_K, wall_W, ledger);
  }
  double sum_x(std::size_t k) const {
    return gas.fraction(kO2, k) + gas.fraction(kN2, k) + gas.fraction(kH2O, k) +
           gas.fraction(kCO2, k);
  }

  Layout layout;
  GasPath gas;
  Coupling load;
  GasInputs in;
  Ledger ledger;
  std::vector<double> wall_W_per_K, wall_W;
};

TEST_F(GasPathTest, FlowsAgainstTheLoadTowardTheDamper) {
  run(600);
  for (std::size_t k = 1; k < 4; ++k) EXPECT_GT(gas.toward_entry()[k], 0.6);
  EXPECT_EQ(gas.toward_entry()[5], 0.0);
  EXPECT_GT(gas.fraction(kO2, 4), 0.92);
  for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(sum_x(k), 1.0, 1e-9);
}

TEST_F(GasPathTest, PressureBalancesSupplyWithDamperAndLeaks) {
  run(600);
  const PlantParams p = small_params();
  const auto root = [](double dp) { return std::copysign(std::sqrt(std::abs(dp)), dp); };
  double out = 0.27 * 0.5 * root(gas.pressure_Pa(0) + p.gas.draft_Pa.value);
  for (std::size_t k = 0; k < 5;
       ++k) {  // 0.03: 30 % at the entry, 20 % at the exit, the rest along
    const double share = k == 0 ? 0.4 : k == 4 ? 0.3 : 0.1;
    out += p.gas.leak_mol_per_s_rootPa.value * share * root(gas.pressure_Pa(k));
  }
  EXPECT_NEAR(out, 0.8, 0.005);
  const double before = gas.pressure_Pa();
  in.damper_open[0] = 0.4;
  run(60);
  EXPECT_GT(gas.pressure_Pa(), before + 1.0);
}

TEST_F(GasPathTest, SteamGoesWhereTheGasGoes) {
  load.steam_mol_per_s[1] = 0.2;
  load.released_W[1] = 0.2 * 38.0 * 200.0;
  run(1200);
  EXPECT_LT(gas.fraction(kH2O, 3), 0.002);
  // Downstream of zone 2: 0.2 of 1.0 mol/s less what leaks.
  EXPECT_NEAR(gas.fraction(kH2O, 0), 0.2, 0.02);
}

// 1 Pa s2/mol2: 0.4 mol/s from zone 5 and 0.8 mol/s beyond zone 4 cost 0.16 + 3 x 0.64 Pa.
TEST_F(GasPathTest, PressureFallsTowardTheExhaustWithTheSquareOfTheFlow) {
  run(600);
  double above = 0;
  for (std::size_t k = 1; k < 5; ++k) {
    above += gas.toward_entry()[k] * gas.toward_entry()[k];
    EXPECT_NEAR(gas.pressure_Pa(k) - gas.pressure_Pa(0), above, 1e-6);
  }
  EXPECT_NEAR(above, 0.16 + 3 * 0.64, 0.25);  // less what leaks
}

// US11777073, F15: what no longer leaves by the exhaust leaves by the leaks, some of it at the far
// end: less dry gas comes to meet the steam, which is found farther toward the exit.
TEST_F(GasPathTest, ABlockedExhaustRaisesThePressureAndLetsSteamDriftTowardTheSoakZones) {
  load.steam_mol_per_s[2] = 0.2;
  load.released_W[2] = 0.2 * 38.0 * 200.0;
  run(1200);
  const double pressure = gas.pressure_Pa(), wet = gas.fraction(kH2O, 3);
  in.damper_open[0] = 0.05;
  run(1200);
  EXPECT_GT(gas.pressure_Pa(), pressure + 100);
  EXPECT_GT(gas.fraction(kH2O, 3), 1.2 * wet);
  // The pressure interlock shuts the oxygen (facts 5): then the steam is pushed to the exit itself.
  in.inlet_mol_per_s = {0.0, 0.0};
  run(1200);
  EXPECT_LT(gas.toward_entry()[4], 0.0);
  EXPECT_GT(gas.fraction(kH2O, 4), 0.5);
}

// PF-08: a lance is not warmed in the brick, and part of it goes straight to the powder.
TEST(GasPath, ALanceIsNotPreheatedAndMixesItsShareIntoTheHeadSpace) {
  PlantParams params = small_params();
  params.gas.lance_inlets = {2};
  const Layout layout = Layout::from(small_config());
  GasPath gas(layout, params);
  GasInputs in;
  in.inlet_mol_per_s = {0.4, 0.4};
  in.supply_o2 = 0.93;
  in.damper_open = {0.5};
  in.preheat_W.assign(5, 0.0);
  gas.preheat(std::vector<double>(10, 900.0), in);
  EXPECT_GT(in.preheat_W[3], 0.0);
  EXPECT_EQ(in.preheat_W[4], 0.0);
  Coupling load(5);
  Ledger ledger;
  gas.step(1.0, in, load, std::vector<double>(5, 60.0), std::vector<double>(5, 60.0 * 900), ledger);
  EXPECT_EQ(gas.head_mol_per_s(3), 0.0);
  EXPECT_NEAR(gas.head_mol_per_s(4), 0.4 * params.gas.lance_head_share.value, 1e-12);
  EXPECT_NEAR(gas.head_oxygen_mol_per_s(4), 0.93 * gas.head_mol_per_s(4), 1e-12);
  EXPECT_NEAR(ledger.lance_mol, 0.4, 1e-12);
  EXPECT_NEAR(ledger.supply_mol, 0.8, 1e-12);
}

// A door lets in so much cold air and as much gas out, at any
// pressure, beside what the pressure drives through it.
TEST_F(GasPathTest, AnOpenDoorLetsAirInAlsoWhereThePressureIsAboveTheHall) {
  run(600);
  EXPECT_GT(gas.pressure_Pa(4), 0.0);
  EXPECT_LT(ledger.gas_in.water, 1e-12);
  in.door_open[1] = 0.5;
  run(1);
  const PlantParams p = small_params();
  EXPECT_NEAR(ledger.gas_in.water,
              0.5 * p.faults.door_exchange_mol_per_s.value * 0.01 * p.gas.hall_h2o_percent.value,
              3e-4);  // and what falls in where the pressure has fallen below the hall's
}

TEST_F(GasPathTest, ADraftTooStrongDrawsFalseAir) {
  in.damper_open[0] = 1.0;
  in.inlet_mol_per_s = {0.2, 0.2};
  run(1200);
  EXPECT_LT(gas.pressure_Pa(), 0.0);
  EXPECT_GT(gas.fraction(kN2, 0), 0.15);
  EXPECT_GT(gas.fraction(kCO2, 0), 1e-6);
  EXPECT_GT(ledger.gas_in.water, 0.0);
}

TEST_F(GasPathTest, MolesOfWaterAndEnergyCloseToRounding) {
  load.steam_mol_per_s[2] = 0.1;
  load.released_W[2] = 0.1 * 38.0 * 150.0;
  load.gas.add(2, 40.0, 40.0 * 500.0);
  const double water_before = gas.content().water, energy_before = gas.enthalpy_J();
  double steam = 0, heat = 0;
  for (int i = 0; i < 2000; ++i) {
    in.damper_open[0] = 0.5 + 0.3 * std::sin(0.01 * i);
    run(1);
    steam += 0.1;
    heat += load.released_W[2] - (40.0 * gas.temperature_K()[2] - 40.0 * 500.0);
    for (std::size_t k = 0; k < 5; ++k) {
      heat += wall_W[k] - wall_W_per_K[k] * gas.temperature_K()[k];
    }
  }
  const double water = steam + ledger.gas_in.water - ledger.gas_out.water;
  EXPECT_NEAR(gas.content().water - water_before, water, 1e-9 * steam);
  const double energy = heat + ledger.gas_in_J - ledger.gas_out_J;
  EXPECT_NEAR(gas.enthalpy_J() - energy_before, energy, 1e-8 * ledger.gas_out_J);
}

TEST_F(GasPathTest, PreheatTakesFromTheBrickWhatItGivesToTheSupply) {
  std::vector<double> face(10, 900.0);
  gas.preheat(face, in);
  const PlantParams p = small_params();
  const double cp = 0.93 * p.gas.o2_J_per_molK.value + 0.07 * p.gas.n2_J_per_molK.value;
  const double expected =
      0.4 * cp * p.gas.inlet_preheat.value * (900.0 - 273.15 - p.gas.supply_degC.value);
  EXPECT_NEAR(in.preheat_W[3], expected, 1e-6);
  EXPECT_EQ(in.preheat_W[0], 0.0);
}

TEST_F(GasPathTest, ContinuesBitForBitFromASnapshot) {
  run(100);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  gas.serialize(save);
  run(50);
  const double straight = gas.temperature_K()[2];
  auto back = domain::Archive::loading(bytes.data(), bytes.size());
  gas.serialize(back);
  ASSERT_TRUE(back.ok() && back.at_end());
  run(50);
  EXPECT_EQ(gas.temperature_K()[2], straight);
}

}  // namespace
}  // namespace saggar::kiln
