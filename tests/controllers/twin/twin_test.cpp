// The twin beside a simulated plant: a small version of `./dev accept mpc --only 4`.
#include <gtest/gtest.h>

#include "tests/controllers/twin/trial.hpp"
#include "tests/support/gate.hpp"

namespace saggar::twin {
namespace {

TEST(Twin, SeesTheCoreOfAPlantItDoesNotKnow) {
  Trial trial(11, 8);
  const Outcome o = trial.run(12);
  EXPECT_LE(o.drying_K.rms(), 15.0) << "while drying, of " << o.drying_K.count;
  EXPECT_LE(o.dry_m.rms(), 0.5) << "dry-out, of " << o.dry_m.count;
  EXPECT_GT(o.drying_K.count, 1000U);
  EXPECT_GT(o.dry_m.count, 20U);
  // The zone thermocouples alone would be wrong by the lag, 230 to 450 K at its largest.
  EXPECT_GT(o.hourly.front().count, 0U);
}

TEST(Twin, StepsWithoutHeap) {
  const auto config = kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml");
  const Places places = places_of(config);
  Settings settings;
  settings.rounds = 1;
  settings.round_s = 120;
  settings.round_blank_s = 30;
  settings.update_s = 60;
  Twin twin(Figures{}, places, settings);
  Measured m(places);
  for (std::size_t k = 0; k < places.zones; ++k) {
    m.top_degC[k] = m.bottom_degC[k] = 150.0 + 20.0 * static_cast<double>(k);
    m.top_kW[k] = m.bottom_kW[k] = 8;
  }
  for (double& flow : m.inlet_Nm3_per_h) flow = 60;
  for (double& speed : m.speed_mm_per_s) speed = 0.8333;
  m.pressure_Pa = 10;
  m.saggar_kg = 9.2;
  const gate::Scope scope;
  for (int i = 0; i < 12; ++i) twin.step(30, m);
  EXPECT_TRUE(!scope.counts().available || scope.counts().none());
  EXPECT_EQ(twin.seen().count, twin.line().count());
}

TEST(Twin, LivesWithMeasurementsThatAreNotThere) {
  const auto config = kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml");
  const Places places = places_of(config);
  Twin twin(Figures{}, places, Settings{});
  Measured m(places);
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t k = 0; k < places.zones; ++k) {
    m.top_degC[k] = m.bottom_degC[k] = 150.0 + 20.0 * static_cast<double>(k);
    m.top_kW[k] = m.bottom_kW[k] = 8;
  }
  for (double& flow : m.inlet_Nm3_per_h) flow = 60;
  for (double& speed : m.speed_mm_per_s) speed = 0.8333;
  m.saggar_kg = 9.2;
  twin.step(30, m);
  m.top_degC[4] = m.bottom_kW[7] = m.speed_mm_per_s[1] = m.pressure_Pa = m.saggar_kg = none;
  m.inlet_Nm3_per_h[3] = m.h2o_percent[0] = m.present = none;
  for (int i = 0; i < 300; ++i) twin.step(30, m);
  const Seen& seen = twin.seen();
  for (std::size_t j = 0; j < seen.count; ++j) {
    EXPECT_TRUE(std::isfinite(seen.core_degC.value[j]));
    EXPECT_TRUE(std::isfinite(seen.core_degC.sigma[j]));
    EXPECT_TRUE(std::isfinite(seen.size_nm.value[j]));
  }
}

TEST(Twin, WaitsForAWholeProfileAndBeginsAnewAfterNonsense) {
  const auto config = kiln::load_or_throw<config::KilnConfig>("kiln/p2.toml");
  const Places places = places_of(config);
  Twin twin(Figures{}, places, Settings{});
  Measured m(places);
  for (std::size_t k = 0; k < places.zones; ++k) {
    m.top_degC[k] = m.bottom_degC[k] = 150.0 + 20.0 * static_cast<double>(k);
    m.top_kW[k] = m.bottom_kW[k] = 8;
  }
  for (double& flow : m.inlet_Nm3_per_h) flow = 60;
  for (double& speed : m.speed_mm_per_s) speed = 0.8333;
  m.saggar_kg = 9.2;
  m.top_degC[3] = std::numeric_limits<double>::quiet_NaN();
  twin.step(30, m);
  EXPECT_EQ(twin.seen().count, 0U);
  m.top_degC[3] = 210;
  twin.step(30, m);
  EXPECT_GT(twin.seen().count, 200U);
  m.top_degC[3] = 1e300;
  twin.step(30, m);
  EXPECT_EQ(twin.seen().count, 0U);
  m.top_degC[3] = 210;
  twin.step(30, m);
  ASSERT_GT(twin.seen().count, 200U);
  for (std::size_t j = 0; j < twin.seen().count; ++j) {
    EXPECT_TRUE(std::isfinite(twin.seen().core_degC.value[j]));
  }
}

}  // namespace
}  // namespace saggar::twin
