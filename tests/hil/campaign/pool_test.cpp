#include "hil/campaign/pool.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <cstdlib>
#include <map>

namespace saggar::campaign {
namespace {

std::map<std::size_t, Ended> run_all(std::size_t count, const PoolOptions& options,
                                     const std::function<int(std::size_t)>& work) {
  std::map<std::size_t, Ended> ended;
  run_pool(count, options, work, [&](const Ended& e) { ended[e.index] = e; });
  return ended;
}

TEST(Pool, EachPieceIsAProcessOfItsOwnAndItsExitCodeIsTold) {
  for (const int jobs : {1, 3}) {
    PoolOptions options;
    options.jobs = jobs;
    const auto ended = run_all(5, options, [](std::size_t i) { return static_cast<int>(i) % 2; });
    ASSERT_EQ(ended.size(), 5U);
    EXPECT_TRUE(ended.at(4).sound());
    EXPECT_EQ(ended.at(3).exit_code, 1);
    EXPECT_EQ(ended.at(3).problem(), "ended with exit code 1");
    EXPECT_GT(ended.at(0).peak_kB, 0);
  }
}

TEST(Pool, OneThatCrashesOrHangsTakesNothingWithIt) {
  PoolOptions options;
  options.jobs = 2;
  options.limit_s = 0.3;
  const auto ended = run_all(4, options, [](std::size_t i) {
    if (i == 0) ::raise(SIGKILL);
    if (i == 1) ::pause();
    if (i == 2) throw std::runtime_error("thrown");
    return 0;
  });
  ASSERT_EQ(ended.size(), 4U);
  EXPECT_EQ(ended.at(0).signal, SIGKILL);
  EXPECT_EQ(ended.at(0).problem(), "ended by signal 9 (Killed)");
  EXPECT_TRUE(ended.at(1).too_long);
  EXPECT_EQ(ended.at(1).problem(), "no end in 0 s: hanging");
  EXPECT_EQ(ended.at(2).exit_code, 1);
  EXPECT_TRUE(ended.at(3).sound());
}

TEST(Pool, AStopEndsWhatRunsAndBeginsNothingMore) {
  volatile int stop = 0;
  PoolOptions options;
  options.stop = &stop;
  std::size_t done = 0;
  const bool whole = run_pool(
      100, options, [](std::size_t) { return 0; },
      [&](const Ended&) {
        ++done;
        if (done == 3) stop = 1;
      });
  EXPECT_FALSE(whole);
  EXPECT_EQ(done, 3U);
}

}  // namespace
}  // namespace saggar::campaign
