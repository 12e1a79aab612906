// One loop and its setpoint: sums and changes worked out by hand (HI-35).
#include "hil/suite/tracking.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

TEST(Tracking, SumsOfAFewSamplesByHand) {
  Tracking t;
  t.add(772, 770, 10);  // +2 K for 10 s
  t.add(769, 770, 20);  // -1 K for 20 s
  t.add(770, 770, 10);
  const TrackingSums s = t.sums();
  EXPECT_DOUBLE_EQ(s.seconds, 40);
  EXPECT_DOUBLE_EQ(s.error_Ks, 0);                         // 20 - 20
  EXPECT_DOUBLE_EQ(s.absolute_Ks, 40);                     // 20 + 20
  EXPECT_DOUBLE_EQ(s.squared_K2s, 60);                     // 40 + 20
  EXPECT_DOUBLE_EQ(s.late_Ks2, 2 * 5 * 10 + 1 * 20 * 20);  // in the middle of each: 5 s, 20 s
  EXPECT_EQ(s.most_K, 2);
  EXPECT_DOUBLE_EQ(s.inside_s, 30) << "all but the 10 s at 2 K";
  EXPECT_DOUBLE_EQ(s.in_section_s, 40) << "2 K are within 5";
  t.add(775, 770, 10);
  t.add(776, 770, 10);
  EXPECT_DOUBLE_EQ(t.sums().in_section_s, 50) << "the edge is within, 6 K are not";
  EXPECT_DOUBLE_EQ(s.mean_abs_K(), 1);
  EXPECT_EQ(s.changes, 0U);
}

TEST(Tracking, AStepSettlesWithTheLastExitFromTheBand) {
  Tracking t;
  t.add(700, 700, 60);
  // A step of 20 K: reaches the band after 3 min, leaves it once more, at most 2.5 K above.
  for (const double value : {702.0, 711.0, 718.5, 719.5, 722.5, 720.9, 720.4, 720.0, 719.8}) {
    t.add(value, 720, 60);
  }
  const TrackingSums s = t.sums();
  EXPECT_EQ(s.changes, 1U);
  EXPECT_EQ(s.unsettled, 0U);
  EXPECT_DOUBLE_EQ(s.settling_s.mean(), 300) << "722.5 in the fifth minute is the last outside";
  EXPECT_DOUBLE_EQ(s.overshoot.mean(), 2.5 / 20);
}

TEST(Tracking, AStepDownOvershootsDownwards) {
  Tracking t;
  t.add(720, 720, 60);
  for (const double value : {715.0, 699.0, 700.0}) t.add(value, 700, 60);
  const TrackingSums s = t.sums();
  EXPECT_DOUBLE_EQ(s.overshoot.mean(), 1.0 / 20);
  EXPECT_DOUBLE_EQ(s.settling_s.mean(), 60) << "699 lies on the edge, which belongs to the band";
}

TEST(Tracking, ARampIsOneChangeFromItsBeginToItsEnd) {
  Tracking t;
  t.add(700, 700, 60);
  for (int i = 1; i <= 10; ++i) t.add(700 + 2 * i, 700 + 2 * i, 60);  // followed without error
  for (int i = 0; i < 3; ++i) t.add(720.5, 720, 60);
  const TrackingSums s = t.sums();
  EXPECT_EQ(s.changes, 1U);
  EXPECT_DOUBLE_EQ(s.settling_s.mean(), 0);
  EXPECT_DOUBLE_EQ(s.overshoot.mean(), 0.5 / 20);
}

TEST(Tracking, ChangesFarApartAreTwoAndOneThatIsCutShortCounts) {
  Tracking t;
  t.add(700, 700, 60);
  for (int i = 0; i < 11; ++i) t.add(705, 710, 60);  // never arrives
  for (int i = 0; i < 5; ++i) t.add(720, 720, 60);
  const TrackingSums s = t.sums();
  EXPECT_EQ(s.changes, 2U);
  EXPECT_EQ(s.unsettled, 1U);
  EXPECT_EQ(s.settling_s.count(), 1U);
}

TEST(Tracking, SmallChangesAreNone) {
  Tracking t;
  t.add(700, 700, 60);
  t.add(700, 700.5, 60);
  EXPECT_EQ(t.sums().changes, 0U);
  EXPECT_TRUE(std::isnan(t.sums().settling_s.mean()));
}

TEST(Tracking, AGapAddsNothingAndTimeGoesOn) {
  Tracking t;
  t.add(700, 700, 60);
  t.add(NAN, 710, 60);
  t.add(705, 710, 60);
  t.add(710, 710, 60);
  const TrackingSums s = t.sums();
  EXPECT_DOUBLE_EQ(s.seconds, 180);
  EXPECT_DOUBLE_EQ(s.settling_s.mean(), 120) << "the gap counts as time since the change";
}

TEST(Tracking, AfterARestartTheFirstSetpointIsNoChange) {
  Tracking t;
  t.add(700, 700, 60);
  t.restart();
  t.add(700, 750, 60);
  EXPECT_EQ(t.sums().changes, 0U);
}

TEST(Tracking, LoopsAddUp) {
  Tracking a, b;
  a.add(702, 700, 10);
  b.add(697, 700, 30);
  TrackingSums s = a.sums();
  s += b.sums();
  EXPECT_DOUBLE_EQ(s.absolute_Ks, 20 + 90);
  EXPECT_DOUBLE_EQ(s.mean_K(), (20.0 - 90) / 40);
  EXPECT_EQ(s.most_K, 3);
}

}  // namespace
}  // namespace saggar::suite
