#include "hil/drill/hoard.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace saggar::drill {
namespace {

TEST(Hoard, KeepsNoMoreThanItsBoundsAndGivesAllBack) {
  Hoard hoard;
  for (int i = 0; i < 2000; ++i) {
    hoard.keep_memory();
    hoard.keep_file();
  }
  for (int i = 0; i < 20; ++i) hoard.keep_threads();
  EXPECT_EQ(hoard.blocks(), 1024U);  // of 64 KiB: 64 MiB
  EXPECT_EQ(hoard.files(), 256U);
  EXPECT_EQ(hoard.threads(), 32);
  hoard.give_back();
  EXPECT_EQ(hoard.blocks(), 0U);
  EXPECT_EQ(hoard.files(), 0U);
  for (int i = 0; i < 500 && hoard.threads() > 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_EQ(hoard.threads(), 0);
}

}  // namespace
}  // namespace saggar::drill
