#include "controllers/twin/sensor_watch.hpp"

#include <gtest/gtest.h>

namespace saggar::twin {
namespace {

/// Six zones at rest, 200 W per kelvin and half; the balances are 100 W off since ever.
class SensorWatching : public ::testing::Test {
 protected:
  static constexpr std::size_t kZones = 6;
  SensorWatching() : s_(kZones), findings_(8), watch_(Limits{}, kZones), held_(kZones, 0) {
    s_.dt_s = 30;
    s_.settled = true;
    for (std::size_t i = 0; i < 2 * kZones; ++i) {
      s_.reading_degC[i] = 700;
      s_.power_kW[i] = 8;
      s_.per_K[i] = 200;
      s_.residual_W[i] = i % 2 == 0 ? 100 : -100;
    }
    hours(24);
  }
  void hours(double h) {
    for (int i = 0; i < static_cast<int>(120 * h); ++i) {
      findings_.clear();
      s_.now_s += s_.dt_s;
      watch_.step(s_, held_, findings_);
    }
  }
  /// What an error does: its half takes 200 W/K less, the other 0.45 of that more.
  void err(std::size_t loop, double error_K) {
    const std::size_t other = (loop + kZones) % (2 * kZones);
    s_.residual_W[loop] -= 200 * error_K;
    s_.residual_W[other] += 0.45 * 200 * error_K;
  }

  Signals s_;
  Findings findings_;
  SensorWatch watch_;
  std::vector<std::uint8_t> held_;
};

// Top of zone 3 by 5 K: difference -5 x 200 x 1.45 = -1450 W, sum -5 x 200 x 0.55 = -550 W.
TEST_F(SensorWatching, TellsPlaceSignAndSizeFromBothHalves) {
  err(2, 5);
  hours(3);
  EXPECT_NEAR(watch_.apart_W(2), -1450, 15);
  EXPECT_NEAR(watch_.together_W(2), -550, 6);
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].cause, Cause::thermocouple_wrong);
  EXPECT_EQ(findings_[0].zone, 2);
  EXPECT_EQ(findings_[0].element, 0);
  EXPECT_NEAR(findings_[0].size, 5, 0.1);
  EXPECT_NEAR(findings_[0].measured - findings_[0].expected, -1.0, 0.02);
  EXPECT_EQ(watch_.fit(s_, 2, 1).ratio, 0) << "not the other sign";
  EXPECT_GT(watch_.fit(s_, 2, 0).ratio, watch_.fit(s_, 2, 3).ratio) << "not bottom too low";
}

// Evidence of 10 minutes for 2 K against an error of 5 K in full: a = -580, t = -220, and with
// 250 and 400 W: (580 (1450 - 290) / 250^2) + (220 (550 - 110) / 400^2) = 11.4, 2.6 blocks to 30.
TEST_F(SensorWatching, TakesHalfAnHourToTheLevelAndHalfAnHourToBeSure) {
  err(2, 5);
  hours(0.5);
  EXPECT_LT(watch_.sum(2, 0).value, 30);
  hours(0.3);
  EXPECT_GT(watch_.sum(2, 0).value, 30);
  EXPECT_EQ(findings_.count(), 0U);
  hours(0.6);
  EXPECT_EQ(findings_.count(), 1U);
}

TEST_F(SensorWatching, TheBottomThatReadsTooLowIsNotTheTopThatReadsTooHigh) {
  err(kZones + 4, -5);
  hours(3);
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].zone, 4);
  EXPECT_EQ(findings_[0].element, 1);
  EXPECT_NEAR(findings_[0].size, -5, 0.1);
}

TEST_F(SensorWatching, ALoadThatBothHalvesSeeIsNoFaultOfAThermocouple) {
  for (std::size_t k = 0; k < 2 * kZones; ++k) s_.residual_W[k] += 800;
  hours(10);
  EXPECT_EQ(findings_.count(), 0U);
}

TEST_F(SensorWatching, NothingIsJudgedNorLearntWhereSomethingElseDisturbs) {
  held_[2] = 1;
  err(2, 20);
  hours(10);
  EXPECT_EQ(watch_.sum(2, 0).value, 0);
  EXPECT_EQ(findings_.count(), 0U);
  held_[2] = 0;
  hours(2);
  EXPECT_EQ(findings_.count(), 1U) << "what was usual is still known";
}

TEST_F(SensorWatching, AFindingEndsWithItsFault) {
  err(2, 5);
  hours(3);
  ASSERT_EQ(findings_.count(), 1U);
  err(2, -5);
  hours(8);
  EXPECT_EQ(findings_.count(), 0U);
}

}  // namespace
}  // namespace saggar::twin
