#include <saggar/plugin/shift_limit.hpp>

#include <gtest/gtest.h>

namespace saggar::plugin {
namespace {

TEST(ShiftLimit, AllowsSoMuchFromTheExtremesOfTheTime) {
  ShiftLimit limit(1, 10, 4400);  // parts of 100 s
  double now = 0;
  limit.restart(&now);
  EXPECT_EQ(limit.lowest(0), -10);
  EXPECT_EQ(limit.highest(0), 10);
  now = -8;
  limit.watch(50, &now);
  EXPECT_EQ(limit.lowest(0), -10) << "it stood at 0 a minute ago";
  EXPECT_EQ(limit.highest(0), 2) << "from -8 no more than 10 up";
}

TEST(ShiftLimit, ForgetsWhatIsLongerAgoThanTheTime) {
  ShiftLimit limit(2, 10, 4400);
  double now[2] = {0, 5};
  limit.restart(now);
  now[0] = -8;
  for (int i = 0; i < 49; ++i) limit.watch(100, now);
  EXPECT_EQ(limit.lowest(0), -18);
  EXPECT_EQ(limit.lowest(1), -5);
}

TEST(TrimShift, IsWithinReachOfAllThatStoodAtTheFieldInTheHoursBefore) {
  TrimShift shift(1, 3);
  EXPECT_EQ(shift.within(0, 100), 100) << "nothing seen yet";
  shift.see(0, 700, 700, 685, 715);
  shift.pass(10);
  shift.see(0, 698, 700, 685, 715);
  shift.pass(10);
  EXPECT_DOUBLE_EQ(shift.within(0, 5), 1);     // -2 + 3
  EXPECT_DOUBLE_EQ(shift.within(0, -5), -3);   // 0 - 3
  EXPECT_DOUBLE_EQ(shift.within(0, 5, 1), 2);  // a kelvin more
  shift.see(0, 693, 700, 685, 715);            // further than it may: stays
  shift.pass(10);
  EXPECT_DOUBLE_EQ(shift.within(0, 0), -7);
}

TEST(TrimShift, ARampIsNoTrim) {
  TrimShift shift(1, 3);
  shift.see(0, 700, 700, 685, 715);
  shift.pass(10);
  shift.see(0, 720, 700, 685, 735);  // limits about 710: the reference is being gone to
  shift.pass(10);
  EXPECT_DOUBLE_EQ(shift.within(0, 30), 23);
  EXPECT_DOUBLE_EQ(shift.within(0, 0), 17);
}

}  // namespace
}  // namespace saggar::plugin
