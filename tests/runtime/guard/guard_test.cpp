#include "runtime/guard/guard.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/guard/rig.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Gate;
using domain::Limited;
using domain::Mode;
using domain::Outcome;
using domain::Reason;
using domain::Source;

/// Driven and settled: every MV has had its first write at its recipe value.
struct Settled : Rig {
  explicit Settled(domain::Plant kiln = full_plant(3, 3)) : Rig(std::move(kiln)) {
    for (int k = 0; k < 5; ++k) step();
  }
};

TEST(Guard, ZeroTrimReproducesTheRecipeBitForBit) {  // PF-24
  Rig rig(full_plant(3, 3));
  for (std::size_t i = 0; i < rig.plant.mvs.size(); ++i) {
    if (rig.plant.mvs[i].duty == domain::Duty::heat) {
      rig.recipe[i] = 750.3 + static_cast<double>(i) * 0.1;
    }
    rig.set(rig.plant.mvs[i].working, rig.recipe[i]);
    rig.ask(i, rig.recipe[i], Source::recipe);
  }
  for (int k = 0; k < 10; ++k) rig.step();
  for (std::size_t i = 0; i < rig.plant.mvs.size(); ++i) EXPECT_EQ(rig.last(i), rig.recipe[i]) << i;
}

TEST(Guard, FirstWriteTakesOverAtTheWorkingSetpoint) {  // SC-55
  Rig rig(full_plant(3, 3));
  rig.set(rig.plant.mvs[2].working, 748.4);
  rig.ask(2, 748.4, Source::controller);
  rig.step();
  EXPECT_EQ(rig.command.action[2], Action::write);
  EXPECT_EQ(rig.command.value[2], 748.4);
}

