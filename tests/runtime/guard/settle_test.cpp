// G8, G9 and what is really sent.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Gate;
using domain::Outcome;
using domain::Reason;
using domain::Source;

void lower_all(void*, const guard::PredictiveInputs& in, std::vector<double>& goals) {
  for (std::size_t i = 0; i < goals.size(); ++i) {
    if (!std::isnan(goals[i])) goals[i] = in.in_force[i] - 1000;
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

}  // namespace
}  // namespace saggar::testing
