#include "controllers/twin/feed_watch.hpp"

#include <gtest/gtest.h>

namespace saggar::twin {
namespace {

/// One row of 5 kg each 13 cycles of 30 s at 0.8333 mm/s, which is 25 mm a cycle.
class FeedWatching : public ::testing::Test {
 protected:
  FeedWatching()
      : s_(1),
        findings_(4),
        places_(places()),
        line_(figures_, places_),
        watch_(Limits{}, figures_) {
    s_.dt_s = 30;
    s_.present = 1;
    s_.moved_m = 0.025;
    line_.fill();
    step();
  }
  static Places places() {
    Places p;
    p.zones = 4;
    return p;
  }
  void step() {
    findings_.clear();
    s_.now_s += s_.dt_s;
    watch_.step(s_, line_, findings_);
  }
  void row(double kg) {
    line_.mix_kg[0] = kg;
    ++line_.number[0];
    step();
  }

  Signals s_;
  Findings findings_;
  Figures figures_;
  Places places_;
  Line line_;
  FeedWatch watch_;
};

// The end of the last row is 0.16 m behind its middle, which stands one pitch inside: 0.16 m are
// empty when the entry is, 0.5 m 14 cycles of 25 mm later.
TEST_F(FeedWatching, AnEmptyLengthIsAGapWhenItIsLongerThanHandlingMakesIt) {
  s_.present = 0;
  for (int i = 0; i < 13; ++i) step();
  EXPECT_EQ(findings_.count(), 0U) << "0.16 + 13 x 0.025 = 0.485 m";
  step();
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].cause, Cause::saggar_gap);
  EXPECT_NEAR(findings_[0].measured, 0.51, 1e-9);
  s_.present = 1;
  step();
  EXPECT_EQ(findings_.count(), 0U);
}

TEST_F(FeedWatching, RollersThatStandStillMakeNoGap) {
  s_.present = 0;
  s_.moved_m = 0;
  for (int i = 0; i < 1000; ++i) step();
  EXPECT_EQ(findings_.count(), 0U);
}

// 10 % more: each row adds 0.10 - 0.04, the level 0.1 is passed by the second; 30 % by the first.
TEST_F(FeedWatching, RowsThatAreTooHeavyOrTooLightAreCounted) {
  row(5.5);
  EXPECT_EQ(findings_.count(), 0U);
  row(5.5);
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].cause, Cause::overfill);
  EXPECT_NEAR(watch_.heavy().value, 0.12, 1e-12);
  for (int i = 0; i < 4; ++i) row(5.0);
  EXPECT_EQ(findings_.count(), 0U) << "0.12 less 4 x 0.04";
  row(3.5);
  ASSERT_EQ(findings_.count(), 1U);
  EXPECT_EQ(findings_[0].cause, Cause::underfill);
  EXPECT_NEAR(watch_.light().value, 0.2, 1e-12) << "0.26, but at most twice the level";
}

TEST_F(FeedWatching, TheUsualSpreadOfARowIsNoFault) {
  for (int i = 0; i < 200; ++i) row(i % 2 == 0 ? 5.15 : 4.85);
  EXPECT_EQ(findings_.count(), 0U);
}

}  // namespace
}  // namespace saggar::twin
