#include "runtime/loop/watchdog.hpp"

#include <gtest/gtest.h>

namespace saggar::loop {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

TEST(Watchdog, StandsStillBeforeTheFirstCycle) {
  Watchdog dog(45 * kSecond);
  EXPECT_EQ(dog.beat(10 * kSecond), 0U);
  EXPECT_EQ(dog.beat(11 * kSecond), 0U);
  EXPECT_FALSE(dog.alive(11 * kSecond));
}

TEST(Watchdog, AdvancesOncePerBeatWhileCyclesFinish) {
  Watchdog dog(45 * kSecond);
  for (std::uint32_t i = 1; i <= 100; ++i) {
    dog.finished(i * kSecond);
    EXPECT_EQ(dog.beat(i * kSecond), i);
  }
}

TEST(Watchdog, StopsWhenTheNewestFinishedCycleIsOlderThanItsPatience) {  // SC-47: <= 50 s
  Watchdog dog(45 * kSecond);
  dog.finished(100 * kSecond);
  const std::uint32_t last = dog.beat(145 * kSecond);
  EXPECT_EQ(last, 1U);
  EXPECT_EQ(dog.beat(145 * kSecond + 1), last);
  EXPECT_EQ(dog.beat(500 * kSecond), last);
  dog.finished(501 * kSecond);
  EXPECT_EQ(dog.beat(501 * kSecond), last + 1);
}

}  // namespace
}  // namespace saggar::loop
