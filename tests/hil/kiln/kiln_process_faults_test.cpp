// HI-22, F20, F21 on a small kiln: draught, supply, brickwork, cooling, charges. Two kilns of one
// seed, so that what differs is the fault.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using faults::Kind;
using faults::State;

double value(const Kiln& kiln, const std::string& tag) { return sample(kiln, tag).value; }

/// A sound kiln and one with a fault from 10 s on.
struct Pair {
  std::unique_ptr<Kiln> sound = small_kiln(), kiln = small_kiln();

  Pair(Kind kind, double severity, double duration_s) {
    kiln->inject({10, kind, "", severity, duration_s});
  }
  void advance(double dt_s) {
    for (Kiln* k : {sound.get(), kiln.get()}) k->advance(dt_s);
    ASSERT_NE(kiln->fault_statements()[0].state, State::not_realised)
        << kiln->fault_statements()[0].text();
  }
};

TEST(KilnProcessFaults, ADipOfTheSupplyPressureLowersEveryFlowAndNoPurity) {
  Pair both(Kind::supply_pressure_dip, 0.4, 300);
  both.advance(120);
  for (const char* inlet : {"o2.inlet01.flow", "o2.inlet02.flow"}) {
    EXPECT_NEAR(value(*both.kiln, inlet), 0.6 * 30, 0.3) << inlet;
  }
  both.advance(300);
  EXPECT_NEAR(value(*both.kiln, "o2.inlet01.flow"), 30, 0.4);
}

// Draught of 30 Pa, a quarter more or less: the pressure goes the other way, less than 7.5 Pa
// because leaks make up for some of it.
TEST(KilnProcessFaults, MoreDraughtLowersThePressureAndLessRaisesIt) {
  for (const double share : {0.25, -0.25}) {
    Pair both(Kind::weather_draught, share, 300);
    both.advance(120);
    const double change = both.kiln->chamber().gas().outside().draft_Pa /
                          both.sound->chamber().gas().outside().draft_Pa;
    EXPECT_NEAR(change, 1 + share, 0.02);
    const double rise = value(*both.kiln, "kiln.pressure") - value(*both.sound, "kiln.pressure");
    EXPECT_LT(rise * share, 0.0);
    EXPECT_LT(std::abs(rise), 9.0);
    both.advance(300);
    EXPECT_NEAR(value(*both.kiln, "kiln.pressure"), value(*both.sound, "kiln.pressure"), 0.6);
  }
}

// P = V^2 / R: +5 % is +10.25 %.
TEST(KilnProcessFaults, ARiseOfTheMainsRaisesThePowerWithItsSquare) {
  Pair both(Kind::mains_rise, 0.05, 300);
  for (Kiln* k : {both.sound.get(), both.kiln.get()}) k->manual(6, 60.0);
  both.advance(60);
  EXPECT_NEAR(both.kiln->loop_power_kW(6) / both.sound->loop_power_kW(6), 1.1025, 1e-6);
  EXPECT_NEAR(value(*both.kiln, "kiln.mains_voltage") / value(*both.sound, "kiln.mains_voltage"),
              1.05, 1e-3);
  both.advance(300);
  EXPECT_NEAR(both.kiln->loop_power_kW(6) / both.sound->loop_power_kW(6), 1.0, 1e-9);
}

TEST(KilnProcessFaults, AnAgedRefractoryLosesMoreThroughTheShell) {
  Pair both(Kind::refractory_ageing, 0.5, 0);
  const double before = both.sound->ledger().shell_J;
  both.advance(600);
  const double sound = both.sound->ledger().shell_J - before;
  EXPECT_NEAR((both.kiln->ledger().shell_J - before) / sound, 1.0 + 0.5 * 590 / 600, 0.02);
}

// The ledger counts what the forced cooling takes.
TEST(KilnProcessFaults, FailedCoolingTakesLessFromTheSaggarsAndTheyLeaveHotter) {
  Pair both(Kind::cooling_fail, 1.0, 0);
  both.advance(3000);
  const auto last_degC = [](const Kiln& k) {
    const Beds& beds = k.load().beds();
    return beds.surface_K[beds.count() - 1] - 273.15;
  };
  EXPECT_LT(both.kiln->ledger().cooling_J, 0.05 * both.sound->ledger().cooling_J);
  EXPECT_GT(last_degC(*both.kiln), last_degC(*both.sound) + 20);
}

