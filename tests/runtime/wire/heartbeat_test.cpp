// HeartbeatWatch: SC-45, SC-46, SC-48.
#include "runtime/wire/heartbeat.hpp"

#include <gtest/gtest.h>

namespace saggar::wire {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

/// Beats once a second from `first` for `n` seconds, starting at second `at`; returns the end.
std::int64_t beat(HeartbeatWatch& watch, std::uint32_t first, int n, std::int64_t at,
                  std::uint32_t step = 1) {
  for (int i = 0; i < n; ++i) {
    watch.hear(first + step * static_cast<std::uint32_t>(i), (at + i) * kSecond);
  }
  return at + n - 1;
}

TEST(HeartbeatWatch, WaitsAtFirstThenIsLostWhenNothingEverComes) {  // SC-46
  HeartbeatWatch watch;
  EXPECT_EQ(watch.judge(0), Liveness::waiting);
  watch.restart(0);
  EXPECT_EQ(watch.judge(5 * kSecond - 1), Liveness::waiting);
  EXPECT_EQ(watch.judge(5 * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault(5 * kSecond), HeartbeatFault::silent);
}

TEST(HeartbeatWatch, StaysAliveWhileTheCounterAdvancesOncePerSecond) {
  HeartbeatWatch watch;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    watch.hear(i, i * kSecond);
    ASSERT_EQ(watch.judge(i * kSecond + kSecond - 1), Liveness::alive);
    ASSERT_EQ(watch.fault(i * kSecond), HeartbeatFault::none);
  }
}

TEST(HeartbeatWatch, WarnsAfterThreeSecondsAndIsLostAfterFive) {  // SC-46
  HeartbeatWatch watch;
  const std::int64_t last = beat(watch, 1, 10, 0) * kSecond;
  EXPECT_EQ(watch.judge(last + 3 * kSecond - 1), Liveness::alive);
  EXPECT_EQ(watch.judge(last + 3 * kSecond), Liveness::warn);
  EXPECT_EQ(watch.judge(last + 5 * kSecond - 1), Liveness::warn);
  EXPECT_EQ(watch.judge(last + 5 * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault(last + 5 * kSecond), HeartbeatFault::silent);
}

TEST(HeartbeatWatch, StuckCountIsLostAlthoughMessagesCome) {  // SC-48 stuck count
  HeartbeatWatch watch;
  std::int64_t at = beat(watch, 1, 10, 0);
  at = beat(watch, 10, 6, at + 1, 0);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::stuck);
}

TEST(HeartbeatWatch, TooFastCountIsNoLife) {  // SC-48 too fast
  HeartbeatWatch watch;
  std::int64_t at = beat(watch, 1, 10, 0);
  at = beat(watch, 110, 7, at + 1, 100);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::too_fast);
}

TEST(HeartbeatWatch, ThreeTimesTheAgreedPaceIsFoundOut) {  // SC-48 too fast
  HeartbeatWatch watch;
  std::int64_t at = beat(watch, 1, 10, 0);
  at = beat(watch, 13, 20, at + 1, 3);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::too_fast);
}

TEST(HeartbeatWatch, BackwardsCountIsNoLife) {  // SC-48 backwards
  HeartbeatWatch watch;
  std::int64_t at = beat(watch, 100, 10, 0);
  for (std::uint32_t i = 1; i <= 6; ++i) watch.hear(109 - i, (at + i) * kSecond);
  EXPECT_EQ(watch.judge((at + 6) * kSecond), Liveness::lost);
  EXPECT_EQ(watch.fault((at + 6) * kSecond), HeartbeatFault::backwards);
}

TEST(HeartbeatWatch, RecoversOnceThePeerCountsSoundlyAgain) {
  HeartbeatWatch watch;
  std::int64_t at = beat(watch, 100, 10, 0);
  watch.hear(5, (at + 1) * kSecond);  // jumped back
  EXPECT_EQ(watch.fault((at + 1) * kSecond), HeartbeatFault::backwards);
  at = beat(watch, 6, 2, at + 2);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::alive);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::none);
}

TEST(HeartbeatWatch, BeatsThatWereHeldUpAndComeTogetherAreSound) {
  HeartbeatWatch watch;
  const std::int64_t at = beat(watch, 1, 10, 0);
  for (std::uint32_t i = 1; i <= 4; ++i) watch.hear(10 + i, (at + 4) * kSecond + i);
  EXPECT_EQ(watch.judge((at + 4) * kSecond + 10), Liveness::alive);
  EXPECT_EQ(watch.fault((at + 4) * kSecond + 10), HeartbeatFault::none);
}

TEST(HeartbeatWatch, CounterMayWrap) {
  HeartbeatWatch watch;
  const std::int64_t at = beat(watch, 0xFFFFFFFCU, 10, 0);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::alive);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::none);
}

TEST(HeartbeatWatch, RestartForgetsThePast) {
  HeartbeatWatch watch;
  beat(watch, 100, 10, 0);
  watch.restart(20 * kSecond);
  EXPECT_EQ(watch.judge(20 * kSecond), Liveness::waiting);
  const std::int64_t at = beat(watch, 1, 3, 21);
  EXPECT_EQ(watch.judge(at * kSecond), Liveness::alive);
  EXPECT_EQ(watch.fault(at * kSecond), HeartbeatFault::none) << "a fresh count is not backwards";
}

HeartbeatSettings toggle() {
  HeartbeatSettings settings;
  settings.toggle_bit = true;
  return settings;
}

TEST(HeartbeatWatch, ToggleBitIsAliveWhileItFlips) {  // SC-45 fallback for old PLCs
  HeartbeatWatch watch(toggle());
  for (std::uint32_t i = 0; i < 100; ++i) watch.hear(i & 1U, i * kSecond);
  EXPECT_EQ(watch.judge(99 * kSecond), Liveness::alive);
  EXPECT_EQ(watch.fault(99 * kSecond), HeartbeatFault::none);
}

TEST(HeartbeatWatch, ToggleBitStuckHighOrLowIsLost) {  // SC-48 stuck high, stuck low
  for (const std::uint32_t level : {0U, 1U}) {
    HeartbeatWatch watch(toggle());
    watch.hear(1 - level, 0);
    for (std::int64_t s = 1; s <= 6; ++s) watch.hear(level, s * kSecond);
    EXPECT_EQ(watch.judge(6 * kSecond), Liveness::lost);
    EXPECT_EQ(watch.fault(6 * kSecond),
              level == 1 ? HeartbeatFault::stuck_high : HeartbeatFault::stuck_low);
  }
}

TEST(HeartbeatWatch, ToggleBitThatFlipsTooFastIsNoLife) {  // SC-48 too fast
  HeartbeatWatch watch(toggle());
  std::int64_t at = 0;
  for (std::uint32_t i = 0; i < 120; ++i) watch.hear(i & 1U, at += kSecond / 20);
  EXPECT_EQ(watch.fault(at), HeartbeatFault::too_fast);
  EXPECT_EQ(watch.judge(at), Liveness::lost);
}

TEST(HeartbeatWatch, EveryJudgementHasAName) {
  EXPECT_EQ(name(Liveness::warn), "warn");
  EXPECT_EQ(name(Liveness::lost), "lost");
  EXPECT_EQ(name(HeartbeatFault::stuck_high), "stuck_high");
  EXPECT_EQ(name(HeartbeatFault::backwards), "backwards");
}

}  // namespace
}  // namespace saggar::wire
