#include "runtime/monitor/inputs.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace saggar::monitor {
namespace {

const double kNone = std::nan("");

/// A step of 10 s with one value for the first input, and 5 for a second where there is one.
std::uint32_t step(Inputs& in, double value, double dt_s = 10) {
  in.begin(dt_s);
  in.see(0, value);
  if (in.size() > 1) in.see(1, 5);
  return in.sample();
}

TEST(Inputs, AreTheValuesOfWholePeriodsInOrderWithTheirLags) {
  Inputs in({{100, 10, {0, 2}}, {5, 1, {0}}}, 10, 10, 0);
  EXPECT_EQ(step(in, 110), 1U);
  EXPECT_FALSE(in.ready()) << "no history of two periods yet";
  step(in, 120);
  step(in, 130);
  ASSERT_TRUE(in.ready());
  EXPECT_EQ(in.x(), (std::vector<double>{3, 1, 0}));  // (130-100)/10, (110-100)/10, (5-5)/1
  step(in, 90);
  EXPECT_EQ(in.x(), (std::vector<double>{-1, 2, 0}));
  EXPECT_EQ(in.input_of(1), 0U);
  EXPECT_EQ(in.input_of(2), 1U);
}

TEST(Inputs, AreSampledOncePerPeriodFromTheFirstStepOn) {
  Inputs in({{0, 1, {0}}}, 10, 60, 0);
  EXPECT_EQ(step(in, 1), 1U);
  for (int i = 2; i <= 6; ++i) EXPECT_EQ(step(in, i), 0U) << i;
  EXPECT_EQ(in.x()[0], 1);
  EXPECT_EQ(step(in, 7), 1U);
  EXPECT_EQ(in.x()[0], 7) << "the value of that instant";
  for (int i = 0; i < 5; ++i) EXPECT_EQ(step(in, i), 0U);
  EXPECT_EQ(step(in, 8), 1U);
}

TEST(Inputs, StepsThatWereLeftOutCountAsPeriods) {
  Inputs in({{0, 1, {0, 1, 2}}}, 10, 60, 1e9);
  step(in, 1);
  EXPECT_EQ(step(in, 2, 120), 2U);
  EXPECT_EQ(in.x(), (std::vector<double>{2, 2, 1}));
}

TEST(Inputs, AMissingValueIsStoodForOnlySoLong) {
  Inputs in({{0, 1, {0}}}, 10, 10, 20);
  step(in, 4);
  step(in, kNone);
  step(in, kNone);
  EXPECT_TRUE(in.ready());
  EXPECT_EQ(in.x()[0], 4);
  step(in, kNone);
  EXPECT_FALSE(in.ready());
  step(in, 5);
  EXPECT_TRUE(in.ready());
}

TEST(Inputs, ARestartForgetsAndASavedStateGoesOn) {
  Inputs a({{0, 1, {0, 1}}}, 10, 10, 0), b({{0, 1, {0, 1}}}, 10, 10, 0);
  step(a, 1), step(a, 2);
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  a.serialize(save);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  b.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  step(a, 3), step(b, 3);
  EXPECT_EQ(a.x(), b.x());
  EXPECT_TRUE(b.ready());
  a.restart();
  step(a, 3);
  EXPECT_FALSE(a.ready());
}

TEST(Inputs, RefuseWhatCannotBeSampled) {
  EXPECT_THROW(Inputs({}, 10, 10, 0), std::invalid_argument);
  EXPECT_THROW(Inputs({{0, 0, {0}}}, 10, 10, 0), std::invalid_argument);
  EXPECT_THROW(Inputs({{0, 1, {}}}, 10, 10, 0), std::invalid_argument);
  EXPECT_THROW(Inputs({{0, 1, {0}}}, 10, 0, 0), std::invalid_argument);
}

}  // namespace
}  // namespace saggar::monitor
