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

}  // namespace
}  // namespace saggar::guard
