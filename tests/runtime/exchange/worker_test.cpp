#include "runtime/exchange/worker.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace saggar::exchange {
namespace {

TEST(Worker, RunsEachStartedJobExactlyOnce) {
  int runs = 0;
  {
    Worker worker([&] { ++runs; });
    EXPECT_TRUE(worker.done());
    for (int i = 0; i < 1000; ++i) {
      worker.start();
      worker.wait();
      ASSERT_EQ(runs, i + 1);
    }
  }
  EXPECT_EQ(runs, 1000);
}

TEST(Worker, IsNotDoneWhileTheJobRuns) {
  std::atomic<bool> go{false};
  Worker worker([&] { go.wait(false); });
  worker.start();
  EXPECT_FALSE(worker.done());
  go = true;
  go.notify_all();
  worker.wait();
  EXPECT_TRUE(worker.done());
}

TEST(Worker, RunsOnTheProcessorItIsPinnedTo) {
  cpu_set_t allowed;
  ASSERT_EQ(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
  int cpu = 0;
  while (CPU_ISSET(static_cast<unsigned>(cpu), &allowed) == 0) ++cpu;
  int ran_on = -1;
  Worker worker([&] { ran_on = ::sched_getcpu(); });
  EXPECT_EQ(worker.pin(cpu), 0);
  worker.start();
  worker.wait();
  EXPECT_EQ(ran_on, cpu);
  EXPECT_NE(worker.pin(-1), 0);
  EXPECT_NE(worker.pin(CPU_SETSIZE), 0);
}

TEST(Worker, EndsCleanlyWithoutEverWorking) {
  Worker worker([] {});
  EXPECT_TRUE(worker.done());
}

}  // namespace
}  // namespace saggar::exchange