TEST(Guard, CommandCarriesCycleFrameValidityAndHeartbeat) {
  Settled rig;
  EXPECT_EQ(rig.command.frame_sequence, rig.frame.sequence);
  EXPECT_EQ(rig.command.time_ns, rig.time_ns);
  EXPECT_EQ(rig.command.valid_until_ns, rig.time_ns + 5'000'000'000);
  EXPECT_EQ(rig.command.heartbeat, 7U);
}

TEST(Guard, G1RefusesWhatIsNotANumberAndKeepsTheLastValue) {  // SC-25
  Settled rig;
  for (const double poison : {NAN, INFINITY, -INFINITY}) {
    rig.ask(0, poison, Source::controller);
    rig.step();
    EXPECT_EQ(rig.limit(0, Gate::g1_form), Reason::non_finite);
    EXPECT_EQ(rig.command.action[0], Action::none);
    EXPECT_EQ(rig.command.value[0], 750);
    EXPECT_EQ(rig.limited[0], Limited::constant);
  }
}

TEST(Guard, G1RefusesAFrameThatRunsBackwardsUntilItsSuccessorsRise) {  // SC-25
  Settled rig;
  rig.frame.sequence = 0;
  rig.ask(0, 750.5, Source::controller);
  rig.step();
  EXPECT_EQ(rig.count(Gate::g1_form, Outcome::reject), rig.plant.mvs.size());
  EXPECT_EQ(rig.limit(0, Gate::g1_form), Reason::sequence);
  rig.step();
  EXPECT_EQ(rig.limit(0, Gate::g1_form), Reason::sequence);
  rig.step();  // the third rising frame: the field has restarted
  EXPECT_EQ(rig.count(Gate::g1_form, Outcome::reject), 0U);
}

TEST(Guard, G1RefusesAWrongNumberOfAsks) {  // SC-25: dimension
  Settled rig;
  rig.request.asks.pop_back();
  rig.check();
  EXPECT_EQ(rig.count(Gate::g1_form, Outcome::reject), rig.plant.mvs.size());
  EXPECT_EQ(rig.limit(0, Gate::g1_form), Reason::wrong_shape);
  for (const Action action : rig.command.action) EXPECT_EQ(action, Action::none);
}

TEST(Guard, G2DropsAnAnswerThatIsTooOld) {  // SC-26: at most 1.5 periods of 30 s
  Settled rig;
  for (int k = 0; k < 60; ++k) rig.step();
  const auto age = [&](double age_s, std::uint64_t sequence) {
    ++rig.frame.sequence;
    rig.time_ns += 1'000'000'000;
    rig.frame.time_ns = rig.time_ns;
    rig.ask(0, 750.5, Source::controller);
    rig.request.asks[0].inputs_sequence = sequence;
    rig.request.asks[0].inputs_time_ns = rig.time_ns - static_cast<std::int64_t>(age_s * 1e9);
    rig.check();
    rig.obey();
    return rig.limit(0, Gate::g2_age);
  };
  EXPECT_EQ(age(45, 20), Reason::none);
  EXPECT_EQ(age(45.001, 20), Reason::stale_request);
  EXPECT_EQ(age(-1, 20), Reason::stale_request);  // from the future
  EXPECT_EQ(age(0, 0), Reason::stale_request);    // based on nothing
}

TEST(Guard, G2RefusesControllersWhenTheFrameItselfIsOld) {
  Settled rig;
  rig.time_ns += 46'000'000'000;
  rig.ask(0, 751, Source::controller);
  rig.request.asks[0].inputs_time_ns = rig.time_ns;
  rig.check();
  EXPECT_EQ(rig.limit(0, Gate::g2_age), Reason::stale_frame);
}

TEST(Guard, G3AuthorityMatrix) {  // SC-27: who may write in which mode
  const Source sources[] = {Source::controller, Source::operator_, Source::recipe, Source::hold};
  const struct {
    Mode mode;
    bool may[4];
  } rows[] = {
      {Mode::oos, {false, false, false, true}},   {Mode::iman, {false, false, false, true}},
      {Mode::lo, {false, false, false, true}},    {Mode::man, {false, true, false, false}},
      {Mode::auto_, {false, true, false, false}}, {Mode::cas, {false, false, true, true}},
      {Mode::rcas, {true, false, true, true}},    {Mode::rout, {false, false, false, false}}};
  for (const auto& row : rows) {
    for (std::size_t s = 0; s < 4; ++s) {
      Settled rig;
      rig.modes[1].actual = row.mode;
      rig.ask(1, 750.5, sources[s]);
      rig.step();
      EXPECT_EQ(rig.limit(1, Gate::g3_authority), row.may[s] ? Reason::none : Reason::no_authority)
          << name(row.mode) << " source " << s;
      const bool moves = row.may[s] && row.mode != Mode::oos && row.mode != Mode::iman;
      EXPECT_EQ(rig.last(1), moves ? 750.5 : 750.0) << name(row.mode) << " source " << s;
    }
  }
}

TEST(Guard, G3RefusesWithoutLinkAndWithoutAReadableWorkingSetpoint) {  // SC-03
  Rig rig(full_plant(2, 2));
  rig.set(rig.plant.mvs[0].working, 750, domain::Quality::bad);
  rig.step();
  EXPECT_EQ(rig.limit(0, Gate::g3_authority), Reason::cascade_open);
  EXPECT_EQ(rig.limit(1, Gate::g3_authority), Reason::none);
  rig.link_up = false;
  rig.step();
  EXPECT_EQ(rig.limit(1, Gate::g3_authority), Reason::link_lost);
}

TEST(Guard, InImanHoldShowsTheFieldItsOwnValueSoThatItGoesRemote) {  // SC-03
  Rig rig(full_plant(2, 2));
  rig.modes[0].actual = Mode::iman;
  rig.set(rig.plant.mvs[0].working, 731.7);
  rig.ask(0, 999, Source::hold);
  int writes = 0;
  for (int k = 0; k < 10; ++k) {
    rig.step();
    if (rig.command.action[0] != Action::write) continue;
    ++writes;
    EXPECT_EQ(rig.command.value[0], 731.7);
  }
  EXPECT_GE(writes, 2);  // every 3 s
  EXPECT_LE(writes, 4);
}

TEST(Guard, NoSourceReleasesToTheLocalRecipe) {
  Settled rig;
  rig.ask(0, 0, Source::none);
  rig.step();
  EXPECT_EQ(rig.command.action[0], Action::release);
  EXPECT_EQ(rig.count(Gate::g1_form, Outcome::pass), rig.plant.mvs.size() - 1);
}

TEST(Guard, G4ClampsToTheTrimBandTheAbsoluteLimitAndTheTripCeiling) {  // SC-28, SC-38
  domain::Plant plant = full_plant(3, 1);
  for (std::size_t i = 0; i < 6; ++i) plant.mvs[i].limits.per_period = 1e9;
  for (std::size_t i = 0; i < 6; ++i) plant.mvs[i].limits.per_minute = 1e9;
  for (std::size_t i = 0; i < 6; ++i) plant.mvs[i].limits.per_shift = 1e9;
  plant.mvs[1].trip = 772;  // ceiling 772 - 15 = 757
  plant.mvs[2].limits.high = 755;
  Settled rig(plant);
  for (const std::size_t i : {0U, 1U, 2U}) rig.ask(i, 900, Source::controller);
  rig.ask(3, 600, Source::controller);
  rig.step();
  EXPECT_EQ(rig.last(0), 765);  // recipe + 15
  EXPECT_EQ(rig.limit(0, Gate::g4_absolute), Reason::trim_limit);
  EXPECT_EQ(rig.last(1), 757);
  EXPECT_EQ(rig.limit(1, Gate::g4_absolute), Reason::trip_margin);
  EXPECT_EQ(rig.last(2), 755);
  EXPECT_EQ(rig.limit(2, Gate::g4_absolute), Reason::absolute_limit);
  EXPECT_EQ(rig.last(3), 735);
  EXPECT_EQ(rig.limited[0], Limited::high);
  EXPECT_EQ(rig.limited[3], Limited::low);
  EXPECT_EQ(rig.limited[4], Limited::no);
}

TEST(Guard, NoPersonGetsPastTheClampEither) {
  Settled rig;
  rig.modes[0].actual = Mode::man;
  rig.ask(0, 900, Source::operator_);
  for (int k = 0; k < 3600; ++k) rig.step();
  EXPECT_NEAR(rig.last(0), 760, 1e-9);  // 10 K per 8 h binds before the band of 15 K
  EXPECT_EQ(rig.limit(0, Gate::g5_rate), Reason::shift_limit);
}

TEST(Guard, G5LimitsPerPeriodPerMinuteAndPerShift) {  // SC-29, SC-37: 1 K, 2 K/min, 10 K in 8 h
  Settled rig;
  const double start_s = static_cast<double>(rig.time_ns) * 1e-9;
  rig.ask(0, 900, Source::controller);
  rig.step();
  EXPECT_NEAR(rig.last(0), 751, 1e-9);  // at once as much as one period allows
  EXPECT_EQ(rig.limit(0, Gate::g5_rate), Reason::rate_limit);
  double at_60s = 0;
  while (static_cast<double>(rig.time_ns) * 1e-9 < start_s + 8 * 3600 - 60) {
    rig.step();
    if (static_cast<double>(rig.time_ns) * 1e-9 <= start_s + 60) at_60s = rig.last(0);
  }
  EXPECT_LE(at_60s, 752 + 1e-9);
  EXPECT_NEAR(rig.last(0), 760, 1e-9);
  EXPECT_EQ(rig.limit(0, Gate::g5_rate), Reason::shift_limit);
  for (int k = 0; k < 3600; ++k) rig.step();  // the first moves are out of the window now
  EXPECT_GT(rig.last(0), 760.5);
}

TEST(Guard, LettingGoAndTakingOverAgainDoesNotWinBackTheRates) {
  Settled rig;
  rig.ask(0, 900, Source::controller);
  for (int k = 0; k < 1800; ++k) {
    rig.modes[0].actual = k % 2 == 0 ? Mode::oos : Mode::rcas;
    rig.step();
  }
  EXPECT_LE(rig.last(0), 760 + 1e-9);
}

TEST(Guard, TheReferenceFollowsTheRecipeNoFasterThanRb06) {  // 50 K/h up
  Settled rig;
  rig.recipe[0] = 850;
  const std::int64_t start = rig.time_ns;
  while (rig.time_ns < start + 3600'000'000'000) {
    rig.ask(0, 850, Source::recipe);
    rig.step();
  }
  EXPECT_NEAR(rig.guard.reference()[0], 800, 0.05);
  EXPECT_LE(rig.last(0), 800 + 10 + 1e-9);  // and the trim of 10 K per 8 h on top
}

TEST(Guard, HoldStaysWhereItIsWhileTheRecipeMovesAway) {
  Settled rig;
  rig.recipe[0] = 850;
  for (int k = 0; k < 1800; ++k) {
    rig.ask(0, 750, Source::hold);
    rig.step();
    ASSERT_EQ(rig.last(0), 750);
  }
}

TEST(Guard, G6DoesNotPushACvThatIsAtItsLimit) {  // SC-30
  domain::Plant plant = full_plant(2, 1);
  plant.mvs[0].pv_low = 700;
  plant.mvs[0].pv_high = 760;
  Settled rig(plant);
  rig.set(plant.mvs[0].pv, 760);
  rig.ask(0, 750.8, Source::controller);
  rig.step();
  EXPECT_EQ(rig.last(0), 750);
  EXPECT_EQ(rig.limit(0, Gate::g6_direction), Reason::direction_limit);
  rig.ask(0, 749.5, Source::controller);  // inward is free
  rig.step();
  EXPECT_EQ(rig.last(0), 749.5);
  rig.set(plant.mvs[0].pv, 699);
  rig.ask(0, 749.2, Source::controller);
  rig.step();
  EXPECT_EQ(rig.last(0), 749.5);
}

TEST(Guard, G7KeepsNeighboursAndTopAndBottomTogether) {  // SC-31
  domain::Plant plant = full_plant(3, 1);
  plant.cross.adjacent_zone_K = 0.5;
  plant.cross.top_bottom_K = 0.3;
  Settled rig(plant);
  rig.ask(0, 750.9, Source::controller);  // zone 1 top alone: bounded by its own bottom
  rig.step();
  EXPECT_NEAR(rig.last(0), 750.3, 1e-9);
  EXPECT_EQ(rig.limit(0, Gate::g7_cross), Reason::adjacent_limit);
  for (std::size_t i = 0; i < 6; ++i) rig.ask(i, 750.9, Source::controller);
  rig.step();  // all together: nobody stands in the way of anybody for long
  rig.step();
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(rig.last(i), 750.9, 1e-9) << i;
}

TEST(Guard, G7RaisesNothingAtFullPowerAndCountsABadOutputAsFull) {  // SC-31
  domain::Plant plant = full_plant(3, 1);
  plant.cross.total_power_kW = 23.9;  // of 48
  Settled rig(plant);                 // outputs at 40 %: 19.2 kW
  rig.ask(0, 750.2, Source::controller);
  rig.step();
  EXPECT_EQ(rig.last(0), 750.2);
  rig.set(plant.mvs[1].output, 0, domain::Quality::bad);  // 5 * 3.2 + 8 = 24
  rig.ask(0, 750.4, Source::controller);
  rig.ask(2, 749.8, Source::controller);
  rig.step();
  EXPECT_EQ(rig.last(0), 750.2);
  EXPECT_EQ(rig.limit(0, Gate::g7_cross), Reason::power_limit);
  EXPECT_EQ(rig.last(2), 749.8);  // lowering is free
}

TEST(Guard, G7SharesTheOxygenSupply) {  // SC-31: 3 inlets of 20, supply 60.2
  domain::Plant plant = full_plant(2, 3);
  plant.cross.o2_supply_Nm3_per_h = 60.2;
  Settled rig(plant);
  for (std::size_t i = 4; i < 7; ++i) rig.ask(i, 20.4, Source::controller);
  rig.step();
  double sum = 0;
  for (std::size_t i = 4; i < 7; ++i) sum += rig.last(i);
  EXPECT_LE(sum, 60.2 + 1e-9);
  EXPECT_GE(sum, 60.15);
  EXPECT_EQ(rig.limit(6, Gate::g7_cross), Reason::supply_limit);
}

void lower_all(void*, const guard::GuardInputs&, const std::vector<double>& in_force,
               std::vector<double>& goals) {
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (!std::isnan(goals[i])) goals[i] = in_force[i] - 1000;
  }
}

