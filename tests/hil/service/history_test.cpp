#include "hil/service/history.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::service {
namespace {

domain::Frame frame(double value) {
  domain::Frame f(2);
  f.samples[0] = {value, 0, domain::Quality::good, domain::SubStatus::none};
  return f;
}

TEST(History, TakesARowAMinute) {
  History history(2);
  for (int s = 0; s <= 300; s += 30) history.look(s, frame(s));
  ASSERT_EQ(history.rows(), 6U);  // 0, 60, .. 300 s
  EXPECT_EQ(history.time_s(5), 300);
  EXPECT_EQ(history.value(5, 0), 300);
  EXPECT_TRUE(std::isnan(history.value(5, 1))) << "a tag that was never good";
}

TEST(History, FindsTheRowsOfATime) {
  History history(2);
  for (int s = 0; s <= 600; s += 60) history.look(s, frame(s));
  using Rows = std::pair<std::size_t, std::size_t>;
  EXPECT_EQ(history.between(60, 180), (Rows{1, 4}));
  EXPECT_EQ(history.between(-1e9, 1e9), (Rows{0, 11}));
  EXPECT_EQ(history.between(61, 119), (Rows{2, 2}));
}

TEST(History, ForgetsTheOldestDayBeyondThirty) {
  History history(2);
  for (std::size_t m = 0; m <= History::kMostRows; ++m) {
    history.look(60.0 * static_cast<double>(m), frame(static_cast<double>(m)));
  }
  EXPECT_EQ(history.rows(), History::kMostRows - 1440 + 1);
  EXPECT_EQ(history.time_s(0), 86400);
  EXPECT_EQ(history.value(0, 0), 1440);
}

}  // namespace
}  // namespace saggar::service
