// Histories calculated by hand.
#include "controllers/policy/features.hpp"

#include <gmock/gmock.h>

#include <limits>

namespace saggar::policy {
namespace {

using ::testing::ElementsAre;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::vector<float> vector_of(const Features& features, Readiness right = Readiness::ready) {
  std::vector<float> x(features.width());
  EXPECT_EQ(features.fill(x.data()), right);
  return x;
}

// One feature of now and two periods ago, mean 100, scale 10; one of now, mean 5, scale 2.
Features two() { return Features({{100, 10, 0, 200, {0, 2}}, {5, 2, 0, 20, {0}}}, 25); }

void period(Features& features, double a, double b, double dt_s = 10) {
  features.see(0, a, dt_s);
  features.see(1, b, dt_s);
  features.sample();
}

TEST(Features, AreOrderedByFeatureThenLagAndNormalised) {
  Features f = two();
  EXPECT_EQ(f.width(), 3U);
  period(f, 110, 5);
  period(f, 120, 6);
  period(f, 130, 9);
  // (130 - 100) / 10, two periods before (110 - 100) / 10; (9 - 5) / 2
  EXPECT_THAT(vector_of(f), ElementsAre(3, 1, 2));
  period(f, 140, 3);
  EXPECT_THAT(vector_of(f), ElementsAre(4, 2, -1));
}

TEST(Features, UntilTheLongestLagIsSeenItIsFilling) {
  Features f = two();
  period(f, 110, 5);
  period(f, 110, 5);
  vector_of(f, Readiness::filling);
  EXPECT_EQ(f.culprit(), 0U);
  period(f, 110, 5);
  vector_of(f);
  EXPECT_EQ(f.culprit(), f.size());
}

TEST(Features, TheLastValueStandsForAMissingOneForAsLongAsItMay) {
  Features f = two();
  for (int k = 0; k < 3; ++k) period(f, 110, 7);
  period(f, 110, kMissing);  // 10 s old
  period(f, 110, kMissing);  // 20 s
  EXPECT_THAT(vector_of(f), ElementsAre(1, 1, 1));
  period(f, 110, kMissing);  // 30 s, more than 25
  vector_of(f, Readiness::missing);
  EXPECT_EQ(f.culprit(), 1U);
  period(f, 110, 7);
  vector_of(f);
}

TEST(Features, AHoleStaysInTheHistoryUntilNoLagReachesIt) {
  Features f = two();
  for (int k = 0; k < 3; ++k) period(f, 110, 7);
  for (int k = 0; k < 3; ++k) period(f, kMissing, 7);  // 10, 20, 30 s: the last is a hole
  for (int k = 0; k < 2; ++k) period(f, 110, 7);
  vector_of(f, Readiness::missing);  // two periods ago
  period(f, 110, 7);
  vector_of(f);
}

TEST(Features, WhatWasNeverSeenIsMissing) {
  Features f = two();
  for (int k = 0; k < 3; ++k) period(f, 110, kMissing);
  vector_of(f, Readiness::missing);
}

TEST(Features, ASampleOutsideOfTrainingIsSaidAsLongAsALagReachesIt) {
  Features f = two();
  for (int k = 0; k < 3; ++k) period(f, 200, 20);  // the edges belong to it
  vector_of(f);
  period(f, 200.5, 7);
  vector_of(f, Readiness::outside);
  period(f, 110, 7);
  vector_of(f);  // one period ago: no lag reaches it
  period(f, 110, 7);
  vector_of(f, Readiness::outside);
}

TEST(Features, TheWorstIsSaidFirst) {
  Features f = two();
  for (int k = 0; k < 3; ++k) period(f, 300, kMissing);
  vector_of(f, Readiness::missing);
}

TEST(Features, RestartForgets) {
  Features f = two();
  for (int k = 0; k < 5; ++k) period(f, 110, 7);
  f.restart();
  vector_of(f, Readiness::filling);
}

TEST(Features, ARestoredHistoryGoesOnAlike) {
  Features a = two(), b = two();
  for (int k = 0; k < 4; ++k) period(a, 100 + k, k == 3 ? kMissing : 7);
  plugin::State count = plugin::State::counting();
  a.state(count);
  std::vector<std::uint8_t> bytes(count.size());
  plugin::State save = plugin::State::saving(bytes.data(), bytes.size());
  a.state(save);
  plugin::State load = plugin::State::loading(bytes.data(), bytes.size());
  b.state(load);
  ASSERT_TRUE(save.complete() && load.complete());
  for (int k = 0; k < 5; ++k) {
    period(a, 120 + k, k);
    period(b, 120 + k, k);
    EXPECT_EQ(vector_of(a), vector_of(b));
  }
}

}  // namespace
}  // namespace saggar::policy
