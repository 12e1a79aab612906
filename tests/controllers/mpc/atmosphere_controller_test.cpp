#include "controllers/mpc/atmosphere_controller.hpp"

#include <gtest/gtest.h>

#include <saggar/plugin/testing.hpp>

namespace saggar::mpc {
namespace {

using plugin::Status;

// Four inlets, two dampers, one gas point in the soak. Gains other than the controller's.
class Gas {
 public:
  explicit Gas(std::map<std::string, double> params = {}) : rig(make(std::move(params))) {}

  plugin::testing::Outcome step() {
    const double flow = q[0] + q[1] + q[2] + q[3] - 240, damper = y[0] + y[1] - 100;
    pressure += (10 + weather_Pa + 0.08 * flow - 1.0 * damper - pressure) * 10 / 90;
    oxygen += (93 - 0.02 * demand + 0.01 * flow - oxygen) * 10 / 600;
    rig.set("kiln.pressure", pressure, quality);
    rig.set("gas.point1.o2", oxygen, oxygen_quality);
    rig.set("gas.point1.h2o", 0.5);
    for (int i = 0; i < 4; ++i) rig.working(inlet(i), q[i]);
    for (int i = 0; i < 2; ++i) rig.working(valve(i), y[i]);
    const auto out = rig.step();
    if (out.status > Status::degraded) return out;
    for (int i = 0; i < 4; ++i) q[i] = rig.proposal(inlet(i));
    for (int i = 0; i < 2; ++i) y[i] = rig.proposal(valve(i));
    return out;
  }
  plugin::testing::Outcome run(double hours) {
    plugin::testing::Outcome last;
    for (int i = 0; i < static_cast<int>(hours * 360); ++i) {
      last = step();
      EXPECT_EQ(last.wrong, "");
      lowest_Pa = std::min(lowest_Pa, pressure);
    }
    return last;
  }
  static std::string inlet(int i) { return "o2.inlet0" + std::to_string(i + 1) + ".flow_setpoint"; }
  static std::string valve(int i) {
    return "exhaust.damper" + std::to_string(i + 1) + ".position_setpoint";
  }

  plugin::testing::Rig rig;
  double q[4] = {60, 60, 60, 60}, y[2] = {50, 50}, pressure = 10, oxygen = 93;
  double demand = 0, weather_Pa = 0, lowest_Pa = 1e9;
  std::uint32_t quality = SAGGAR_GOOD, oxygen_quality = SAGGAR_GOOD;

