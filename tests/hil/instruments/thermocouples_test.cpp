// Lags: facts on sensors (section 1.7), tau = rho c d / (4 (4 eps sigma T^3 + h)).
#include "hil/instruments/thermocouples.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::instruments {
namespace {

ThermocoupleType ceramic() {
  return {.diameter_m = 0.012,
          .heat_capacity_J_per_m3K = 3.6e6,
          .emissivity = 0.8,
          .film_W_per_m2K = 15.0,
          .tolerance_K = 1.0,
          .tolerance_share = 0.0,
          .noise_K = 0.0,
          .resolution_K = 0.0,
          .upscale_degC = 1372.0};
}

TEST(Thermocouples, LagFallsWithTemperatureAsTheFactsTable) {
  const ThermocoupleType type = ceramic();
  EXPECT_NEAR(type.lag_s(770 + 273.15), 47, 3);
  EXPECT_NEAR(type.lag_s(400 + 273.15), 151, 12);
  EXPECT_NEAR(type.lag_s(200 + 273.15), 327, 25);
}

TEST(Thermocouples, AStepAppearsWithThatLag) {
  Thermocouples sensors(ceramic(), 1, 770.0, 1);
  const double offset = sensors.error_K(0);
  const double lag = ceramic().lag_s(771.5 + 273.15);
  for (double t = 0; t < lag; t += 0.5) sensors.scan({773.0}, 0.5, 1);
  EXPECT_NEAR(sensors.readings()[0] - offset, 770 + 3 * (1 - std::exp(-1.0)), 0.02);
}

TEST(Thermocouples, OffsetsStayWithinTheClassAndDiffer) {
  Thermocouples sensors(ceramic(), 60, 770.0, 5);
  double low = 9, high = -9;
  for (std::size_t i = 0; i < 60; ++i) {
    EXPECT_LE(std::abs(sensors.error_K(i)), 1.0);
    low = std::min(low, sensors.error_K(i));
    high = std::max(high, sensors.error_K(i));
  }
  EXPECT_GT(high - low, 1.0);
}

TEST(Thermocouples, ReadingsStepByTheResolutionAndCarryTheStatedNoise) {
  ThermocoupleType type = ceramic();
  type.noise_K = 0.15;
  type.resolution_K = 0.1;
  Thermocouples sensors(type, 1, 500.0, 3);
  double sum = 0, square = 0;
  const int n = 20000;
  for (int i = 0; i < n; ++i) {
    sensors.scan({500.0}, 0.5, static_cast<std::uint64_t>(i));
    const double x = sensors.readings()[0];
    EXPECT_NEAR(x * 10, std::nearbyint(x * 10), 1e-6);
    sum += x;
    square += x * x;
  }
  const double mean = sum / n;
  // 0.15 K of noise and 0.1 / sqrt(12) K of rounding.
  EXPECT_NEAR(std::sqrt(square / n - mean * mean), std::hypot(0.15, 0.0289), 0.01);
}

TEST(Thermocouples, AnOpenSensorReadsUpscaleAndIsFlagged) {
  Thermocouples sensors(ceramic(), 2, 500.0, 1);
  sensors.set_fault(1, SensorFault::open);
  sensors.scan({500.0, 500.0}, 0.5, 1);
  EXPECT_EQ(sensors.readings()[1], 1372.0);
  EXPECT_TRUE(sensors.is_open(1));
  EXPECT_FALSE(sensors.is_open(0));
  EXPECT_LT(sensors.readings()[0], 502.0);
  sensors.set_fault(1, SensorFault::none);
  sensors.scan({500.0, 500.0}, 0.5, 2);
  EXPECT_LT(sensors.readings()[1], 502.0);
}

TEST(Thermocouples, AStuckSensorKeepsItsReadingWhileTheJunctionGoesOn) {
  Thermocouples sensors(ceramic(), 1, 500.0, 1);
  sensors.scan({500.0}, 0.5, 1);
  const double before = sensors.readings()[0];
  sensors.set_fault(0, SensorFault::stuck);
  for (int i = 0; i < 2000; ++i) sensors.scan({600.0}, 0.5, 2);
  EXPECT_EQ(sensors.readings()[0], before);
  EXPECT_FALSE(sensors.is_open(0));
  sensors.set_fault(0, SensorFault::none);
  sensors.scan({600.0}, 0.5, 3);
  EXPECT_GT(sensors.readings()[0], 590.0);
}

/// One sensor at 600 degC whose own class error is known, with an error.
double shown(const SensorErrors& errors, const ThermocoupleType& type = ceramic()) {
  Thermocouples sensors(type, 1, 600.0, 1);
  const double own = sensors.error_K(0);
  sensors.set_errors(0, errors);
  sensors.scan({600.0}, 0.5, 7);
  return sensors.readings()[0] - own;
}

TEST(Thermocouples, ErrorsAddUpFromTheJunctionOutward) {
  EXPECT_NEAR(shown({.gain = -0.01}), 594, 1e-6);
  EXPECT_NEAR(shown({.cold_junction_K = 5}), 605, 1e-6);
  EXPECT_NEAR(shown({.gain = 0.01, .cold_junction_K = -5}), 601, 1e-6);
  EXPECT_NEAR(shown({.noise_factor = 4}), 600, 1e-6);  // this make has no noise
}

// Mirrored about 25 degC the 600 would be -550; the card ends at -200. Its own error is then taken
// off by `shown`.
TEST(Thermocouples, AReversedOneIsMirroredAndEndsAtTheCard) {
  EXPECT_NEAR(shown({.reversed = 1}), -200, 1.1);
  ThermocoupleType wide = ceramic();
  wide.errors.downscale_degC = -600;
  EXPECT_NEAR(shown({.reversed = 1}, wide), -550, 2.1);
}

TEST(Thermocouples, SpikesTakeTheirShareOfTheTime) {
  Thermocouples sensors(ceramic(), 1, 600.0, 1);
  sensors.set_errors(0, {.spike_K = 30});
  int high = 0;
  const int n = 240000;
  for (int i = 0; i < n; ++i) {
    sensors.scan({600.0}, 0.5, static_cast<std::uint64_t>(i));
    high += sensors.readings()[0] > 615 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(high) / n, 2.0 / 60.0, 0.002);
}

TEST(Thermocouples, AnOpenOneWithErrorsStillReadsUpscale) {
  Thermocouples sensors(ceramic(), 1, 600.0, 1);
  sensors.set_errors(0, {.cold_junction_K = 5});
  sensors.set_fault(0, SensorFault::open);
  sensors.scan({600.0}, 0.5, 1);
  EXPECT_EQ(sensors.readings()[0], 1372.0);
}

}  // namespace
}  // namespace saggar::instruments
