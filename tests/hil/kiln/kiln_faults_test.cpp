// F1, F2, F4, F7, F14, F17, F22 of the fault catalogue: each does what it says, and ends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hil/faults/catalogue.hpp"
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

TEST(KilnFaults, OfTheLinkOrOfAControllerAreNothingThatAKilnCouldShow) {
  const auto late = with(Kind::link_delay, "");
  const auto mad = with(Kind::plugin_nan, "pid");
  for (Kiln* k : {late.get(), mad.get()}) {
    k->advance(20);
    EXPECT_EQ(k->fault_statements()[0].state, State::not_realised);
  }
  EXPECT_THAT(late->fault_statements()[0].why_not, ::testing::HasSubstr("hil/line"));
  EXPECT_THAT(mad->fault_statements()[0].why_not, ::testing::HasSubstr("saggar-drill"));
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
  EXPECT_THAT(kiln->reset_limiters(), ::testing::HasSubstr("zone03.top is still at 54"));
  EXPECT_TRUE(kiln->limiter_open(4));
}

// Trip at 540 degC, reset below 540 - trip_reset_K: a person who comes too early changes nothing,
// one who comes after the short is mended and the zone has cooled closes the contactor.
TEST(KilnFaults, APersonAtThePanelResetsATrippedLimiterThatHasCooledDown) {
  const auto kiln = with(Kind::scr_short, "zone03.top", 1.0, 0);
  kiln->manual(4, 0.0);
  for (int i = 0; i < 12 * 3600 && !kiln->limiter_open(4); ++i) kiln->advance(1.0);
  ASSERT_TRUE(kiln->limiter_open(4));
  const double tripped_s = 1e-9 * static_cast<double>(kiln->time_ns());
  kiln->inject({tripped_s + 5, Kind::limiter_reset, "zone03.top", 1.0, 0});
  kiln->inject({tripped_s + 6 * 3600, Kind::limiter_reset, "zone03.bottom", 1.0, 0});
  kiln->inject({tripped_s + 6 * 3600, Kind::limiter_reset, "", 1.0, 0});
  kiln->advance(10);
  EXPECT_TRUE(kiln->limiter_open(4));
  const auto& statements = kiln->fault_statements();
  EXPECT_EQ(statements[1].state, State::not_realised);
  EXPECT_THAT(statements[1].why_not, ::testing::HasSubstr("can be reset below 5"));
  kiln->advance(6 * 3600);
  EXPECT_FALSE(kiln->limiter_open(4));
  EXPECT_EQ(statements[2].state, State::not_realised);
  EXPECT_THAT(statements[2].why_not, ::testing::HasSubstr("no limiter is open"));
  EXPECT_EQ(statements[3].state, State::over);
  kiln->advance(5);
  EXPECT_GT(kiln->loop_power_kW(4), 14.0);  // the short is still there: full power again
}

TEST(KilnFaults, TheEndOfAShorterHeaterFaultLeavesTheLongerOneOnTheSameLoop) {
  const auto healthy = small_kiln();
  const auto kiln = with(Kind::heater_open, "zone04.top", 0.5, 300);
  kiln->inject({60, Kind::heater_open, "zone04.top", 0.8, 60});
  for (Kiln* k : {healthy.get(), kiln.get()}) k->manual(6, 60.0);
  // What is left of the power: 1, then 1 - 0.5, then 1 - 0.8 (the worse one), then again 0.5, 1.
  for (const auto& [until_s, share] :
       {std::pair{9, 1.0}, {55, 0.5}, {115, 0.2}, {305, 0.5}, {320, 1.0}}) {
    for (Kiln* k : {healthy.get(), kiln.get()}) {
      k->advance(until_s - 1e-9 * static_cast<double>(k->time_ns()));
    }
    EXPECT_NEAR(kiln->loop_power_kW(6) / healthy->loop_power_kW(6), share, 1e-9) << until_s << " s";
  }
}

