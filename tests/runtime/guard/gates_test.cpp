// G1 to G4 and G6: may this be asked, and how far may it go.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Gate;
using domain::Limited;
using domain::Mode;
using domain::Outcome;
using domain::Reason;
using domain::Source;

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

TEST(Guard, AClipIsToldWhenItBeginsNotEveryCycle) {  // SC-34
  Settled rig(full_plant(2, 1));
  const auto told = [&](int cycles, double value) {
    int n = 0;
    for (int k = 0; k < cycles; ++k) {
      rig.ask(0, value, Source::controller);
      rig.step();
      for (const domain::Event& event : rig.events) {
        if (event.code != domain::EventCode::guard_clipped) continue;
        ++n;
        EXPECT_EQ(event.a, 0);
        EXPECT_EQ(event.b, static_cast<std::uint16_t>(Reason::trim_limit));
        EXPECT_EQ(event.x, 790);
        EXPECT_EQ(event.y, rig.last(0));
      }
    }
    return n;
  };
  EXPECT_EQ(told(5, 790), 1);
  EXPECT_EQ(told(5, 790), 0);
  const double at = rig.last(0);
  EXPECT_EQ(told(1, at) + told(3, 790), 0) << "a moment without is the same clip";
  EXPECT_EQ(told(400, rig.last(0)), 0);
  EXPECT_EQ(told(1, 790), 1) << "after a quiet period it is a new one";
}

TEST(Guard, NoPersonGetsPastTheClampEither) {
  Settled rig;
  rig.modes[0].actual = Mode::man;
  rig.ask(0, 900, Source::operator_);
  for (int k = 0; k < 3600; ++k) rig.step();
  EXPECT_NEAR(rig.last(0), 760, 1e-9);  // 10 K per 8 h binds before the band of 15 K
  EXPECT_EQ(rig.limit(0, Gate::g5_rate), Reason::shift_limit);
}

TEST(Guard, ADriveMovesNoFurtherInAnHourThanItsHourlyLimit) {  // SC-37: 2 %/h of the speed
  Settled rig;
  const std::size_t drive = rig.plant.mvs.size() - 1;
  const double start = rig.last(drive);
  rig.ask(drive, start + 0.04, Source::controller);
  for (int k = 0; k < 1800; ++k) rig.step();
  EXPECT_NEAR(rig.last(drive), start + 0.02, 1e-9);  // the band would allow 0.04
  EXPECT_EQ(rig.limit(drive, Gate::g5_rate), Reason::rate_limit);
  for (int k = 0; k < 5400; ++k) rig.step();  // the first movement has left the window
  EXPECT_NEAR(rig.last(drive), start + 0.04, 1e-9);
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

}  // namespace
}  // namespace saggar::testing
