// WX-1 to WX-4 (PF-06): draught 15-25 % stronger in winter than in summer, 10-15 % stronger on
// clear days than in rain.
#include "hil/kiln/weather.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

PlantParams plant(const char* name) {
  return plant_or_throw(std::string("kiln/") + name + ".plant.toml");
}
PlantParams calm(const char* name, double day_of_year) {
  PlantParams p = plant(name);
  p.weather.day_of_year.value = day_of_year;
  p.weather.front_K.value = p.weather.clear_share.value = p.weather.rain_h2o_percent.value = 0;
  return p;
}
double drawn_K(const PlantParams& p) { return p.weather.drawn_degC.value + 273.15; }

/// Mean draught of one day.
double day_Pa(const PlantParams& p) {
  Weather weather(p, 1);
  double sum = 0;
  for (int s = 0; s < 86400; ++s) {
    sum += weather.step(s, static_cast<std::uint64_t>(s), 1.0, drawn_K(p)).draft_Pa / 86400;
  }
  return sum;
}

TEST(Weather, DrawsFifteenToTwentyFivePercentBetterInWinterThanInSummer) {  // WX-1, WX-2
  for (const char* kiln : {"p1", "p2"}) {
    const double winter = day_Pa(calm(kiln, 17)), summer = day_Pa(calm(kiln, 200));
    EXPECT_GE(winter / summer, 1.15) << kiln;
    EXPECT_LE(winter / summer, 1.25) << kiln;
    EXPECT_NEAR(0.5 * (winter + summer), plant(kiln).gas.draft_Pa.value, 0.5) << kiln;
  }
}

// One standard deviation to either side is what a works calls a clear day and rain.
TEST(Weather, DrawsTenToFifteenPercentBetterWhenClearThanInRain) {  // WX-3, WX-4
  for (const char* kiln : {"p1", "p2"}) {
    PlantParams p = plant(kiln);
    p.weather.season_K.value = p.weather.day_K.value = p.weather.front_K.value = 0;
    double clear = 0, rain = 0;
    int clears = 0, rains = 0;
    Weather weather(p, 3);
    for (int s = 0; s < 60 * 86400; ++s) {
      const double draft = weather.step(s, static_cast<std::uint64_t>(s), 1.0, drawn_K(p)).draft_Pa;
      if (std::abs(weather.clear() - 1.0) < 0.2) clear += draft, ++clears;
      if (std::abs(weather.clear() + 1.0) < 0.2) rain += draft, ++rains;
    }
    ASSERT_GT(std::min(clears, rains), 3600);
    const double ratio = clear / clears / (rain / rains);
    EXPECT_GE(ratio, 1.10) << kiln;
    EXPECT_LE(ratio, 1.15) << kiln;
  }
}

TEST(Weather, WithoutAmplitudesIsNone) {
  PlantParams p = calm("p2", 17);
  p.weather.season_K.value = p.weather.day_K.value = p.weather.season_h2o_percent.value = 0;
  p.weather.stack_keep.value = 0;
  Weather weather(p, 1);
  for (std::uint64_t s = 0; s < 100000; s += 1000) {
    const Outside& out = weather.step(static_cast<double>(s), s, 1.0, 900.0);
    EXPECT_DOUBLE_EQ(out.draft_Pa, p.gas.draft_Pa.value);
    EXPECT_DOUBLE_EQ(out.hall_K, p.chamber.ambient_degC.value + 273.15);
    EXPECT_DOUBLE_EQ(out.hall_h2o, 0.01 * p.gas.hall_h2o_percent.value);
  }
}

// g H (rho outside - rho stack) with 353 kgK/m3: 9.80665 x 6 m x 353 x (1/285.15 - 1/393.15)
// = 20.0 Pa. A cold kiln's stack stands at the temperature of the hall and hardly draws.
TEST(Weather, AStackDrawsByItsBuoyancyAndAColdOneHardly) {
  PlantParams p = calm("p1", 109);
  p.weather.season_K.value = p.weather.day_K.value = 0;
  p.weather.stack_lag_s.value = 1;
  p.weather.stack_keep.value = 1;
  Weather weather(p, 1);
  double hot = 0, cold = 0;
  for (std::uint64_t s = 0; s < 60; ++s) hot = weather.step(0, s, 1.0, drawn_K(p)).draft_Pa;
  for (std::uint64_t s = 0; s < 60; ++s) cold = weather.step(0, s, 1.0, 298.15).draft_Pa;
  EXPECT_NEAR(hot, 20.0, 1e-6);
  // 353 x 9.80665 x 6 x (1/285.15 - 1/298.15) = 3.2 Pa instead of 20.0.
  EXPECT_NEAR(cold, 3.2, 0.15);
}

TEST(Weather, TheHallFollowsTheDayLaterAndLess) {
  PlantParams p = calm("p2", 109);
  p.weather.season_K.value = 0;
  Weather weather(p, 1);
  double hottest_outside = 0, hottest_hall = 0;
  int outside_at = 0, hall_at = 0;
  for (int s = 0; s < 2 * 86400; ++s) {
    const double hall = weather.step(s, static_cast<std::uint64_t>(s), 1.0, 600.0).hall_K;
    if (s < 86400) continue;  // until the first hours are forgotten
    if (weather.outside_K() > hottest_outside)
      hottest_outside = weather.outside_K(), outside_at = s;
    if (hall > hottest_hall) hottest_hall = hall, hall_at = s;
  }
  // A first-order lag of 6 h at one turn a day: tan(phase) = 2 pi 6 / 24, 57.5 degrees, 3.8 h; its
  // amplitude is cos(57.5 degrees) x 0.5 x 4 K = 1.07 K.
  EXPECT_NEAR((hall_at - outside_at) / 3600.0, 3.8, 0.2);
  EXPECT_NEAR(hottest_hall - 298.15, 1.07, 0.05);
}

TEST(Weather, TheSameSeedHasTheSameWeatherAndASnapshotGoesOnWithIt) {
  const PlantParams p = plant("p2");
  Weather a(p, 5), b(p, 6);
  for (std::uint64_t s = 0; s < 5000; ++s) a.step(static_cast<double>(s), s, 1.0, 700.0);
  EXPECT_NE(a.clear(), b.clear());
  std::vector<std::uint8_t> bytes;
  auto save = domain::Archive::saving(bytes);
  a.serialize(save);
  auto load = domain::Archive::loading(bytes.data(), bytes.size());
  b.serialize(load);
  ASSERT_TRUE(load.ok() && load.at_end());
  for (std::uint64_t s = 5000; s < 6000; ++s) {
    a.step(static_cast<double>(s), s, 0.5, 700.0);
    b.step(static_cast<double>(s), s, 0.5, 700.0);
  }
  EXPECT_EQ(a.clear(), b.clear());
  EXPECT_EQ(a.outside_K(), b.outside_K());
}

}  // namespace
}  // namespace saggar::kiln
