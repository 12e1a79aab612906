#include "hil/instruments/device_step.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <string>

namespace saggar::instruments {
namespace {

std::string shortest(double value) {
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

TEST(DeviceStep, WhatADeviceShowsIsTheDoubleNearestToItsDecimal) {
  EXPECT_EQ(to_step(449.93, 0.1), 449.9);
  EXPECT_EQ(to_step(0.28, 0.1), 0.3);
  EXPECT_EQ(to_step(93.127, 0.01), 93.13);
  EXPECT_EQ(to_step(0.1234567, 1e-6), 0.123457);
  EXPECT_EQ(to_step(7.4, 1), 7);
}

TEST(DeviceStep, EveryTenthOfAKilnHasOneDecimal) {
  for (int tenths = 0; tenths <= 13'000; ++tenths) {
    const std::string text = shortest(to_step(tenths * 0.1, 0.1));
    const auto dot = text.find('.');
    EXPECT_TRUE(dot == std::string::npos || text.size() - dot == 2) << text;
  }
}

TEST(DeviceStep, AStepThatIsNoDecimalIsKeptAsNearAsItGoes) {
  EXPECT_NEAR(to_step(10.0, 0.3), 9.9, 1e-12);
  EXPECT_NEAR(to_step(11.0, 2.5), 10.0, 1e-12);
}

}  // namespace
}  // namespace saggar::instruments
