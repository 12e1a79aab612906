#include "hil/instruments/noise.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace saggar::instruments {
namespace {

TEST(Noise, ADrawDependsOnItsNameAndTickOnly) {
  const std::uint64_t key = element(stream(7, "thermocouple noise"), 3);
  const double alone = normal(key, 1000);
  for (std::uint64_t i = 0; i < 50; ++i) (void)normal(element(stream(7, "lots"), i), i);
  EXPECT_EQ(normal(key, 1000), alone);
}

TEST(Noise, SeedStreamElementAndTickAllSeparateTheDraws) {
  std::set<std::uint64_t> seen;
  for (const std::uint64_t seed : {1, 2}) {
    for (const char* name : {"lots", "mains"}) {
      for (std::uint64_t index = 0; index < 20; ++index) {
        for (std::uint64_t tick = 0; tick < 50; ++tick) {
          seen.insert(bits(element(stream(seed, name), index), tick));
        }
      }
    }
  }
  EXPECT_EQ(seen.size(), 2U * 2U * 20U * 50U);
}

TEST(Noise, NormalHasMeanZeroUnitDeviationAndNoCorrelation) {
  const std::uint64_t key = element(stream(1, "x"), 0);
  const int n = 200000;
  double sum = 0, square = 0, lagged = 0, before = 0, largest = 0;
  for (int i = 0; i < n; ++i) {
    const double x = normal(key, static_cast<std::uint64_t>(i));
    sum += x;
    square += x * x;
    lagged += x * before;
    before = x;
    largest = std::max(largest, std::abs(x));
  }
  EXPECT_NEAR(sum / n, 0.0, 4.0 / std::sqrt(n));
  EXPECT_NEAR(std::sqrt(square / n), 1.0, 0.01);
  EXPECT_NEAR(lagged / n, 0.0, 4.0 / std::sqrt(n));
  EXPECT_LE(largest, 3.4642);
}

TEST(Noise, UniformStaysBelowOneAndFillsItsRange) {
  const std::uint64_t key = element(stream(1, "u"), 0);
  double low = 1, high = 0;
  for (std::uint64_t i = 0; i < 20000; ++i) {
    const double x = uniform(key, i);
    low = std::min(low, x);
    high = std::max(high, x);
  }
  EXPECT_GE(low, 0.0);
  EXPECT_LT(high, 1.0);
  EXPECT_LT(low, 0.001);
  EXPECT_GT(high, 0.999);
}

}  // namespace
}  // namespace saggar::instruments
