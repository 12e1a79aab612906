#include "hil/kiln/layout.hpp"

#include <gtest/gtest.h>

#include "tests/hil/kiln/small_plant.hpp"

namespace saggar::kiln {
namespace {

TEST(Layout, FollowsTheConfigurationOfAnyNumberOfZones) {
  for (const char* file : {"kiln/p1.toml", "kiln/p2.toml"}) {
    const auto config = load_or_throw<config::KilnConfig>(file);
    const Layout layout = Layout::from(config);
    EXPECT_EQ(layout.zones, config.chamber.zones);
    EXPECT_EQ(layout.loops(), config.loops());
    EXPECT_EQ(layout.rated_W.size(), config.loops());
    EXPECT_NEAR(layout.heated_m(), config.chamber.length_m(), 1e-9);
    EXPECT_EQ(layout.inlet_zone.front(), config.atmosphere.inlet_zones.front() - 1U);
  }
}

TEST(Layout, P2HasItsRatedPowerAndItsColumns) {
  const Layout layout = Layout::from(load_or_throw<config::KilnConfig>("kiln/p2.toml"));
  double rated = 0;
  for (const double w : layout.rated_W) rated += w;
  EXPECT_NEAR(rated, 950e3, 10.0);
  const auto params = plant_or_throw("kiln/p2.plant.toml");
  EXPECT_GE(layout.columns(params), 212U);  // 72 m at a pitch of 0.34 m
}

TEST(Layout, AKilnWithTopHeatersOnlyHasOneLoopPerZone) {
  auto config = small_config();
  config.chamber.loops_per_zone = 1;
  EXPECT_EQ(Layout::from(config).loops(), 5U);
}

TEST(Exchange, SumsConductancesAndTheirTemperatures) {
  Exchange e(2);
  e.add(1, 2.0, 2.0 * 300.0);
  e.add(1, 3.0, 3.0 * 400.0);
  // Heat to the load from 500 K: 2 * 200 + 3 * 100.
  EXPECT_EQ(e.W_per_K[1] * 500.0 - e.W[1], 700.0);
  e.clear();
  EXPECT_EQ(e.W_per_K[1], 0.0);
}

}  // namespace
}  // namespace saggar::kiln