TEST(Guard, G8PassesWhenEmptyAndCannotLeaveTheLimitsWhenNot) {  // SC-32
  Settled rig;
  EXPECT_EQ(rig.count(Gate::g8_predictive, Outcome::pass), rig.plant.mvs.size());
  rig.guard.set_predictive(lower_all, nullptr);
  rig.step();
  EXPECT_EQ(rig.count(Gate::g8_predictive, Outcome::clip), rig.plant.mvs.size());
  EXPECT_NEAR(rig.last(0), 749, 1e-9);  // one period's worth, not 1000
}

TEST(Guard, G9FaultsAnMvAfterThreeMissesAndWaitsForAcknowledgement) {  // SC-33
  Settled rig;
  rig.ask(0, 750.6, Source::controller);
  int misses = 0, retries = 0;
  for (int k = 0; k < 30 && !rig.guard.faulted(0); ++k) {
    rig.step();
    rig.set(rig.plant.mvs[0].working, 750);  // accepts the write but clamps inside
    for (const domain::Event& event : rig.events) {
      misses += event.code == domain::EventCode::readback_miss && event.a == 0 ? 1 : 0;
    }
    retries += rig.limit(0, Gate::g9_readback) == Reason::readback_failed &&
                       rig.command.action[0] == Action::write
                   ? 1
                   : 0;
  }
  EXPECT_EQ(misses, 3);
  EXPECT_EQ(retries, 2);  // said again after the first two
  ASSERT_TRUE(rig.guard.faulted(0));
  rig.step();
  EXPECT_EQ(rig.limit(0, Gate::g3_authority), Reason::mv_fault);
  EXPECT_EQ(rig.command.action[0], Action::none);
  rig.guard.acknowledge(0);
  rig.ask(0, 750, Source::controller);
  rig.step();
  EXPECT_FALSE(rig.guard.faulted(0));
  EXPECT_EQ(rig.command.action[0], Action::write);
  EXPECT_EQ(rig.command.value[0], 750);
}

