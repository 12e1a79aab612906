#include "runtime/loop/pace.hpp"

#include <gtest/gtest.h>

namespace saggar::loop {
namespace {

TEST(Pace, PlannedStartsLieExactlyOnePeriodApart) {
  Pace pace(100, OverrunPolicy::skip, 1000);
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(pace.next(900 + i * 100).planned_ns, 1000 + i * 100);
  }
  EXPECT_EQ(pace.overruns(), 0U);
}

TEST(Pace, SkipDropsTheMissedStartsAndKeepsThePhase) {  // peers re-base and lose it
  Pace pace(100, OverrunPolicy::skip, 1000);
  pace.next(900);
  const Pace::Start start = pace.next(1350);  // 1100 and 1200 are past, 1300 is the newest due
  EXPECT_EQ(start.planned_ns, 1300);
  EXPECT_EQ(start.skipped, 2U);
  EXPECT_EQ(pace.next(1360).planned_ns, 1400);
  EXPECT_EQ(pace.overruns(), 1U);
  EXPECT_EQ(pace.skipped(), 2U);
}

TEST(Pace, CatchUpRunsEveryMissedStart) {
  Pace pace(100, OverrunPolicy::catch_up, 1000);
  pace.next(900);
  EXPECT_EQ(pace.next(1350).planned_ns, 1100);
  EXPECT_EQ(pace.next(1350).planned_ns, 1200);
  EXPECT_EQ(pace.skipped(), 0U);
  EXPECT_GE(pace.overruns(), 1U);
}

// Started at 1000 and ended at 1099: in time. The next, started at 1100, ends at 1299 and takes the
// start at 1200 late: an overrun, though no start is skipped.
TEST(Pace, ACycleThatEndsAfterTheNextStartIsAnOverrun) {
  Pace pace(100, OverrunPolicy::skip, 1000);
  pace.next(900);
  EXPECT_EQ(pace.next(1099).planned_ns, 1100);
  EXPECT_EQ(pace.overruns(), 0U);
  const Pace::Start late = pace.next(1299);
  EXPECT_EQ(late.planned_ns, 1200);
  EXPECT_EQ(late.skipped, 0U);
  EXPECT_EQ(pace.overruns(), 1U);
}

}  // namespace
}  // namespace saggar::loop
