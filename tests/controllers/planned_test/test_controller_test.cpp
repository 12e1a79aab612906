#include "controllers/planned_test/test_controller.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <saggar/plugin/testing.hpp>

namespace saggar::planned_test {
namespace {

using identify::TestEnd;
using identify::TestPhase;
using plugin::Status;
using plugin::testing::Kiln;
using plugin::testing::Options;
using plugin::testing::Outcome;
using plugin::testing::Rig;

Rig make(std::map<std::string, double> params = {}) {
  Kiln kiln;
  kiln.zones(4);
  Options options;
  params.try_emplace("groups", 2);
  params.try_emplace("switching_s", 300);
  params.try_emplace("group_s", 3000);
  params.try_emplace("rest_s", 300);
  params.try_emplace("rate_K_per_min", 1.8);
  options.params = std::move(params);
  Rig rig = plugin::testing::rig_of<TestController>(kiln, options);
  rig.reference("zone*.*.setpoint", 750);
  rig.working("zone*.*.setpoint", 751);  // the rung before had a trim of 1 K
  rig.limits("zone*.*.setpoint", 700, 800);
  rig.set("zone*.*.temperature", 751);
  rig.set_free("zone*.*.setpoint", true);
  rig.driving(true);
  return rig;
}

Outcome run(Rig& rig, int steps) {
  Outcome last;
  for (int i = 0; i < steps; ++i) {
    last = rig.step();
    EXPECT_EQ(last.wrong, "");
  }
  return last;
}

TEST(TestController, WithoutATestItHasNoProposal) {
  Rig rig = make();
  const Outcome o = rig.step();
  EXPECT_EQ(o.status, Status::no_proposal);
  EXPECT_NE(o.message.find("set run to 1"), std::string::npos);
}

TEST(TestController, AskedForItProposesWhatStandsUntilItDrives) {
  Rig rig = make({{"run", 1}});
  rig.driving(false);
  EXPECT_EQ(run(rig, 2000).status, Status::ok);
  EXPECT_EQ(rig.proposal("zone01.top.setpoint"), 751);
}

TEST(TestController, MovesBothLoopsOfTheZonesOfOneGroupAroundWhereTheyStood) {
  Rig rig = make({{"run", 1}});
  double low = 1e9, high = -1e9;
  for (int i = 0; i < 300 + 3000; ++i) {
    run(rig, 1);
    const double top = rig.proposal("zone01.top.setpoint");
    low = std::min(low, top);
    high = std::max(high, top);
    EXPECT_EQ(rig.proposal("zone01.bottom.setpoint"), top);
    EXPECT_EQ(rig.proposal("zone02.top.setpoint"), 751);  // of the second group
  }
  EXPECT_NEAR(low, 748, 1e-9);
  EXPECT_NEAR(high, 754, 1e-9);
}

TEST(TestController, NoSetpointMovesFasterThanItsRate) {
  Rig rig = make({{"run", 1}, {"rate_K_per_min", 1.8}});
  double before = 751;
  for (int i = 0; i < 6850; ++i) {
    run(rig, 1);
    const double now = rig.proposal("zone03.top.setpoint");
    EXPECT_LE(std::fabs(now - before), 1.8 / 60 + 1e-9);
    before = now;
  }
}

TEST(TestController, WhenItIsOverEverySetpointIsWhereItStoodAndThereIsNoProposal) {
  Rig rig = make({{"run", 1}});
  int steps = 0;
  Outcome o = rig.step();
  while (o.status == Status::ok && steps < 20000) {
    for (const char* tag : {"zone01.top.setpoint", "zone02.top.setpoint"})
      EXPECT_NEAR(rig.proposal(tag), 751, 3.0001);
    o = rig.step();
    ++steps;
  }
  // Two groups of ten slots of 300 s and three rests of 300 s.
  EXPECT_NEAR(steps, 2 * 3000 + 3 * 300, 310);
  EXPECT_EQ(o.status, Status::no_proposal);
  EXPECT_EQ(rig.step().status, Status::no_proposal);  // and does not begin anew
}

TEST(TestController, AThermocoupleOutsideItsBandEndsTheTest) {
  Rig rig = make({{"run", 1}, {"hold_s", 10}});
  run(rig, 1000);
  rig.set("zone04.bottom.temperature", 770);
  run(rig, 200);  // 11 s to see it and at most 100 s to come back
  EXPECT_EQ(rig.step().status, Status::no_proposal);
}

TEST(TestController, AThermocoupleThatIsLostEndsTheTest) {
  Rig rig = make({{"run", 1}, {"hold_s", 10}});
  run(rig, 1000);
  rig.set("zone04.bottom.temperature", std::numeric_limits<double>::quiet_NaN(), SAGGAR_BAD);
  run(rig, 200);
  EXPECT_EQ(rig.step().status, Status::no_proposal);
}

TEST(TestController, APersonWhoTakesATestedZoneEndsTheTest) {
  Rig rig = make({{"run", 1}, {"hold_s", 10}});
  run(rig, 1000);
  rig.set_free("zone01.top.setpoint", false);
  run(rig, 200);
  EXPECT_EQ(rig.step().status, Status::no_proposal);
}

TEST(TestController, LosingTheSeatEndsTheTestAtOnce) {
  Rig rig = make({{"run", 1}});
  run(rig, 1000);
  rig.driving(false);
  rig.step();
  EXPECT_EQ(rig.step().status, Status::no_proposal);
}

TEST(TestController, ZonesWithoutAmplitudeStayAndPlansThatCannotBeRunAreRefused) {
  Kiln kiln;
  kiln.zones(2);
  Options options;
  options.params = {{"groups", 1}, {"run", 1}};
  options.per_output["amplitude_K"] = {0, 0, 3, 3};
  Rig rig = plugin::testing::rig_of<TestController>(kiln, options);
  rig.reference("zone*.*.setpoint", 750);
  rig.working("zone*.*.setpoint", 750);
  rig.limits("zone*.*.setpoint", 700, 800);
  rig.set("zone*.*.temperature", 750);
  rig.set_free("zone*.*.setpoint", true);
  rig.driving(true);
  run(rig, 1500);
  EXPECT_EQ(rig.proposal("zone01.top.setpoint"), 750);
  EXPECT_NE(rig.proposal("zone02.top.setpoint"), 750);
  Kiln other;
  other.zones(2);
  options.params["switching_s"] = 60;  // 6 K at 1.8 K/min take 200 s
  EXPECT_THROW(plugin::testing::rig_of<TestController>(other, options), std::runtime_error);
}

TEST(TestController, ARestoredInstanceGoesOnBitForBit) {
  Rig rig = make({{"run", 1}});
  run(rig, 777);
  EXPECT_EQ(rig.restore_difference(900), "");
}

}  // namespace
}  // namespace saggar::planned_test