TEST(Guard, G9FindsAFieldThatStandsStillWhileTheValueRamps) {  // SC-33
  Settled rig;
  double value = 750;
  for (int k = 0; k < 60 && !rig.guard.faulted(0); ++k) {
    rig.ask(0, value += 0.1, Source::controller);
    rig.step();
    rig.set(rig.plant.mvs[0].working, 750);
  }
  EXPECT_TRUE(rig.guard.faulted(0));
}

TEST(Guard, G9AcceptsAFieldThatAnswersTwoCyclesLate) {
  Settled rig;
  double history[3] = {750, 750, 750};
  for (int k = 0; k < 600; ++k) {
    rig.ask(0, 750 + 0.9 * std::sin(k * 0.05), Source::controller);
    rig.step();
    rig.set(rig.plant.mvs[0].working, history[k % 3]);
    history[k % 3] = rig.last(0);
    ASSERT_FALSE(rig.guard.faulted(0)) << k;
  }
}

TEST(Guard, SuppressesWritesTheDeviceCouldNotTellApartButKeepsTheMean) {  // SC-39, IF-05
  Settled rig;
  const std::uint64_t before = rig.guard.writes()[0];
  double sum = 0;
  const int cycles = 6000;
  for (int k = 0; k < cycles; ++k) {
    rig.ask(0, 750.03, Source::controller);
    rig.step();
    sum += rig.last(0);
  }
  EXPECT_NEAR(sum / cycles, 750.03, 0.002);
  // 200 periods: the device alternates between two steps, at most every second period.
  EXPECT_LE(rig.guard.writes()[0] - before, 100U);
  EXPECT_GT(rig.guard.writes()[0] - before, 10U);
  EXPECT_GT(rig.guard.suppressed()[0], 5000U);
}

