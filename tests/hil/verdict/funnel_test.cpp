// Tubes in time and value, each with edges found by hand (HI-46).
#include "hil/verdict/funnel.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace saggar::verdict {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using Values = std::vector<double>;

/// 100 to 110 in one sample at `at`, n samples.
Values jump(std::size_t n, std::size_t at) {
  Values v(n, 100);
  for (std::size_t i = at; i < n; ++i) v[i] = 110;
  return v;
}

TEST(Funnel, EdgesAreRectanglesAroundEverySample) {
  // Two samples of 1 s to each side of 0 0 5 0 0 0, and 0.5 up and down.
  const Envelope e = envelope(Values{0, 0, 5, 0, 0, 0}, 1, {2, 0.5, 0});
  EXPECT_THAT(e.upper, ElementsAre(5.5, 5.5, 5.5, 5.5, 5.5, 0.5));
  EXPECT_THAT(e.lower, ElementsAre(-0.5, -0.5, -0.5, -0.5, -0.5, -0.5));
}

TEST(Funnel, OnlyTheWidthCountsWithoutTime) {
  const Envelope e = envelope(Values{1, -3}, 1, {0, 0.25, 0});
  EXPECT_THAT(e.upper, ElementsAre(1.25, -2.75));
  EXPECT_THAT(e.lower, ElementsAre(0.75, -3.25));
}

TEST(Funnel, AShiftInTimeWithinTheToleranceIsNoDeparture) {
  const Tube tube{5, 0.5, 0};
  EXPECT_TRUE(departure(jump(100, 45), jump(100, 50), 1, tube).held());
  EXPECT_TRUE(departure(jump(100, 55), jump(100, 50), 1, tube).held());
  const Departure early = departure(jump(100, 44), jump(100, 50), 1, tube);
  EXPECT_EQ(early.out, 1U);
  EXPECT_EQ(early.first_s, 44);
  EXPECT_DOUBLE_EQ(early.worst, 9.5);
  EXPECT_EQ(departure(jump(100, 58), jump(100, 50), 1, tube).out, 3U) << "55, 56 and 57 s";
}

TEST(Funnel, BetweenCoarseSamplesAJumpMayHaveBeenAnywhere) {
  // 0.2 s may decide in which of two samples a minute apart a jump is seen.
  EXPECT_TRUE(departure(jump(20, 9), jump(20, 10), 60, {5, 0.5, 0}).held());
  EXPECT_FALSE(departure(jump(20, 8), jump(20, 10), 60, {5, 0.5, 0}).held());
}

TEST(Funnel, StepsThatDivideTheTimeAreNotRoundedUp) {
  // 0.3 / 0.1 is 2.9999999999999996 or 3.0000000000000004 to a computer.
  EXPECT_EQ(departure(jump(20, 6), jump(20, 10), 0.1, {0.3, 0.5, 0}).out, 1U);
  EXPECT_TRUE(departure(jump(20, 7), jump(20, 10), 0.1, {0.3, 0.5, 0}).held());
}

TEST(Funnel, WidthIsTheLargerOfAbsoluteAndRelative) {
  const Tube tube{0, 0.1, 0.02};
  EXPECT_TRUE(departure(Values{0.09, 102}, Values{0, 100}, 1, tube).held())
      << "near zero the absolute width counts";
  const Departure d = departure(Values{0.11, 102.5}, Values{0, 100}, 1, tube);
  EXPECT_EQ(d.out, 2U);
  EXPECT_DOUBLE_EQ(d.worst, 0.5);
  EXPECT_EQ(d.worst_s, 1);
  EXPECT_DOUBLE_EQ(d.share(), 1);
}

TEST(Funnel, ABiasOfOneKelvinIsOutFromTheFirstSample) {
  Values reference, biased;
  for (int i = 0; i < 600; ++i) {
    reference.push_back(770 + 0.2 * std::sin(0.05 * i));
    biased.push_back(reference.back() + 1);
  }
  const Departure d = departure(biased, reference, 10, {5, 0.5, 0});
  EXPECT_EQ(d.first_s, 0);
  EXPECT_DOUBLE_EQ(d.share(), 1);
  EXPECT_NEAR(d.worst, 0.5, 1e-9) << "where the reference stands still at its top, 1 - 0.5";
}

TEST(Funnel, GapsAreRightWhereTheReferenceHasThem) {
  const Values reference = {1, 1, NAN, 1, 1, 1, 1};
  const Tube tube{1, 0.5, 0};
  EXPECT_TRUE(departure(reference, reference, 1, tube).held());
  EXPECT_TRUE(departure(Values{1, 1, 1, NAN, 1, 1, 1}, reference, 1, tube).held())
      << "a sample later";
  const Departure d = departure(Values{1, 1, NAN, 1, 1, 1, NAN}, reference, 1, tube);
  EXPECT_EQ(d.out, 1U);
  EXPECT_EQ(d.gaps, 1U);
  EXPECT_EQ(d.first_s, 6);
  EXPECT_EQ(d.worst, 0) << "nobody knows how far";
  EXPECT_TRUE(std::isnan(d.worst_s));
}

TEST(Funnel, ValuesWhereTheReferenceHasNoneFarAroundAreOut) {
  const Departure d = departure(Values{1, 1, 1, 1, 1}, Values{1, NAN, NAN, NAN, 1}, 1, {1, 0.5, 0});
  EXPECT_EQ(d.out, 1U);
  EXPECT_EQ(d.first_s, 2);
}

TEST(Funnel, OfDifferentLengthsIsNotHeld) {
  const Departure d = departure(Values(8, 1.0), Values(10, 1.0), 1, {});
  EXPECT_EQ(d.judged, 8U);
  EXPECT_EQ(d.longer, 2U);
  EXPECT_EQ(d.out, 0U);
  EXPECT_FALSE(d.held());
}

TEST(Funnel, OfNothingOrWithoutAStepJudgesNothing) {
  EXPECT_EQ(departure({}, {}, 1, {}).judged, 0U);
  EXPECT_TRUE(departure({}, {}, 1, {}).held());
  EXPECT_EQ(departure(Values{1}, Values{1}, 0, {}).judged, 0U);
  EXPECT_FALSE(departure(Values{1}, Values{1}, 0, {}).held()) << "one sample was not judged";
  EXPECT_TRUE(envelope(Values{1}, NAN, {}).upper.empty());
}

TEST(Funnel, EdgesAreThoseOfAPlainSearch) {
  Values reference;
  std::uint32_t state = 7;
  for (int i = 0; i < 500; ++i) {
    state = state * 1664525U + 1013904223U;
    reference.push_back(i % 37 == 0 ? NAN : (state >> 20U) * 0.01);
  }
  const Tube tube{7, 0.5, 0.03};
  const Envelope e = envelope(reference, 1, tube);
  for (std::size_t i = 0; i < reference.size(); ++i) {
    double low = INFINITY, high = -INFINITY;
    for (std::size_t j = i < 7 ? 0 : i - 7; j < std::min<std::size_t>(500, i + 8); ++j) {
      if (std::isnan(reference[j])) continue;
      const double half = std::max(0.5, 0.03 * reference[j]);
      low = std::min(low, reference[j] - half), high = std::max(high, reference[j] + half);
    }
    ASSERT_THAT(e.lower[i], DoubleEq(low)) << i;
    ASSERT_THAT(e.upper[i], DoubleEq(high)) << i;
  }
}

}  // namespace
}  // namespace saggar::verdict
