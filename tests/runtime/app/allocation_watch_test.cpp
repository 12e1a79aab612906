// Linked with the watch itself, as the program is: its allocator must be the one everybody calls.
#include "runtime/app/allocation_watch.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <thread>
#include <vector>

#include "tests/runtime/control/roster_rig.hpp"

namespace saggar::app {
namespace {

using domain::ProposalStatus;
using domain::Reason;

class AllocationWatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (allocation_counter() == nullptr) GTEST_SKIP() << "a sanitizer owns the allocator here";
  }
  static std::uint64_t now() { return allocation_counter()(); }
  /// How many allocations `body` makes.
  template <class Body>
  static std::uint64_t counted(Body&& body) {
    const std::uint64_t before = now();
    body();
    return now() - before;
  }
};

void* volatile g_block;  // keeps the compiler from removing a pair of calls

TEST_F(AllocationWatchTest, SeesEveryEntryOfTheAllocator) {
  EXPECT_EQ(counted([] { g_block = std::malloc(10); }), 1U);
  EXPECT_EQ(counted([] { g_block = std::realloc(g_block, 100'000); }), 1U);
  std::free(g_block);
  EXPECT_EQ(counted([] { g_block = std::calloc(3, 5); }), 1U);
  std::free(g_block);
  EXPECT_EQ(counted([] { g_block = std::aligned_alloc(64, 128); }), 1U);
  std::free(g_block);
  EXPECT_EQ(counted([] {
              void* block = nullptr;
              ASSERT_EQ(::posix_memalign(&block, 256, 100), 0);
              g_block = block;
            }),
            1U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(g_block) % 256, 0U);
  std::free(g_block);
  EXPECT_GE(counted([] { g_block = new double[100]; }), 1U);
  delete[] static_cast<double*>(g_block);
}

TEST_F(AllocationWatchTest, WithoutAnAllocationItStandsStill) {
  double sum = 0;
  EXPECT_EQ(counted([&] {
              for (int i = 0; i < 1000; ++i) sum += i;
              std::free(nullptr);
            }),
            0U);
  EXPECT_EQ(sum, 499'500);
}

TEST_F(AllocationWatchTest, CountsThisThreadOnly) {
  const std::uint64_t before = now();
  std::uint64_t others = 0;
  auto* thread = new std::thread([&] {
    others = counted([] {
      for (int i = 0; i < 50; ++i) {
        g_block = std::malloc(8);
        std::free(g_block);
      }
    });
  });
  thread->join();
  const std::uint64_t mine = now() - before;
  delete thread;
  EXPECT_EQ(others, 50U);
  EXPECT_LT(mine, 50U);
}

control::RosterSettings watched() {
  control::RosterSettings settings;
  settings.allocations = allocation_counter();
  return settings;
}

// The plugin is opened with dlopen and allocates with its own call of malloc.
TEST_F(AllocationWatchTest, APluginThatAllocatesInItsStepLosesItsSeat) {
  control::RosterRig rig(control::seat_of("allocates", 1, 0, {control::param_of("from_cycle", 3)}),
                         watched());
  for (int c = 1; c <= 2; ++c) EXPECT_EQ(rig.ask().status, ProposalStatus::ok);
  EXPECT_EQ(rig.ask().status, ProposalStatus::fault);
  EXPECT_EQ(rig.proposals[0].reason, Reason::allocated);
}

TEST_F(AllocationWatchTest, AskingWellBehavedControllersAllocatesNothing) {
  for (const char* animal : {"well_behaved", "plain_c", "complete"}) {
    control::RosterRig rig(control::seat_of(animal, 1, 0), watched());
    rig.ask();
    const std::uint64_t count = counted([&] {
      for (int c = 0; c < 100; ++c) rig.ask();
    });
    EXPECT_EQ(count, 0U) << animal;
    EXPECT_EQ(rig.proposals[0].status, ProposalStatus::ok) << animal;
  }
}

}  // namespace
}  // namespace saggar::app