TEST(Guard, AConstantAskWritesOnce) {  // SC-39: 30 days of a steady recipe wear nothing
  Settled rig;
  const std::vector<std::uint64_t> before = rig.guard.writes();
  for (int k = 0; k < 30 * 2880; ++k) rig.step(30);
  EXPECT_EQ(rig.guard.writes(), before);
}

TEST(Guard, AFieldAboveTheCeilingIsTakenOverAtTheCeiling) {  // SC-38
  domain::Plant plant = full_plant(2, 1);
  plant.mvs[0].trip = 765;
  Rig rig(plant);
  rig.set(plant.mvs[0].working, 790);
  rig.step();
  EXPECT_EQ(rig.command.action[0], Action::write);
  EXPECT_EQ(rig.command.value[0], 750);
}

TEST(Guard, LimitsThatMakeNoSenseAreRefusedAndNeverWritten) {
  domain::Plant plant = full_plant(2, 1);
  EXPECT_TRUE(guard::check_limits(plant, {}).ok());
  plant.mvs[0].trip = 10;  // ceiling below the lowest value
  plant.mvs[0].limits.low = 20;
  const domain::Status status = guard::check_limits(plant, {});
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().text().find("zone01.top.setpoint"), std::string::npos);
  Rig rig(plant);
  rig.step();
  EXPECT_EQ(rig.limit(0, Gate::g3_authority), Reason::out_of_limits);
  EXPECT_EQ(rig.command.action[0], Action::none);
  domain::Plant coarse = full_plant(2, 1);
  coarse.mvs[1].resolution = 5;
  EXPECT_FALSE(guard::check_limits(coarse, {}).ok());
  domain::Plant band = full_plant(2, 1);
  band.mvs[1].limits.trim_low = 1;
  EXPECT_FALSE(guard::check_limits(band, {}).ok());
}

