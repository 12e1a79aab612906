// Which period a cycle belongs to. Judging whole runs: by_the_clock_test.cpp.
#include "hil/suite/clock_judge.hpp"

#include <gtest/gtest.h>

namespace saggar::suite {
namespace {

using Periods = std::vector<bridge::Diary::Period>;
constexpr std::int64_t kSecond_ns = 1'000'000'000;

/// Periods of one second with these frames.
Periods periods(const std::vector<std::uint64_t>& sequences) {
  Periods out;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    out.push_back({sequences[i], static_cast<std::int64_t>(i) * kSecond_ns});
  }
  return out;
}

TEST(PeriodOf, ACycleBelongsToTheFrameItRestsOnHoweverLateItIs) {
  const Periods all = periods({1, 2, 3, 4});
  PeriodOf period_of(all);
  EXPECT_EQ(period_of(1, kSecond_ns / 2), 0U);
  EXPECT_EQ(period_of(1, 5 * kSecond_ns / 2), 0U) << "frames 2 and 3 had not come";
  EXPECT_EQ(period_of(3, 5 * kSecond_ns / 2), 2U) << "the period of frame 2 had no cycle";
  EXPECT_EQ(period_of(4, 7 * kSecond_ns / 2), 3U);
}

TEST(PeriodOf, WhileNoFramesGoOutItsTimeDecides) {
  const Periods all = periods({1, 0, 0, 2, 3});
  PeriodOf period_of(all);
  EXPECT_EQ(period_of(1, kSecond_ns / 2), 0U);
  EXPECT_EQ(period_of(1, 3 * kSecond_ns / 2), 1U);
  EXPECT_EQ(period_of(1, 5 * kSecond_ns / 2), 2U);
  EXPECT_EQ(period_of(1, 7 * kSecond_ns / 2), 2U) << "frame 2 is out, but had not come";
  EXPECT_EQ(period_of(2, 7 * kSecond_ns / 2), 3U);
  EXPECT_EQ(period_of(3, 9 * kSecond_ns / 2), 4U);
}

TEST(PeriodOf, ACycleAfterASilenceThatHadNoneFindsItsFrame) {
  const Periods all = periods({1, 0, 0, 2});
  PeriodOf period_of(all);
  EXPECT_EQ(period_of(1, 0), 0U);
  EXPECT_EQ(period_of(2, 7 * kSecond_ns / 2), 3U);
}

}  // namespace
}  // namespace saggar::suite
