#include "controllers/twin/swap_watch.hpp"

#include <gtest/gtest.h>

namespace saggar::twin {
namespace {

/// Two zones, all at rest at 8 kW and 700 degC for two hours.
class SwapWatching : public ::testing::Test {
 protected:
  SwapWatching() : s_(2), findings_(8), watch_(Limits{}, 2) {
    s_.dt_s = 30;
    for (std::size_t i = 0; i < 4; ++i) {
      s_.reading_degC[i] = 700;
      s_.power_kW[i] = 8;
    }
    steps(240);
  }
  void steps(int n) {
    for (int i = 0; i < n; ++i) {
      findings_.clear();
      s_.now_s += s_.dt_s;
      watch_.step(s_, findings_);
    }
  }

  Signals s_;
  Findings findings_;
  SwapWatch watch_;
};

// The top of zone 1 takes 3 kW more, that of zone 2 3 kW less; while the first falls by 2 K and the
// other rises by 3: -(6 kW) (-5 K) = 30 kW K, less 0.02.
TEST_F(SwapWatching, WorkTheWrongWayIsPowerApartTimesTheWayOfTheReadings) {
  s_.power_kW[0] = 11;
  s_.power_kW[1] = 5;
  steps(1);
  EXPECT_EQ(watch_.work(0, 1).value, 0) << "nothing has moved";
  s_.reading_degC[0] -= 2;
  s_.reading_degC[1] += 3;
  steps(1);
  EXPECT_NEAR(watch_.work(0, 1).value, 30 - 0.02, 0.3);  // the usual power has moved a little
  EXPECT_EQ(watch_.work(0, 2).value, 0) << "one at rest follows nothing";
  ASSERT_EQ(findings_.count(), 1U);
  const Finding& f = findings_[0];
  EXPECT_EQ(f.cause, Cause::thermocouple_swap);
  EXPECT_EQ(f.zone, 0);
  EXPECT_EQ(f.other_zone, 1);
  EXPECT_EQ(f.element, 0);
  EXPECT_EQ(f.other_element, 0);
}

TEST_F(SwapWatching, ReadingsThatGoWhereThePowerPushesThemAreNoSwap) {
  s_.power_kW[0] = 14;
  for (int i = 0; i < 100; ++i) {
    s_.reading_degC[0] += 0.3;
    steps(1);
  }
  EXPECT_EQ(watch_.work(0, 1).value, 0);
  EXPECT_EQ(findings_.count(), 0U);
}

// A reading that jumps by 20 K at rest does no work; its loop takes the power away, and it comes
// down again: the right way.
TEST_F(SwapWatching, ASuddenErrorOfOneThermocoupleIsNoSwap) {
  s_.reading_degC[0] += 20;
  steps(1);
  s_.power_kW[0] = 1;
  for (int i = 0; i < 40; ++i) {
    steps(1);
    s_.reading_degC[0] -= 0.5;
  }
  EXPECT_EQ(findings_.count(), 0U);
}

// An open door cools one zone faster than its heater warms it; the other one stays.
TEST_F(SwapWatching, ColdAirThatFallsOnOneOfTheTwoIsNoSwap) {
  for (int i = 0; i < 20; ++i) {
    s_.power_kW[0] = 15;
    s_.reading_degC[0] -= 4;
    s_.power_kW[1] = 9;
    s_.reading_degC[1] -= 0.5;
    steps(1);
  }
  EXPECT_EQ(watch_.work(0, 1).value, 0);
  EXPECT_EQ(findings_.count(), 0U);
}

TEST_F(SwapWatching, AFindingEndsWhenTheWorkIsUndone) {
  s_.power_kW[0] = 11;
  s_.power_kW[1] = 5;
  steps(1);
  s_.reading_degC[0] -= 6;
  steps(1);
  ASSERT_EQ(findings_.count(), 1U);
  s_.reading_degC[0] += 6;
  steps(1);
  EXPECT_EQ(findings_.count(), 0U);
}

}  // namespace
}  // namespace saggar::twin