TEST(KilnFaults, TheEndOfAnOpenCircuitLeavesASensorThatWasAlsoStuckAtItsOldReading) {
  const auto kiln = with(Kind::thermocouple_stuck, "zone04.top", 1.0, 300);
  kiln->inject({60, Kind::thermocouple_open, "zone04.top", 1.0, 60});
  kiln->advance(20);
  const double stuck = sample(*kiln, "zone04.top.temperature").value;
  kiln->advance(60);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").value, 1372.0);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").quality, domain::Quality::bad);
  kiln->advance(60);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").value, stuck);
  EXPECT_EQ(sample(*kiln, "zone04.top.temperature").quality, domain::Quality::good);
  kiln->advance(300);
  EXPECT_NEAR(sample(*kiln, "zone04.top.temperature").value, 600, 20);
}

TEST(KilnFaults, OverlappingLossesOfLinkFeedAndSupplyEndWithTheLastOfThem) {
  const auto kiln = with(Kind::link_loss, "", 1.0, 100);
  kiln->inject({20, Kind::link_loss, "", 1.0, 20});
  kiln->inject({10, Kind::feed_gap, "", 1.0, 20000});
  kiln->inject({20, Kind::feed_gap, "", 1.0, 20});
  kiln->inject({10, Kind::o2_supply_drop, "", 0.3, 20000});
  kiln->inject({20, Kind::o2_supply_drop, "", 0.1, 20});
  kiln->advance(60);
  EXPECT_TRUE(kiln->link_down());
  kiln->advance(60);
  EXPECT_FALSE(kiln->link_down());
  kiln->advance(3600);
  EXPECT_EQ(sample(*kiln, "feed.present").value, 0.0);
  EXPECT_NEAR(sample(*kiln, "o2.inlet01.flow").value, 21.0, 0.5);  // 30 less 30 %
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
  const auto twin = small_kiln();
  for (const auto& k : {kiln.get(), twin.get()}) k->advance(1800);
  EXPECT_NEAR(sample(*kiln, "o2.inlet01.flow").value, 21.0, 0.5);
  // 93 -> 85 % of the supply, and less of it against the same steam.
  EXPECT_LT(kiln->chamber().gas().fraction(kO2, 4),
            twin->chamber().gas().fraction(kO2, 4) * 85.0 / 93.0);
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

/// Something on the small kiln that a kind may be put on.
std::string any_target(Kind kind) {
  using faults::Where;
  switch (faults::meaning(kind).where) {
    case Where::loop:
    case Where::loop_or_all:
      return "zone04.top";
    case Where::damper_or_all:
      return "exhaust.damper1";
    case Where::group:
      return "transport.group1";
    case Where::end:
      return "exit";
    case Where::analyser:
      return "gas.point2.o2";
    case Where::inlet:
    case Where::write_tag:
      return "o2.inlet01";
    default:
      return {};
  }
}

// The state of two kilns of one seed, one of them with the fault, must differ while it is on.
TEST(KilnFaults, EveryKindOfThePlantAtEachLevelOfTheCatalogueIsRealisedAndLeavesItsMark) {
  const auto state_of = [](Kiln& kiln) {
    std::vector<std::uint8_t> bytes;
    auto archive = domain::Archive::saving(bytes);
    kiln.serialize_plant(archive);
    return bytes;
  };
  std::vector<std::uint8_t> start;
  const auto kiln = small_kiln();
  auto saved = domain::Archive::saving(start);
  kiln->serialize(saved);
  const auto restart = [&] {
    auto archive = domain::Archive::loading(start.data(), start.size());
    kiln->serialize(archive);
  };
  kiln->advance(20);
  const auto sound = state_of(*kiln);
  for (const faults::Row& row : faults::catalogue()) {
    if (faults::realised_by(row.kind) != faults::RealisedBy::kiln || momentary(row.kind)) continue;
    for (int level = 1; level <= faults::kLevels; ++level) {
      restart();
      kiln->inject({5, row.kind, any_target(row.kind), faults::severity_at(row.kind, level), 100});
      kiln->advance(20);
      EXPECT_EQ(kiln->fault_statements()[0].state, State::active)
          << kiln->fault_statements()[0].text();
      EXPECT_NE(state_of(*kiln), sound) << name(row.kind) << " level " << level;
    }
  }
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