// Two inlets of 30 Nm3/h with 1 % of CO2: 0.6 Nm3/h, which the analysers near them show.
TEST(KilnProcessFaults, CarbonDioxideInTheSupplyIsSeenByTheAnalysersAndGoesAgain) {
  Pair both(Kind::co2_ingress, 1.0, 1800);
  both.advance(1800);
  EXPECT_GT(value(*both.kiln, "gas.point2.co2"), value(*both.sound, "gas.point2.co2") + 0.002);
  EXPECT_LT(value(*both.kiln, "gas.point2.co2"), 0.012);
  both.advance(3600);
  EXPECT_NEAR(value(*both.kiln, "gas.point2.co2"), value(*both.sound, "gas.point2.co2"), 3e-4);
  const Balance carbon = both.kiln->balance(&Matter::carbon_dioxide);
  EXPECT_NEAR(carbon.in - carbon.out - carbon.stored, 0, 1e-9 * carbon.in);
}

TEST(KilnProcessFaults, ALotWithCarbonateHoldsTheSameMetalAndLithiumAndLessWater) {
  Pair both(Kind::carbonate_lot, 0.2, 0);
  both.advance(2400);
  const Matter a = both.sound->load().beds().content(0), b = both.kiln->load().beds().content(0);
  EXPECT_NEAR(b.metal, a.metal, 1e-9 * a.metal);
  EXPECT_NEAR(b.lithium, a.lithium, 1e-9 * a.lithium);
  // Of the lithium, a fifth as Li2CO3: half a CO2 each; no hydrate water, nor half a water of LiOH.
  EXPECT_NEAR(b.carbon_dioxide - a.carbon_dioxide, 0.5 * 0.2 * a.lithium, 1e-3 * a.lithium);
  EXPECT_NEAR(b.water - a.water, -1.5 * 0.2 * a.lithium, 5e-3 * a.lithium);
}

TEST(KilnProcessFaults, ADoubleLoadIsTwiceTheMixAndWeighsSo) {
  Pair both(Kind::double_load, 1, 2400);
  both.kiln->inject({10, Kind::overfill, "", 0.3, 2400});  // the worse one counts
  both.advance(2400);
  const double sound_kg = both.sound->load().last_charge().mix_kg;
  EXPECT_NEAR(both.kiln->load().last_charge().mix_kg, 2 * sound_kg, 1e-12);
  EXPECT_NEAR(value(*both.kiln, "feed.saggar_mass") - value(*both.sound, "feed.saggar_mass"),
              sound_kg, 0.011);
  both.advance(2400);
  EXPECT_EQ(both.kiln->load().last_charge().mix_kg, both.sound->load().last_charge().mix_kg);
}

TEST(KilnProcessFaults, BalancesCloseThroughAllOfThemAtOnce) {
  const auto kiln = small_kiln();
  for (const auto& [kind, severity] : {std::pair{Kind::co2_ingress, 1.0},
                                       {Kind::carbonate_lot, 0.1},
                                       {Kind::double_load, 1.0},
                                       {Kind::cooling_fail, 0.7},
                                       {Kind::refractory_ageing, 0.4},
                                       {Kind::weather_draught, 0.25},
                                       {Kind::supply_pressure_dip, 0.3},
                                       {Kind::mains_rise, 0.1}}) {
    kiln->inject({600, kind, "", severity, 3 * 3600});
  }
  kiln->inject({900, Kind::roller_broken, "transport.group1", 0.5, 3600});
  kiln->inject({3000, Kind::saggar_jam, "transport.group2", 1, 1800});
  kiln->advance(5 * 3600);
  for (const faults::Statement& s : kiln->fault_statements()) {
    EXPECT_EQ(s.state, State::over) << s.text();
  }
  const Balance energy = kiln->energy_balance();
  EXPECT_NEAR(energy.in - energy.out - energy.stored, 0, 1e-9 * energy.in);
  for (double Matter::*substance : {&Matter::water, &Matter::oxygen, &Matter::carbon_dioxide,
                                    &Matter::lithium, &Matter::metal}) {
    const Balance b = kiln->balance(substance);
    EXPECT_NEAR(b.in - b.out - b.stored, 0, 1e-9 * (b.in + 1));
  }
}

}  // namespace
}  // namespace saggar::kiln
