// Marks against counting by hand.
#include "hil/report/ticks.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::report {
namespace {

std::string labels(const std::vector<Tick>& ticks) {
  std::string out;
  for (const Tick& tick : ticks) out += (out.empty() ? "" : " ") + tick.label;
  return out;
}

TEST(NiceStep, IsTheSmallestThatLeavesFewEnoughParts) {
  const struct {
    double span;
    int parts;
    double step;
  } rows[] = {{10, 10, 1},   {10, 9, 2},       {10, 5, 2},      {10, 4, 5}, {100, 6, 20},
              {800, 6, 200}, {0.03, 6, 0.005}, {7e-9, 7, 1e-9}, {1, 1, 1},  {1.1, 1, 2}};
  for (const auto& row : rows) {
    EXPECT_EQ(nice_step(row.span, row.parts).value(), row.step) << row.span << "/" << row.parts;
  }
}

TEST(NiceStep, HoldsAtTheEndsOfWhatIsDrawn) {
  for (const double span : {1e-300, 2.3e-200, 4e150, 2e300}) {
    const Step step = nice_step(span, 6);
    EXPECT_LE(span / step.value(), 6 * (1 + 1e-6)) << span;
    EXPECT_GT(span / step.value(), 6 / 2.6) << span;
  }
}

TEST(LinearTicks, StandAtMultiplesInsideAndSayExactlyWhereTheyStand) {
  EXPECT_EQ(labels(linear_ticks(0, 10, 5)), "0 2 4 6 8 10");
  EXPECT_EQ(labels(linear_ticks(-0.25, 0.31, 6)), "-0.2 -0.1 0.0 0.1 0.2 0.3");
  EXPECT_EQ(labels(linear_ticks(747.3, 756.9, 6)), "748 750 752 754 756");
  const std::vector<Tick> tenths = linear_ticks(0, 1, 10);
  ASSERT_EQ(tenths.size(), 11u);
  EXPECT_EQ(tenths[3].value, 0.3);  // not 0.30000000000000004
  EXPECT_FALSE(std::signbit(linear_ticks(-1, 1, 4)[2].value));
}

TEST(LinearTicks, HaveTheDigitsOfTheirStepHoweverFarFromZero) {
  EXPECT_EQ(labels(linear_ticks(750.001, 750.0041, 3)), "750.002 750.004");
  EXPECT_EQ(labels(linear_ticks(0, 3e6, 3)), "0 1e6 2e6 3e6");
  EXPECT_EQ(labels(linear_ticks(1e6, 1.0002e6, 2)), "1.0000e6 1.0001e6 1.0002e6");
  EXPECT_EQ(labels(linear_ticks(0, 4e-6, 4)), "0 1e-6 2e-6 3e-6 4e-6");
}

TEST(LogTicks, ArePowersOfTenWithTwoAndFiveWhereThereIsRoom) {
  EXPECT_EQ(labels(log_ticks(1, 100, 8)), "1 2 5 10 20 50 100");
  EXPECT_EQ(labels(log_ticks(1e-6, 1e-2, 6)), "1e-6 1e-5 0.0001 0.001 0.01");
  EXPECT_EQ(labels(log_ticks(3, 4000, 5)), "10 100 1000");
}

TEST(LogTicks, LeaveOutDecadesOverManyAndAreLinearWithinOne) {
  EXPECT_EQ(labels(log_ticks(1e-12, 1e12, 6)), "1e-12 1e-8 0.0001 1 10000 100000000 1e12");
  EXPECT_EQ(labels(log_ticks(20, 60, 4)), "20 30 40 50 60");
  EXPECT_LE(log_ticks(1e-300, 1e300, 6).size(), 7u);
}

}  // namespace
}  // namespace saggar::report
