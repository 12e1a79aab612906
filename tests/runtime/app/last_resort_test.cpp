// An end that takes too long is ended; one that does not is left alone.
#include "runtime/app/last_resort.hpp"

#include <gtest/gtest.h>

#include <atomic>

namespace saggar::app {
namespace {

using std::chrono::milliseconds;

TEST(LastResort, WorkThatIsDoneInTimeIsLeftAlone) {
  std::atomic<int> said{0};
  {
    const LastResort patience(
        std::chrono::hours(1), [&] { ++said; }, [&] { ++said; });
  }
  EXPECT_EQ(said, 0);
}

TEST(LastResort, AfterTheLimitTheLastWordsAreSaidAndThenItEnds) {
  std::atomic<int> order{0};
  int words_at = 0, end_at = 0;
  {
    const LastResort patience(
        milliseconds(1), [&] { words_at = ++order; }, [&] { end_at = ++order; });
    while (order < 2) std::this_thread::sleep_for(milliseconds(1));
  }
  EXPECT_EQ(words_at, 1);
  EXPECT_EQ(end_at, 2);
}

void hang() {
  const LastResort patience(milliseconds(20), [] { std::fputs("a plugin hangs\n", stderr); });
  for (;;) std::this_thread::sleep_for(milliseconds(100));
}

TEST(LastResortDeathTest, AProcessThatHangsEndsWithItsOwnCode) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(hang(), ::testing::ExitedWithCode(LastResort::kExitCode), "a plugin hangs");
}

}  // namespace
}  // namespace saggar::app
