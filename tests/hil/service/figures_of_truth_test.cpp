#include "hil/service/figures_of_truth.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace saggar::service {
namespace {

TEST(FiguresOfTruth, AreThoseThatNeedNoRuntime) {
  const auto list = figures_of_truth(suite::Kpi());
  const auto has = [&](const char* name) {
    return std::any_of(list.begin(), list.end(), [&](const auto& f) { return f.name == name; });
  };
  EXPECT_TRUE(std::none_of(list.begin(), list.end(), [](const auto& f) { return f.machine; }));
  EXPECT_TRUE(has("hours") && has("product_kg") && has("heat_travel_per_h"));
  EXPECT_FALSE(has("guard_clips") || has("ladder_moves") || has("controllers_us"));
  EXPECT_FALSE(has("alarms") || has("heat_service_factor") || has("peak_MB"));
}

}  // namespace
}  // namespace saggar::service