TEST(Guard, SavesAndRestoresItsWholeState) {
  Settled a;
  for (int k = 0; k < 500; ++k) {
    a.ask(0, 750 + 5 * std::sin(k * 0.1), Source::controller);
    a.step();
  }
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  a.guard.serialize(out);
  Rig b(full_plant(3, 3));
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  b.guard.serialize(in);
  ASSERT_TRUE(in.ok() && in.at_end());
  b.frame = a.frame;
  b.time_ns = a.time_ns;
  for (int k = 0; k < 500; ++k) {
    for (Rig* rig : {static_cast<Rig*>(&a), &b}) {
      rig->ask(0, 750 + 9 * std::sin(k * 0.2), Source::controller);
      rig->ask(3, 750 - k * 0.01, Source::controller);
      rig->step();
    }
    ASSERT_EQ(a.command.value, b.command.value) << k;
    ASSERT_EQ(a.command.action, b.command.action) << k;
  }
}

TEST(Guard, AsksNothingOfTheMachine) {
  Settled rig;
  rig.ask(0, 900, Source::controller);
  rig.ask(1, NAN, Source::controller);
  const gate::Scope scope;
  for (int k = 0; k < 1000; ++k) rig.step();
  EXPECT_TRUE(scope.counts().none());
}

}  // namespace
}  // namespace saggar::testing
