// Real-time wishes: one line per wish, and a refusal says what was refused and why.
#include "runtime/loop/realtime.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>

#include <thread>

namespace saggar::loop {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

/// On a thread of its own, which takes its settings with it.
std::vector<std::string> lines_of(const RealtimeWishes& wishes) {
  std::vector<std::string> lines;
  std::thread thread([&] { lines = apply(wishes); });
  thread.join();
  return lines;
}
RealtimeWishes nothing() {
  RealtimeWishes wishes;
  wishes.lock_memory = false;
  return wishes;
}

TEST(Realtime, WithoutAWishNothingIsSaid) { EXPECT_TRUE(lines_of(nothing()).empty()); }

TEST(Realtime, APresentCpuIsPinned) {
  RealtimeWishes wishes = nothing();
  std::vector<std::string> lines;
  int before = -1, after = -1;
  std::thread thread([&] {
    cpu_set_t set;
    CPU_ZERO(&set);
    ASSERT_EQ(::sched_getaffinity(0, sizeof set, &set), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE && before < 0; ++cpu) {
      if (CPU_ISSET(static_cast<unsigned>(cpu), &set)) before = cpu;
    }
    wishes.cpu = before;
    lines = apply(wishes);
    after = ::sched_getcpu();
  });
  thread.join();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0], "cpu " + std::to_string(before) + ": pinned");
  EXPECT_EQ(after, before);
}

TEST(Realtime, AnAbsentCpuIsRefusedByName) {
  for (const int cpu : {1023, 5000}) {
    RealtimeWishes wishes = nothing();
    wishes.cpu = cpu;
    const auto lines = lines_of(wishes);
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_THAT(lines[0], StartsWith("cpu " + std::to_string(cpu) + ": not pinned ("));
  }
}

TEST(Realtime, APriorityThatDoesNotExistIsRefusedWithWhatItNeeds) {
  RealtimeWishes wishes = nothing();
  wishes.fifo_priority = 1000;
  const auto lines = lines_of(wishes);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_THAT(lines[0], StartsWith("SCHED_FIFO 1000: refused ("));
  EXPECT_THAT(lines[0], HasSubstr("CAP_SYS_NICE"));
  EXPECT_THAT(lines[1], StartsWith("kernel throttle of SCHED_FIFO: "));
}

TEST(Realtime, LockingMemorySaysWhatCameOfIt) {
  RealtimeWishes wishes = nothing();
  wishes.lock_memory = true;
  const auto lines = lines_of(wishes);
  ::munlockall();
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_THAT(lines[0], AnyOf(StartsWith("memory: locked"), HasSubstr("CAP_IPC_LOCK")));
}

TEST(Realtime, EachWishHasItsLineInOrder) {
  RealtimeWishes wishes;
  wishes.cpu = 1023;
  wishes.fifo_priority = 1000;
  const auto lines = lines_of(wishes);
  ::munlockall();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_THAT(lines[0], StartsWith("memory: "));
  EXPECT_THAT(lines[1], StartsWith("cpu 1023: "));
  EXPECT_THAT(lines[2], StartsWith("SCHED_FIFO 1000: "));
}

}  // namespace
}  // namespace saggar::loop
