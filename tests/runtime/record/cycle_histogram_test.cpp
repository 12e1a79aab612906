#include "runtime/record/cycle_histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace saggar::record {
namespace {

/// The value below or at which this share of the sorted values lies.
std::int64_t exact(const std::vector<std::int64_t>& sorted, double share) {
  const double rank = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

TEST(CycleHistogram, PercentilesAreAtMostOneStepAboveThoseOfTheSortedData) {
  std::mt19937_64 random(11);
  std::lognormal_distribution<double> durations(10.0, 1.5);  // 22 us, long tail
  CycleHistogram h;
  std::vector<std::int64_t> all;
  for (int i = 0; i < 200'000; ++i) {
    all.push_back(static_cast<std::int64_t>(durations(random)));
    h.add(all.back());
  }
  std::sort(all.begin(), all.end());
  for (const double share : {0.0, 0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 0.99999, 1.0}) {
    const std::int64_t truth = exact(all, share), found = h.percentile_ns(share);
    EXPECT_GE(found, truth) << share;
    EXPECT_LE(found, truth + truth / 64 + 1) << share;
  }
  EXPECT_EQ(h.max_ns(), all.back());
  EXPECT_EQ(h.percentile_ns(1.0), all.back());
  EXPECT_EQ(h.count(), all.size());
}

TEST(CycleHistogram, IsExactBelow64) {
  CycleHistogram h;
  for (int i = 0; i < 64; ++i) h.add(i);
  for (int i = 1; i <= 64; ++i) EXPECT_EQ(h.percentile_ns(i / 64.0), i - 1);
}

TEST(CycleHistogram, HoldsEveryPowerOfTwoAndItsNeighbours) {
  for (int bit = 0; bit < 40; ++bit) {
    for (const std::int64_t off : {-1, 0, 1}) {
      const std::int64_t v = (std::int64_t{1} << bit) + off;
      CycleHistogram h;
      h.add(v);
      h.add(std::int64_t{1} << 39);
      EXPECT_GE(h.p50_ns(), v) << v;
      EXPECT_LE(h.p50_ns(), v + v / 64) << v;
    }
  }
}

TEST(CycleHistogram, ValuesOutsideItsRangeKeepTheMaximumExact) {
  CycleHistogram h;
  h.add(-5);
  EXPECT_EQ(h.p50_ns(), 0);
  h.add(std::int64_t{1} << 50);
  EXPECT_EQ(h.max_ns(), std::int64_t{1} << 50);
  EXPECT_EQ(h.p999_ns(), std::int64_t{1} << 50);
}

TEST(CycleHistogram, AnEmptyOneGivesZeros) {
  const CycleHistogram h;
  EXPECT_EQ(h.p50_ns(), 0);
  EXPECT_EQ(h.max_ns(), 0);
  EXPECT_EQ(h.mean_ns(), 0);
}

TEST(CycleHistogram, TwoMergedEqualOneOfAll) {
  CycleHistogram a, b, all;
  for (int i = 0; i < 1000; ++i) {
    (i % 3 == 0 ? a : b).add(i * i);
    all.add(i * i);
  }
  a.merge(b);
  EXPECT_EQ(a.count(), all.count());
  EXPECT_EQ(a.p99_ns(), all.p99_ns());
  EXPECT_EQ(a.max_ns(), all.max_ns());
  EXPECT_EQ(a.mean_ns(), all.mean_ns());
  a.clear();
  EXPECT_EQ(a.count(), 0U);
}

}  // namespace
}  // namespace saggar::record