 private:
  static plugin::testing::Rig make(std::map<std::string, double> params) {
    plugin::testing::Kiln kiln;
    kiln.add({"kiln.pressure", "Pa", -50, 50, 0});
    kiln.add({"gas.point1.o2", "%", 0, 100, 0});
    kiln.add({"gas.point1.h2o", "%", 0, 100, 0});
    for (int i = 0; i < 4; ++i) kiln.add({inlet(i), "Nm3/h", 0, 100, 0});
    for (int i = 0; i < 2; ++i) kiln.add({valve(i), "%", 0, 100, 0});
    plugin::testing::Options options;
    options.period_s = 10;
    options.latency_cycles = 1;
    options.zone_count = 1;
    options.budget_ns = 1'000'000'000;
    params.try_emplace("first_soak_point", 1);
    params.try_emplace("o2_per_flow", 0.01);
    options.params = std::move(params);
    auto rig = plugin::testing::rig_of<AtmosphereController>(kiln, options);
    rig.reference("o2.*.flow_setpoint", 60);
    rig.limits("o2.*.flow_setpoint", 51, 69);
    rig.reference("exhaust.*.position_setpoint", 50);
    rig.limits("exhaust.*.position_setpoint", 5, 95);
    rig.set_free("o2.*.flow_setpoint", true);
    rig.set_free("exhaust.*.position_setpoint", true);
    rig.driving(true);
    return rig;
  }
};

TEST(AtmosphereController, TakesNoMoreOxygenThanTheBandsAskAndHoldsThePressure) {
  Gas gas;
  EXPECT_EQ(gas.run(6).status, Status::ok);
  for (const double q : gas.q) EXPECT_NEAR(q, 60 * (1 - 0.145), 0.1) << "the trim is the limit";
  EXPECT_NEAR(gas.pressure, 10, 0.5);
  EXPECT_GT(gas.lowest_Pa, 6) << "also on the way";
}

TEST(AtmosphereController, WhereOxygenInTheSoakFallsFlowsComeBack) {
  Gas gas;
  gas.demand = 125;  // 90.5 % at the recipe's flow: none to give away
  gas.run(8);
  EXPECT_GE(gas.oxygen, 90.5 - 0.1);
  EXPECT_NEAR(gas.q[0] + gas.q[1] + gas.q[2] + gas.q[3], 240, 8);
}

TEST(AtmosphereController, WeatherOnTheStackDoesNotMoveThePressureForLong) {
  Gas gas;
  gas.run(4);
  gas.weather_Pa = -6;
  gas.run(2);
  EXPECT_NEAR(gas.pressure, 10, 0.7);
}

TEST(AtmosphereController, WithoutPriceFlowsStayWithTheRecipe) {
  Gas gas({{"flow_price", 0}});
  gas.run(4);
  EXPECT_NEAR(gas.q[0], 60, 0.5);
}

// Inlets let in 240, the load gives 1087, the dampers draw 100 % x 13.27: balanced. The supply
// fails by half: 120 too little is 9.6 Pa; dampers would close by 4.8 % each, 127 in the balance of
// setpoints. 20 of it give 20 / 13.27 x 1 Pa = 1.5 Pa back.
TEST(AtmosphereController, ClosesDampersNoFurtherThanTheBalanceOfSetpointsAllows) {
  const std::map<std::string, double> about{
      {"damper_draws", 13.27}, {"load_gas_Nm3_per_h", 1087}, {"flow_price", 0}};
  auto with = about;
  with["balance_Nm3_per_h"] = 20;
  Gas free(about), bound(with);
  for (Gas* gas : {&free, &bound}) {
    gas->run(1);
    gas->weather_Pa = -0.08 * 120;
    gas->run(2);
  }
  const auto balance = [](const Gas& g) {
    return g.q[0] + g.q[1] + g.q[2] + g.q[3] + 1087 - 13.27 * (g.y[0] + g.y[1]);
  };
  EXPECT_GT(balance(free), 100);
  EXPECT_NEAR(free.pressure, 10, 0.7);
  EXPECT_NEAR(balance(bound), 20, 0.5) << "as far as that, for the pressure";
  EXPECT_NEAR(bound.pressure, 10 - 9.6 + 1.5, 0.3);
}

TEST(AtmosphereController, BlindForTooLongIsNoProposal) {
  Gas gas;
  gas.run(1);
  gas.quality = SAGGAR_BAD;
  EXPECT_EQ(gas.step().status, Status::degraded);
  plugin::testing::Outcome out;
  for (int i = 0; i < 40; ++i) out = gas.step();
  EXPECT_EQ(out.status, Status::no_proposal);
  EXPECT_EQ(out.why, plugin::Why::inputs_missing);
}

TEST(AtmosphereController, WhereNoPointOfTheSoakMeasuresOxygenAPriceIsRefused) {
  try {
    Gas gas({{"first_soak_point", 2}});
    FAIL() << "was taken";
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("flow_price"), std::string::npos) << e.what();
  }
}

TEST(AtmosphereController, WhileOxygenIsNotSeenFlowsGoBackToTheRecipe) {
  Gas gas;
  gas.run(4);
  EXPECT_LT(gas.q[0], 53);
  gas.oxygen_quality = SAGGAR_BAD;
  const auto out = gas.run(4);
  EXPECT_EQ(out.status, Status::degraded);
  EXPECT_NEAR(gas.q[0], 60, 0.5);
}

TEST(AtmosphereController, ARestoredOneGoesOnBitForBit) {
  Gas gas;
  gas.run(1);
  EXPECT_EQ(gas.rig.restore_difference(30, [](plugin::testing::Rig& rig,
                                              int i) { rig.set("kiln.pressure", 9 + 0.1 * i); }),
            "");
}

}  // namespace
}  // namespace saggar::mpc
