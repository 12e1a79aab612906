#include "controllers/twin/exhaust_watch.hpp"

#include <gtest/gtest.h>

namespace saggar::twin {
namespace {

class ExhaustWatching : public ::testing::Test {
 protected:
  ExhaustWatching() : s_(1), findings_(4), watch_(Limits{}) {
    s_.dt_s = 30;
    s_.settled = true;
    d_ = {10, 16.4, 1.0};  // 16.4 = 2.593 root(40)
    steps(240);
  }
  void steps(int n) {
    for (int i = 0; i < n; ++i) {
      findings_.clear();
      s_.now_s += s_.dt_s;
      watch_.step(s_, d_, findings_);
    }
  }

  Signals s_;
  Findings findings_;
  ExhaustWatch watch_;
  Draught d_;
};

// Conductance 16.4 / root(10 + 30) = 2.593; at 51.6 Pa it is 16.4 / root(81.6) = 1.815, 30 % less:
// each 30 s adds 0.30 - 0.11, the level 1 takes 6 samples and the two minutes of the filter.
TEST_F(ExhaustWatching, TheSameFlowAtAHigherPressureIsABlockedExhaust) {
  d_.pressure_Pa = 51.6;
  steps(20);
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].cause, Cause::exhaust_blocked);
  EXPECT_EQ(findings_[0].zone, Finding::kNowhere);
  EXPECT_NEAR(findings_[0].size, -0.30, 0.03);
  EXPECT_NEAR(findings_[0].expected, 10, 0.5);
  d_.pressure_Pa = 10;
  steps(60);
  EXPECT_EQ(findings_.count(), 0U);
}

TEST_F(ExhaustWatching, ADamperThatIsClosedOnPurposeIsNot) {
  d_.open = 0.7;
  d_.pressure_Pa = 51.6;
  steps(60);
  EXPECT_EQ(findings_.count(), 0U);
}

// Root(40 / 37) = 1.04: weather.
TEST_F(ExhaustWatching, WeatherThatDrawsThreePascalLessIsNot) {
  d_.pressure_Pa = 13;
  steps(2000);
  EXPECT_EQ(findings_.count(), 0U);
}

}  // namespace
}  // namespace saggar::twin
