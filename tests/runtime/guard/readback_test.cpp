#include "runtime/guard/readback.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::guard {
namespace {

TEST(Readback, VerifiesWithinOneStep) {
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 1, 2, 3), Readback::Found::waiting);
  EXPECT_EQ(readback.look(750.3, 750.21, 0.1, 2, 3, 3), Readback::Found::verified);
  EXPECT_EQ(readback.look(750.3, 0, 0.1, 9, 9, 3), Readback::Found::idle);
}

TEST(Readback, ASlowPollGetsTwoFramesBeforeItCountsAsAMiss) {  // "or 2 polls"
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 10, 2, 3), Readback::Found::waiting);
  EXPECT_EQ(readback.look(750.3, 750.0, 0.1, 20, 3, 3), Readback::Found::missed);
  EXPECT_EQ(readback.misses(), 1);
}

TEST(Readback, AnUnreadableValueIsAMissAndAGoodOneEndsTheCount) {
  Readback readback;
  readback.sent(750.3, 0, 1);
  EXPECT_EQ(readback.look(750.3, NAN, 0.1, 4, 5, 3), Readback::Found::missed);
  EXPECT_EQ(readback.look(750.3, 750.3, 0.1, 5, 6, 3), Readback::Found::verified);
  EXPECT_EQ(readback.misses(), 0);
}

// A furnace controller that ramps its setpoint by 5 K/min takes 12 s for a step of 1 K, which is
// four deadlines of 3 s: 0.25 K nearer in each.
TEST(Readback, ADeviceThatRampsIsNoMiss) {
  Readback readback;
  readback.sent(501.0, 0, 1);
  for (int s = 1; s <= 10; ++s) {
    EXPECT_EQ(readback.look(501.0, 500.0 + s * 5.0 / 60, 0.1, s, 1 + static_cast<unsigned>(s), 3),
              Readback::Found::waiting)
        << s;
  }
  // After 11 s it is at 500.92, within the tolerance.
  EXPECT_EQ(readback.look(501.0, 500.0 + 55.0 / 60, 0.1, 11, 12, 3), Readback::Found::verified);
  EXPECT_EQ(readback.misses(), 0);
}

// It ramps as before, and at 500.3 an internal limit holds it.
TEST(Readback, ADeviceThatStopsOnTheWayIsMissedFromThenOn) {
  Readback readback;
  readback.sent(501.0, 0, 1);
  int missed = 0;
  for (int s = 1; s <= 12; ++s) {
    const double working = std::min(500.3, 500.0 + s * 5.0 / 60);
    missed += readback.look(501.0, working, 0.1, s, 1 + static_cast<unsigned>(s), 3) ==
                      Readback::Found::missed
                  ? 1
                  : 0;
  }
  EXPECT_EQ(missed, 3);
  EXPECT_EQ(readback.misses(), 3);
}

// It stood at 505, was then asked for exactly that, and runs away downwards: moving is not enough.
TEST(Readback, ADeviceThatRunsAwayFromWhereItStoodIsMissed) {
  Readback readback;
  readback.sent(510.0, 0, 1);
  EXPECT_EQ(readback.look(510.0, 505.0, 0.1, 1, 2, 3), Readback::Found::waiting);
  readback.sent(505.0, 1, 2);
  int missed = 0;
  for (int s = 2; s <= 9; ++s) {
    const double working = 504.0 - 0.5 * s;
    missed += readback.look(505.0, working, 0.1, s, 1 + static_cast<unsigned>(s), 3) ==
                      Readback::Found::missed
                  ? 1
                  : 0;
  }
  EXPECT_EQ(missed, 3);
}

}  // namespace
}  // namespace saggar::guard
