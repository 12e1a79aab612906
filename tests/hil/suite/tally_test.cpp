// Small sums, each against numbers added up by hand.
#include "hil/suite/tally.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

TEST(Spread, MeanAndDeviationOfASample) {
  Spread s;
  for (const double x : {2.0, 4.0, 4.0, 6.0, 9.0}) s.add(x);
  // Mean 25 / 5 = 5; squares 9 + 1 + 1 + 1 + 16 = 28; 28 / 4 = 7.
  EXPECT_DOUBLE_EQ(s.mean(), 5.0);
  EXPECT_DOUBLE_EQ(s.deviation(), std::sqrt(7.0));
  EXPECT_EQ(s.low(), 2.0);
  EXPECT_EQ(s.high(), 9.0);
  EXPECT_EQ(s.count(), 5U);
}

TEST(Spread, WhatIsNoNumberIsLeftOut) {
  Spread s;
  EXPECT_TRUE(std::isnan(s.mean()));
  EXPECT_TRUE(std::isnan(s.deviation()));
  s.add(NAN);
  s.add(3.0);
  EXPECT_EQ(s.count(), 1U);
  EXPECT_EQ(s.mean(), 3.0);
  EXPECT_EQ(s.deviation(), 0.0) << "one value has no spread";
}

TEST(Spread, AddsUpAsIfAllHadBeenInOne) {
  Spread all, a, b;
  for (const double x : {2.0, 4.0, 4.0}) all.add(x), a.add(x);
  for (const double x : {6.0, 9.0}) all.add(x), b.add(x);
  a += b;
  EXPECT_DOUBLE_EQ(a.mean(), all.mean());
  EXPECT_DOUBLE_EQ(a.deviation(), all.deviation());
  EXPECT_EQ(a.low(), 2.0);
  EXPECT_EQ(a.high(), 9.0);
  a += Spread{};
  EXPECT_EQ(a.count(), 5U);
  Spread none;
  none += b;
  EXPECT_EQ(none.mean(), 7.5);
  EXPECT_EQ(none.low(), 6.0);
}

TEST(Bands, CountWithinAndOnWhichSide) {
  Bands b;
  for (const double error : {-6.0, -5.0, -3.0, 0.0, 4.0, 7.0}) b.add(error, 3, 5);
  EXPECT_EQ(b.of, 6U);
  EXPECT_EQ(b.narrow, 2U) << "-3 (the edge belongs to it) and 0";
  EXPECT_EQ(b.wide, 4U) << "-5, -3, 0 and 4";
  EXPECT_EQ(b.below, 1U);
  EXPECT_EQ(b.above, 1U);
  EXPECT_DOUBLE_EQ(b.share(b.wide), 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(b.mean_K(), -0.5);                   // -3 / 6
  EXPECT_DOUBLE_EQ(b.rms_K(), std::sqrt(135.0 / 6.0));  // 36 + 25 + 9 + 16 + 49
  Bands twice = b;
  twice += b;
  EXPECT_EQ(twice.of, 12U);
  EXPECT_DOUBLE_EQ(twice.rms_K(), b.rms_K());
  EXPECT_TRUE(std::isnan(Bands{}.share(0)));
}

TEST(Travel, SumsMovesAndReversals) {
  Travel t;
  for (const double v : {770.0, 771.0, 771.0, 773.0, 772.5, 774.0}) t.write(v);
  EXPECT_DOUBLE_EQ(t.total(), 5.0);  // 1 + 0 + 2 + 0.5 + 1.5
  EXPECT_EQ(t.moves(), 4U);
  EXPECT_EQ(t.reversals(), 2U) << "down to 772.5 and up again";
}

TEST(Travel, ReleasedValuesBeginAnew) {
  Travel t;
  t.write(770);
  t.release();
  t.write(780);
  EXPECT_EQ(t.total(), 0.0) << "the field went from its own setpoint, nobody moved by 10 K";
  t.write(779);
  EXPECT_EQ(t.total(), 1.0);
  EXPECT_EQ(t.reversals(), 0U);
}

TEST(Excursions, CountOnceTheyAreHeld) {
  Excursions e(30);
  for (int i = 0; i < 29; ++i) e.add(2, 1);
  EXPECT_EQ(e.count(), 0U);
  e.add(0, 1);  // kept in between: the time begins anew
  for (int i = 0; i < 60; ++i) e.add(3, 1);
  EXPECT_EQ(e.count(), 1U) << "one that lasts is one";
  EXPECT_DOUBLE_EQ(e.seconds(), 89);
  EXPECT_DOUBLE_EQ(e.integral(), 29 * 2 + 60 * 3);
  EXPECT_EQ(e.worst(), 3.0);
}

TEST(Excursions, WithoutAHoldEachPassingCounts) {
  Excursions e;
  for (const double over : {-1.0, 0.5, 0.5, -1.0, 0.1}) e.add(over, 1);
  EXPECT_EQ(e.count(), 2U);
}

}  // namespace
}  // namespace saggar::suite
