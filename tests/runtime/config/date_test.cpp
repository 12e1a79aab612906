#include "runtime/config/date.hpp"

#include <gtest/gtest.h>

namespace saggar::config {
namespace {

TEST(Date, OnlyDaysOfTheCalendarCount) {
  for (const char* right : {"1970-01-01", "2024-02-29", "2026-12-31"}) EXPECT_TRUE(is_date(right));
  for (const char* wrong : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01",
                            "2026-01-01 ", "2026/01/01", "1969-12-31", "2026-01-0a"}) {
    EXPECT_FALSE(is_date(wrong)) << wrong;
  }
}

TEST(Date, TodayIsOneOfThem) {
  const std::string today = today_utc();
  EXPECT_TRUE(is_date(today)) << today;
  EXPECT_GT(today, "2025-01-01");
}

}  // namespace
}  // namespace saggar::config
