#include "hil/train/straight.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace saggar::train {
namespace {

Examples lines(bool twins) {
  Examples e;
  e.x.width = 2;
  e.y.width = 1;
  for (int i = 0; i < 100; ++i) {
    const auto a = static_cast<float>(std::sin(i)),
               b = twins ? a : static_cast<float>(std::cos(3 * i));
    e.x.at.insert(e.x.at.end(), {a, b});
    e.y.at.push_back(twins ? 2 * a + 1 : 2 * a - 3 * b + 1);
    ++e.x.rows;
    ++e.y.rows;
  }
  return e;
}

TEST(Straight, FindsWhatIsLinear) {
  const Straight s = fit_straight(lines(false), 1e-9);
  EXPECT_NEAR(s.weight[0], 2, 1e-4);
  EXPECT_NEAR(s.weight[1], -3, 1e-4);
  EXPECT_NEAR(s.bias[0], 1, 1e-4);
}

TEST(Straight, InputsThatGoTogetherShareTheWeight) {
  const Straight s = fit_straight(lines(true), 1e-6);
  EXPECT_NEAR(s.weight[0], 1, 1e-3);
  EXPECT_NEAR(s.weight[1], 1, 1e-3);
}

TEST(Straight, ALargeRidgeLeavesTheMean) {
  const Straight s = fit_straight(lines(false), 1e6);
  EXPECT_NEAR(s.weight[0], 0, 1e-4);
  double mean = 0;
  for (const float y : lines(false).y.at) mean += static_cast<double>(y) / 100;
  EXPECT_NEAR(s.bias[0], mean, 1e-4);
}

TEST(Straight, WhatIsNotAskedForDoesNotCount) {
  Examples e = lines(false);
  for (std::size_t i = 0; i < 40; ++i) e.y.at[i] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_NEAR(fit_straight(e, 1e-9).weight[1], -3, 1e-4);
  for (float& y : e.y.at) y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(fit_straight(e, 1e-9).weight, (std::vector<float>{0, 0}));
}

}  // namespace
}  // namespace saggar::train
