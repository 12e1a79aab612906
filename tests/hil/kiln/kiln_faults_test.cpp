// F1, F2, F4, F7, F14, F17, F22 of the fault catalogue: each does what it says, and ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hil/kiln/kiln.hpp"
#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

using faults::Kind;
using faults::State;

std::unique_ptr<Kiln> with(Kind kind, const std::string& target, double severity = 1.0,
                           double duration_s = 600) {
  auto kiln = small_kiln();
  kiln->inject({10, kind, target, severity, duration_s});
  return kiln;
}

TEST(KilnFaults, ABrokenThermocoupleReadsUpscaleIsBadAndItsLoopHoldsThenCuts) {
  const auto kiln = with(Kind::thermocouple_open, "zone04.top");
  const double before = sample(*kiln, "zone04.top.output").value;
  kiln->advance(60);
  const domain::Sample broken = sample(*kiln, "zone04.top.temperature");
  EXPECT_EQ(broken.quality, domain::Quality::bad);
  EXPECT_EQ(broken.sub_status, domain::SubStatus::sensor_failure);
  EXPECT_EQ(broken.value, 1372.0);
  EXPECT_NEAR(sample(*kiln, "zone04.top.output").value, before, 5.0);
  EXPECT_EQ(kiln->fault_statements()[0].state, State::active);
  kiln->advance(300);
  EXPECT_EQ(sample(*kiln, "zone04.top.output").value, 0.0);
  kiln->advance(400);
  EXPECT_EQ(kiln->fault_statements()[0].state, State::over);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").quality, domain::Quality::good);
}

TEST(KilnFaults, AStuckThermocoupleKeepsAGoodReading) {
  const auto kiln = with(Kind::thermocouple_stuck, "zone04.top");
  kiln->advance(20);
  const double stuck = sample(*kiln, "zone04.top.temperature").value;
  kiln->advance(300);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").value, stuck);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").quality, domain::Quality::good);
}

TEST(KilnFaults, AnOpenHeaterLosesItsShareOfThePower) {
  const auto healthy = small_kiln();
  const auto kiln = with(Kind::heater_open, "zone04.top", 0.5);
  for (Kiln* k : {healthy.get(), kiln.get()}) {
    k->manual(6, 60.0);
    k->advance(20);
  }
  EXPECT_NEAR(kiln->loop_power_kW(6) / healthy->loop_power_kW(6), 0.5, 1e-9);
  kiln->advance(600);
  healthy->advance(600);
  EXPECT_NEAR(kiln->loop_power_kW(6) / healthy->loop_power_kW(6), 1.0, 1e-9);
}

TEST(KilnFaults, AShortedPowerUnitHeatsUntilTheIndependentLimiterOpensTheContactor) {
  const auto kiln = with(Kind::scr_short, "zone03.top", 1.0, 0);
  kiln->manual(4, 0.0);
  kiln->advance(60);
  EXPECT_GT(kiln->loop_power_kW(4), 14.0);  // full power at zero output
  for (int i = 0; i < 12 * 3600 && !kiln->limiter_open(4); ++i) kiln->advance(1.0);
  EXPECT_TRUE(kiln->limiter_open(4));
  kiln->advance(5.0);
  EXPECT_EQ(kiln->loop_power_kW(4), 0.0);
  kiln->reset_limiters();
  EXPECT_TRUE(kiln->limiter_open(4));  // still too hot to be reset
}

TEST(KilnFaults, LinkLossDropsCommandsAndTheFieldSheds) {
  const auto kiln = with(Kind::link_loss, "", 1.0, 100);
  domain::Command command(kiln->mv_count());
  domain::Ack ack(kiln->mv_count());
  int answered = 0;
  for (int i = 0; i < 40; ++i) {
    ++command.cycle;
    ++command.heartbeat;
    command.valid_until_ns = kiln->time_ns() + 5'000'000'000;
    command.action[0] = domain::Action::write;
    command.value[0] = 210;
    answered += kiln->apply(command, ack) ? 1 : 0;
    kiln->advance(1.0);
  }
  EXPECT_NEAR(answered, 10, 1);
  EXPECT_TRUE(kiln->link_down());
  EXPECT_FALSE(kiln->host_alive());
  EXPECT_EQ(sample(*kiln, "zone01.top.remote").value, 0.0);
  kiln->advance(100);
  EXPECT_FALSE(kiln->link_down());
}

TEST(KilnFaults, ASupplyDropLowersFlowAndPurity) {
  const auto kiln = with(Kind::o2_supply_drop, "", 0.3, 0);
  kiln->advance(1800);
  EXPECT_NEAR(sample(*kiln, "o2.inlet01.flow").value, 21.0, 0.5);
  EXPECT_NEAR(sample(*kiln, "gas.point2.o2").value, 85.0, 1.5);
}

TEST(KilnFaults, AFeedGapIsSeenAtTheEntry) {
  const auto kiln = with(Kind::feed_gap, "", 1.0, 0);
  kiln->advance(60);
  const std::size_t before = kiln->load().beds().count();
  kiln->advance(4000);
  EXPECT_EQ(sample(*kiln, "feed.present").value, 0.0);
  EXPECT_EQ(sample(*kiln, "feed.saggar_mass").value, 0.0);
  EXPECT_LT(kiln->load().beds().count(), before);
}

TEST(KilnFaults, AnUnknownTargetIsStatedAsNotRealised) {
  const auto kiln = with(Kind::scr_short, "zone4.top");
  kiln->advance(20);
  const faults::Statement& statement = kiln->fault_statements()[0];
  EXPECT_EQ(statement.state, State::not_realised);
  EXPECT_THAT(statement.text(), ::testing::HasSubstr("did you mean \"zone04.top\"?"));
}

}  // namespace
}  // namespace saggar::kiln
