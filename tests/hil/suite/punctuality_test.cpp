// Starts of cycles against their plan: figures by hand.
#include "hil/suite/punctuality.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace saggar::suite {
namespace {

constexpr std::int64_t kSecond_ns = 1'000'000'000;
constexpr std::int64_t kMilli_ns = 1'000'000;

/// A cycle planned at this second, so late and so long.
domain::Timing cycle(std::int64_t planned_s, double late_ms, double long_ms = 5) {
  domain::Timing t;
  t.late_ns = static_cast<std::int64_t>(late_ms * kMilli_ns);
  t.start_ns = planned_s * kSecond_ns + t.late_ns;
  t.duration_ns = static_cast<std::int64_t>(long_ms * kMilli_ns);
  return t;
}

std::map<std::string, double> by_name(const Punctuality& p) {
  std::map<std::string, double> out;
  for (const Figure& figure : p.figures()) {
    EXPECT_TRUE(figure.machine) << figure.name << " must not be part of any verdict or hash";
    out[figure.name] = figure.value;
  }
  return out;
}

TEST(Punctuality, QuantilesAreThoseOfTheSortedErrors) {
  Punctuality p(kSecond_ns);
  // 1 to 1000 µs in a mixed order (7 has no factor in common with 1000).
  for (int i = 0; i < 1000; ++i) p.add(cycle(i, 0.001 * (1 + i * 7 % 1000)));
  const auto figures = by_name(p);
  EXPECT_NEAR(figures.at("start_error_p50_ms"), 0.500, 1e-9);
  EXPECT_NEAR(figures.at("start_error_p99_ms"), 0.990, 1e-9);
  EXPECT_NEAR(figures.at("start_error_p999_ms"), 0.999, 1e-9);
  EXPECT_NEAR(figures.at("start_error_most_ms"), 1.000, 1e-9);
  EXPECT_EQ(figures.at("starts_late_share"), 0);
  EXPECT_EQ(figures.at("overruns"), 0);
}

TEST(Punctuality, OneInAHundredMayBeLateAndTwoMayNot) {
  Punctuality p(kSecond_ns);
  for (int i = 0; i < 99; ++i) p.add(cycle(i, 49.9));
  p.add(cycle(99, 50.1));
  EXPECT_DOUBLE_EQ(p.late_share(), 0.01);
  EXPECT_TRUE(p.check().held);
  EXPECT_EQ(p.check().got, "1 of 100 late, 0 left out");
  p.add(cycle(100, 60));
  EXPECT_FALSE(p.check().held) << "2 of 101";
  EXPECT_EQ(p.check().text, Punctuality::kCheck);
}

TEST(Punctuality, AStartThatDidNotTakePlaceIsLate) {
  Punctuality p(kSecond_ns);
  p.add(cycle(0, 1, 2300));  // over at 2.301 s: the starts at 1 s and 2 s are gone
  p.add(cycle(3, 1));
  const auto figures = by_name(p);
  EXPECT_EQ(figures.at("starts_skipped"), 2);
  EXPECT_EQ(figures.at("overruns"), 1);
  EXPECT_DOUBLE_EQ(figures.at("starts_late_share"), 0.5) << "2 of 4 planned";
  EXPECT_FALSE(p.check().held);
}

TEST(Punctuality, ALateStartAndALongCycleTogetherAreAnOverrun) {
  Punctuality p(kSecond_ns);
  p.add(cycle(0, 600, 399));
  EXPECT_EQ(by_name(p).at("overruns"), 0);
  p.add(cycle(1, 600, 401));
  EXPECT_EQ(by_name(p).at("overruns"), 1);
}

TEST(Punctuality, WithoutCyclesNothingIsShownToBePunctual) {
  const Punctuality p(kSecond_ns);
  EXPECT_TRUE(std::isnan(p.late_share()));
  EXPECT_TRUE(std::isnan(by_name(p).at("start_error_p50_ms")));
  EXPECT_FALSE(p.check().held);
}

}  // namespace
}  // namespace saggar::suite
