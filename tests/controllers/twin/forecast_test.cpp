#include "controllers/twin/forecast.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::twin {
namespace {

TEST(Forecast, RowsRunAheadBecomeWhatTheKilnMakesOfThem) {
  Figures f;
  Places p;
  p.zones = 30;
  p.layers = 2;
  Line line(f, p);
  line.fill();
  Rows rows(f, p, 8);
  for (std::size_t j = 0; j < line.count(); ++j) rows.push(j, 5.0);
  Surroundings around(30);
  for (std::size_t k = 0; k < 30; ++k) {
    const double degC = std::min(770.0, 150.0 + 45.0 * static_cast<double>(k));
    around.roof_K[k] = around.floor_K[k] = around.gas_K[k] = degC + 273.15;
    around.oxygen[k] = 0.9;
  }
  const double speed = 1e-3 / 1.2;
  Forecast forecast(f, p, 8);
  EXPECT_TRUE(std::isnan(forecast[0].size_nm));
  forecast.go_on(1500, rows, line, around, &speed);  // 25 h: eight rows to the end
  // About 16 zones of 40 min at 770 degC: d^3 = d0^3 + 10.7 h of R5 at 770 degC, the cube root 230
  // nm.
  const double cube = 35.0 * 35 * 35 + 38400 * 5.31e22 * std::exp(-402e3 / (8.314462618 * 1043.15));
  EXPECT_NEAR(forecast[0].size_nm, std::cbrt(cube), 0.06 * std::cbrt(cube));
  EXPECT_GT(forecast[0].conversion, 0.99);
  EXPECT_LT(forecast[0].mixing, 0.03);
}

TEST(Forecast, GoesWithItsRowWhenAnotherComesBeforeIt) {
  Figures f;
  Places p;
  p.zones = 30;
  Forecast forecast(f, p, 8);
  forecast.push(10);
  EXPECT_TRUE(std::isnan(forecast[0].size_nm));
}

}  // namespace
}  // namespace saggar::twin
