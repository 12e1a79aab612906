#include "runtime/control/worker.hpp"

#include <gtest/gtest.h>

#include <chrono>

namespace saggar::control {
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

TEST(Worker, EndsCleanlyWithoutEverWorking) {
  Worker worker([] {});
  EXPECT_TRUE(worker.done());
}

}  // namespace
}  // namespace saggar::control
