// Rates, reference and taking over: what the guard remembers between cycles.
#include <gtest/gtest.h>

#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Gate;
using domain::Mode;
using domain::Reason;
using domain::Source;

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

TEST(Guard, AFieldAboveTheCeilingIsTakenOverAtTheCeiling) {  // SC-38
  domain::Plant plant = full_plant(2, 1);
  plant.mvs[0].trip = 765;
  Rig rig(plant);
  rig.set(plant.mvs[0].working, 790);
  rig.step();
  EXPECT_EQ(rig.command.action[0], Action::write);
  EXPECT_EQ(rig.command.value[0], 750);
}

}  // namespace
}  // namespace saggar::testing
