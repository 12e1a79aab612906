#include "runtime/exchange/latest.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <thread>
#include <vector>

#include "tests/support/gate.hpp"

namespace saggar::exchange {
namespace {

// Large enough that a torn read would show: all words of one value are equal.
struct Wide {
  std::array<std::uint64_t, 32> word{};
};

Wide wide(std::uint64_t n) {
  Wide w;
  w.word.fill(n);
  return w;
}

bool whole(const Wide& w) {
  for (const std::uint64_t word : w.word) {
    if (word != w.word.front()) return false;
  }
  return true;
}

TEST(Latest, IsEmptyUntilTheFirstPublish) {
  latest<int> box(7);
  EXPECT_EQ(box.take(), nullptr);
  EXPECT_EQ(box.overwritten(), 0U);
}

TEST(Latest, GivesEachValueOnce) {
  latest<int> box(0);
  box.writable() = 42;
  box.publish();
  int* got = box.take();
  ASSERT_NE(got, nullptr);
  EXPECT_EQ(*got, 42);
  EXPECT_EQ(box.take(), nullptr);
}

TEST(Latest, TheNewestWinsAndTheOthersAreCounted) {
  latest<int> box(0);
  for (int i = 1; i <= 5; ++i) {
    box.writable() = i;
    box.publish();
  }
  int* got = box.take();
  ASSERT_NE(got, nullptr);
  EXPECT_EQ(*got, 5);
  EXPECT_EQ(box.overwritten(), 4U);
}

TEST(Latest, ATakenValueIsNotTouchedByLaterPublishes) {
  latest<int> box(0);
  box.writable() = 1;
  box.publish();
  const int* held = box.take();
  for (int i = 2; i <= 10; ++i) {
    box.writable() = i;
    box.publish();
    EXPECT_EQ(*held, 1);
  }
  const int* next = box.take();
  ASSERT_NE(next, nullptr);
  EXPECT_EQ(*next, 10);
  EXPECT_EQ(box.overwritten(), 8U);  // 2 to 9
}

TEST(Latest, AllSlotsHaveTheSizeOfThePrototypeSoThatAssignmentNeverAllocates) {
  latest<std::vector<double>> box(std::vector<double>(100));
  const std::vector<double> value(100, 1.5);
  const gate::Scope scope;
  for (int i = 0; i < 10; ++i) {
    box.writable() = value;
    box.publish();
    if (i % 3 == 0) (void)box.take();
  }
  EXPECT_TRUE(scope.counts().none());
}

// Run under tsan too. Values rise, are never torn, the last one arrives, and every value was
// either taken or counted as overwritten.
TEST(Latest, UnderLoadNothingIsTornAndNothingIsUncounted) {
  constexpr std::uint64_t kLast = 20000;
  latest<Wide> box(wide(0));
  std::uint64_t taken = 0, newest = 0;
  bool ordered = true, intact = true;
  std::thread reader([&] {
    while (newest != kLast) {
      const Wide* got = box.take();
      if (got == nullptr) {
        std::this_thread::yield();
        continue;
      }
      intact = intact && whole(*got);
      ordered = ordered && got->word[0] > newest;
      newest = got->word[0];
      ++taken;
    }
  });
  for (std::uint64_t i = 1; i <= kLast; ++i) {
    box.writable() = wide(i);
    box.publish();
    if (i % 64 == 0) std::this_thread::yield();
  }
  reader.join();
  EXPECT_TRUE(intact);
  EXPECT_TRUE(ordered);
  EXPECT_EQ(taken + box.overwritten(), kLast);
}

}  // namespace
}  // namespace saggar::exchange
