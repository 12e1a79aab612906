#include "runtime/exchange/ring.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/support/gate.hpp"

namespace saggar::exchange {
namespace {

TEST(Ring, IsEmptyAtFirst) {
  ring<int> r(3, 0);
  EXPECT_EQ(r.front(), nullptr);
  EXPECT_EQ(r.size(), 0U);
  EXPECT_EQ(r.capacity(), 3U);
}

TEST(Ring, HoldsAtLeastOne) {
  ring<int> r(0, 0);
  EXPECT_EQ(r.capacity(), 1U);
  EXPECT_TRUE(r.push(1));
  EXPECT_FALSE(r.push(2));
}

TEST(Ring, GivesValuesInOrderOverManyTurns) {
  ring<int> r(3, 0);
  int next = 0;
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(r.push(2 * i));
    ASSERT_TRUE(r.push(2 * i + 1));
    for (int k = 0; k < 2; ++k) {
      ASSERT_NE(r.front(), nullptr);
      EXPECT_EQ(*r.front(), next++);
      r.pop();
    }
  }
  EXPECT_EQ(r.front(), nullptr);
  EXPECT_EQ(r.dropped(), 0U);
}

TEST(Ring, WhenFullItRefusesTheNewestAndCountsIt) {
  ring<int> r(2, 0);
  EXPECT_TRUE(r.push(1));
  EXPECT_TRUE(r.push(2));
  EXPECT_EQ(r.claim(), nullptr);
  EXPECT_FALSE(r.push(3));
  EXPECT_FALSE(r.push(4));
  EXPECT_EQ(r.dropped(), 2U);
  EXPECT_EQ(r.size(), 2U);
  EXPECT_EQ(*r.front(), 1);
  r.pop();
  EXPECT_TRUE(r.push(5));
  EXPECT_EQ(*r.front(), 2);
  r.pop();
  EXPECT_EQ(*r.front(), 5);
}

TEST(Ring, AWriterThatGivesUpCountsItsOwnDrop) {
  ring<int> r(1, 0);
  r.count_drop();
  EXPECT_EQ(r.dropped(), 1U);
}

TEST(Ring, ASlotIsFilledInPlaceAndSeenOnlyWhenPublished) {
  ring<int> r(2, 9);
  int* slot = r.claim();
  ASSERT_NE(slot, nullptr);
  EXPECT_EQ(*slot, 9);  // a copy of the prototype
  *slot = 1;
  EXPECT_EQ(r.front(), nullptr);
  r.publish();
  ASSERT_NE(r.front(), nullptr);
  EXPECT_EQ(r.front(), slot);
}

TEST(Ring, TheWriterNeverAllocatesLocksOrWaits) {
  ring<std::vector<double>> r(4, std::vector<double>(50));
  const std::vector<double> value(50, 2.0);
  const gate::Scope scope;
  for (int i = 0; i < 10; ++i) {
    (void)r.push(value);  // the last six are dropped
  }
  while (r.front() != nullptr) r.pop();
  EXPECT_TRUE(scope.counts().none());
  EXPECT_EQ(r.dropped(), 6U);
}

// Field pacing: the writer waits for room, nothing is lost. Run under tsan too.
TEST(Ring, AWaitingWriterAndAWaitingReaderPassEveryValueInOrder) {
  constexpr std::uint64_t kLast = 20000;
  ring<std::uint64_t> r(7, 0);
  std::thread writer([&] {
    for (std::uint64_t i = 1; i <= kLast; ++i) {
      r.wait_writable();
      std::uint64_t* slot = r.claim();
      *slot = i;
      r.publish();
    }
  });
  std::uint64_t expected = 1;
  bool ordered = true;
  while (expected <= kLast) {
    r.wait_readable();
    const std::uint64_t* got = r.front();
    if (got == nullptr) continue;
    ordered = ordered && *got == expected++;
    r.pop();
  }
  writer.join();
  EXPECT_TRUE(ordered);
  EXPECT_EQ(r.dropped(), 0U);
}

// Wall pacing: the writer never waits; what is missing is exactly what was counted.
TEST(Ring, AWriterThatNeverWaitsLosesOnlyWhatIsCounted) {
  constexpr std::uint64_t kSent = 20000;
  ring<std::uint64_t> r(5, 0);
  std::uint64_t received = 0, newest = 0;
  bool rising = true;
  std::atomic<bool> done{false};
  std::thread reader([&] {
    for (;;) {
      const bool last = done.load();
      const std::uint64_t* got = r.front();
      if (got == nullptr) {
        if (last) return;
        std::this_thread::yield();
        continue;
      }
      rising = rising && *got > newest;
      newest = *got;
      ++received;
      r.pop();
    }
  });
  for (std::uint64_t i = 1; i <= kSent; ++i) {
    (void)r.push(i);
    if (i % 16 == 0) std::this_thread::yield();
  }
  done = true;
  reader.join();
  EXPECT_TRUE(rising);
  EXPECT_EQ(received + r.dropped(), kSent);
}

}  // namespace
}  // namespace saggar::exchange
