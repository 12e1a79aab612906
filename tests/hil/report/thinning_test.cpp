// Fewer points, nothing that stands out lost.
#include "hil/report/thinning.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace saggar::report {
namespace {

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

Points wave(std::size_t n) {
  Points out;
  for (std::size_t i = 0; i < n; ++i) {
    out.x.push_back(static_cast<double>(i));
    out.y.push_back(std::sin(0.001 * static_cast<double>(i)));
  }
  return out;
}

bool has(const Points& points, double x, double y) {
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    if (points.x[i] == x && points.y[i] == y) return true;
  }
  return false;
}

TEST(ThinnedPoints, KeepEverySpikeAndBothEnds) {
  Points points = wave(100'000);
  points.y[31'234] = 40;
  points.y[31'236] = -40;
  points.y[77'777] = 3;
  const Points thin = thinned(points, 2000);
  EXPECT_LE(thin.x.size(), 2000u);
  EXPECT_GT(thin.x.size(), 900u);
  EXPECT_TRUE(has(thin, 31'234, 40));
  EXPECT_TRUE(has(thin, 31'236, -40));
  EXPECT_TRUE(has(thin, 77'777, 3));
  EXPECT_TRUE(has(thin, 0, points.y.front()));
  EXPECT_TRUE(has(thin, 99'999, points.y.back()));
  EXPECT_TRUE(std::is_sorted(thin.x.begin(), thin.x.end()));
}

TEST(ThinnedPoints, OfAShortSeriesAreThoseGiven) {
  const Points points = wave(2000);
  EXPECT_EQ(thinned(points, 2000).x, points.x);
  EXPECT_EQ(thinned(Points{}, 2000).x.size(), 0u);
}

TEST(ThinnedPoints, KeepGapsApart) {
  Points points = wave(50'000);
  for (std::size_t i = 20'000; i < 30'000; ++i) points.y[i] = kGap;
  points.x[40'000] = kGap;
  const Points thin = thinned(points, 2000);
  std::size_t gaps = 0;
  for (std::size_t i = 0; i < thin.x.size(); ++i) gaps += std::isnan(thin.y[i]);
  EXPECT_EQ(gaps, 2u);
  EXPECT_TRUE(has(thin, 19'999, points.y[19'999]));
  EXPECT_TRUE(has(thin, 30'000, points.y[30'000]));
}

// Every second value missing: nothing is joined, and the number of points is bounded all the same.
TEST(ThinnedPoints, OfNothingButGapsAndLonePointsAreBounded) {
  Points points = wave(100'000);
  for (std::size_t i = 0; i < points.y.size(); i += 2) points.y[i] = kGap;
  EXPECT_LE(thinned(points, 2000).x.size(), 4000u);
  std::fill(points.y.begin(), points.y.end(), kGap);
  EXPECT_TRUE(thinned(points, 2000).x.empty());
}

// A loop, as of temperature over power: its extremes in x are kept as well.
TEST(ThinnedPoints, OfALoopKeepItsExtremesInBothDirections) {
  Points points = wave(50'000);
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    points.x[i] = std::cos(0.001 * static_cast<double>(i));
  }
  points.x[12'345] = 9;
  EXPECT_TRUE(has(thinned(points, 2000), 9, points.y[12'345]));
}

TEST(ThinnedEnvelope, IsNowhereNarrower) {
  const Points middle = wave(20'000);
  Envelope band{middle.x, middle.y, middle.y};
  for (std::size_t i = 0; i < middle.x.size(); ++i) {
    band.lo[i] -= 0.1 * (1 + static_cast<double>(i % 7));
    band.hi[i] += 0.1 * (1 + static_cast<double>(i % 11));
  }
  const Envelope thin = thinned(band, 2000);
  ASSERT_LE(thin.x.size(), 2000u);
  std::size_t at = 0;
  for (std::size_t i = 0; i < band.x.size(); ++i) {
    while (at + 1 < thin.x.size() && thin.x[at + 1] < band.x[i]) ++at;
    const std::size_t next = std::min(at + 1, thin.x.size() - 1);
    EXPECT_LE(std::min(thin.lo[at], thin.lo[next]), band.lo[i]) << i;
    EXPECT_GE(std::max(thin.hi[at], thin.hi[next]), band.hi[i]) << i;
  }
}

TEST(ThinnedEnvelope, KeepsLongGapsAndStartsWithNone) {
  Envelope band;
  for (int i = 0; i < 10'000; ++i) {
    const bool gap = i < 2000 || (i > 5000 && i < 7000);
    band.x.push_back(gap ? kGap : i);
    band.lo.push_back(gap ? kGap : 0);
    band.hi.push_back(gap ? kGap : 1);
  }
  const Envelope thin = thinned(band, 500);
  EXPECT_EQ(thin.x.front(), 2000);
  EXPECT_EQ(std::count_if(thin.x.begin(), thin.x.end(), [](double x) { return std::isnan(x); }), 1);
}

}  // namespace
}  // namespace saggar::report
