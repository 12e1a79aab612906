#include "hil/line/gateway_clock.hpp"

#include <gtest/gtest.h>

namespace saggar::line {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr double kSlew = 500e-6;

TEST(GatewayClock, IsRightWhenNothingIsWrong) {
  GatewayClock clock(kSlew);
  EXPECT_EQ(clock.error_ns(0), 0);
  EXPECT_EQ(clock.error_ns(86400 * kSecond), 0);
}

TEST(GatewayClock, StepsAtOnceAndBack) {
  GatewayClock clock(kSlew);
  clock.set(-3600, 0, false, 10 * kSecond);
  EXPECT_EQ(clock.error_ns(10 * kSecond), -3600 * kSecond);
  EXPECT_EQ(clock.error_ns(99 * kSecond), -3600 * kSecond);
  clock.set(0, 0, false, 100 * kSecond);
  EXPECT_EQ(clock.error_ns(100 * kSecond), 0);
}

// 500 ppm: 0.5 ms in each second, so 5 s take 10 000 s.
TEST(GatewayClock, SlewsByHalfAMillisecondPerSecondThereAndBack) {
  GatewayClock clock(kSlew);
  clock.set(0, 5, false, 0);
  EXPECT_EQ(clock.error_ns(kSecond), 500'000);
  EXPECT_EQ(clock.error_ns(9'999 * kSecond), 5 * kSecond - 500'000);
  EXPECT_EQ(clock.error_ns(20'000 * kSecond), 5 * kSecond);
  clock.set(0, 0, false, 20'000 * kSecond);
  EXPECT_EQ(clock.error_ns(20'001 * kSecond), 5 * kSecond - 500'000);
}

TEST(GatewayClock, StandsStillWhileFrozenAndIsRightAgainAfterwards) {
  GatewayClock clock(kSlew);
  clock.set(2, 0, false, 0);
  clock.set(2, 0, true, 10 * kSecond);  // reads 12 s for ever
  EXPECT_EQ(clock.error_ns(10 * kSecond), 2 * kSecond);
  EXPECT_EQ(clock.error_ns(40 * kSecond), -28 * kSecond);
  clock.set(2, 0, true, 50 * kSecond);
  EXPECT_EQ(clock.error_ns(50 * kSecond), -38 * kSecond);
  clock.set(0, 0, false, 60 * kSecond);
  EXPECT_EQ(clock.error_ns(60 * kSecond), 0);
}

TEST(GatewayClock, GoesOnFromASavedState) {
  GatewayClock clock(kSlew);
  clock.set(0, 5, false, 0);
  clock.error_ns(100 * kSecond);
  std::vector<std::uint8_t> bytes;
  auto out = domain::Archive::saving(bytes);
  clock.serialize(out);
  GatewayClock other(kSlew);
  auto in = domain::Archive::loading(bytes.data(), bytes.size());
  other.serialize(in);
  EXPECT_TRUE(in.ok() && in.at_end());
  EXPECT_EQ(other.error_ns(101 * kSecond), clock.error_ns(101 * kSecond));
}

}  // namespace
}  // namespace saggar::line
