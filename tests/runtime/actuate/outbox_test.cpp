#include "runtime/actuate/outbox.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include "tests/support/plants.hpp"

namespace saggar::actuate {
namespace {

bool readable(int fd, int timeout_ms) {
  pollfd p{fd, POLLIN, 0};
  return ::poll(&p, 1, timeout_ms) == 1;
}

class OutboxTest : public ::testing::Test {
 protected:
  OutboxTest() : plant_(testing::small_plant(1)), outbox_(plant_) {}
  void put(std::uint64_t cycle) {
    outbox_.writable().cycle = cycle;
    outbox_.publish();
  }
  domain::Plant plant_;
  Outbox outbox_;
};

TEST_F(OutboxTest, TheDoorbellRingsForACommandAndIsQuietAfterwards) {
  EXPECT_FALSE(readable(outbox_.doorbell_fd(), 0));
  put(7);
  ASSERT_TRUE(readable(outbox_.doorbell_fd(), 5000));
  outbox_.quiet();
  const domain::Command* command = outbox_.take();
  ASSERT_NE(command, nullptr);
  EXPECT_EQ(command->cycle, 7U);
  EXPECT_FALSE(readable(outbox_.doorbell_fd(), 0));
}

TEST_F(OutboxTest, OnlyTheNewestCommandIsTaken) {
  put(1), put(2), put(3);
  EXPECT_EQ(outbox_.take()->cycle, 3U);
  EXPECT_EQ(outbox_.take(), nullptr);
}

TEST_F(OutboxTest, ASpinningReaderGetsTheCommandWithoutTheBell) {
  std::thread control([this] { put(9); });
  const domain::Command* command = outbox_.expect(10'000'000'000);
  control.join();
  ASSERT_NE(command, nullptr);
  EXPECT_EQ(command->cycle, 9U);
}

TEST_F(OutboxTest, ExpectingInVainEnds) { EXPECT_EQ(outbox_.expect(1000), nullptr); }

TEST_F(OutboxTest, NoCommandIsEverLostBetweenSpinAndBell) {
  constexpr std::uint64_t kCycles = 2000;
  std::atomic<std::uint64_t> taken{0};
  std::thread control([&] {
    for (std::uint64_t i = 1; i <= kCycles; ++i) {
      put(i);
      while (taken.load() < i) std::this_thread::yield();
    }
  });
  while (taken.load() < kCycles) {
    const domain::Command* command = outbox_.expect(2000);
    if (command == nullptr) {
      ASSERT_TRUE(readable(outbox_.doorbell_fd(), 20000)) << "a command came without spin or bell";
      outbox_.quiet();
      command = outbox_.take();
    }
    if (command != nullptr) taken.store(command->cycle);
  }
  control.join();
}

}  // namespace
}  // namespace saggar::actuate
