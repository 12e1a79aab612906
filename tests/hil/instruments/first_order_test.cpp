#include "hil/instruments/first_order.hpp"

#include <gtest/gtest.h>

namespace saggar::instruments {
namespace {

TEST(Followers, ReachSixtyThreePercentAfterOneLagWhateverTheStep) {
  for (const double dt : {0.1, 1.0, 5.0}) {
    Followers drive(1, 5.0, 1e9);
    for (double t = 0; t < 5.0 - 1e-9; t += dt) drive.follow(0, 1.0, dt);
    EXPECT_NEAR(drive.values()[0], 1.0 - std::exp(-1.0), 1e-9);
  }
}

TEST(Followers, NeverMoveFasterThanTheirRate) {
  Followers damper(1, 1.0, 2.0);
  damper.follow(0, 100.0, 1.0);
  EXPECT_EQ(damper.values()[0], 2.0);
  damper.follow(0, -100.0, 1.0);
  EXPECT_EQ(damper.values()[0], 0.0);
}

TEST(Analysers, ReachNinetyPercentAfterTheirStatedTime) {
  Analysers o2(1, 45.0, 0.0, 0.0, 1, "o2");
  for (double t = 0; t < 45.0 - 1e-9; t += 0.1) o2.follow(0, 1.0, 0.1);
  EXPECT_NEAR(o2.reading(0, 0), 0.9, 0.01);
}

TEST(Analysers, OffsetAndNoiseStayWithinTheirFigures) {
  Analysers o2(20, 45.0, 0.05, 0.2, 9, "o2");
  for (std::size_t i = 0; i < 20; ++i) {
    o2.settle(i, 93.0);
    for (std::uint64_t tick = 0; tick < 100; ++tick) {
      EXPECT_NEAR(o2.reading(i, tick), 93.0, 0.2 + 3.47 * 0.05);
    }
  }
  EXPECT_NE(o2.reading(0, 1), o2.reading(0, 2));
  EXPECT_NE(o2.reading(0, 1), o2.reading(1, 1));
}

}  // namespace
}  // namespace saggar::instruments
