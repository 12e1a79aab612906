#include "controllers/twin/observer.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "controllers/twin/twin.hpp"

namespace saggar::twin {
namespace {

Places p2() {
  Places p;
  p.zones = 30;
  p.layers = 2;
  for (std::size_t k = 9; k < 29; ++k) p.inlet_zone.push_back(k);
  p.gas_point_zone = {2, 8, 16, 26};
  p.port_zone = {0, 6, 11};
  p.port_share = {0.2, 0.3, 0.5};
  return p;
}

/// A full kiln on a ramp and a soak, settled for two hours, with the rounds of the start left out.
struct Settled {
  explicit Settled(double update_s) : twin(Figures{}, p2(), settings(update_s)), m(p2()) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (std::size_t k = 0; k < 30; ++k) {
      const double at = static_cast<double>(k);
      m.top_degC[k] = m.bottom_degC[k] = std::min(770.0, 150.0 + 40.0 * at);
      m.top_kW[k] = m.bottom_kW[k] = none;
    }
    for (double& flow : m.inlet_Nm3_per_h) flow = 60;
    m.speed_mm_per_s[0] = 0.8333;
    for (double& h2o : m.h2o_percent) h2o = none;
    m.pressure_Pa = 9;
    m.saggar_kg = 9.2;
    for (int i = 0; i < 240; ++i) twin.step(30, m);
  }
  static Settings settings(double update_s) {
    Settings s;
    s.rounds = 0;
    s.update_s = update_s;
    s.forecast_steps = 0;
    return s;
  }
  /// Feeds the power that model `i` would take, for one update.
  void feed(std::size_t i, int steps) {
    for (int step = 0; step < steps; ++step) {
      for (std::size_t k = 0; k < 30; ++k) {
        m.top_kW[k] = 1e-3 * twin.model(i).chamber.expected_W()[k];
        m.bottom_kW[k] = 0;
      }
      twin.step(30, m);
    }
  }
  Twin twin;
  Measured m;
};

TEST(Observer, ZonesThatTakeTheirPowerElsewhereSayThatTheBedConductsBetter) {
  Settled kiln(600);
  kiln.feed(1, 50);  // model 1: conduction 5 % up
  const Observer& o = kiln.twin.observer();
  const double found = o.kalman().mean(0);
  EXPECT_GT(found, 0.01);
  EXPECT_LT(found, 0.08);
  EXPECT_LT(std::sqrt(o.kalman().covariance(0, 0)), 0.1) << "0.2 before";
}

TEST(Observer, WithoutPowerNothingIsLearnt) {
  Settled kiln(600);
  for (std::size_t i = 0; i < kFactors; ++i) {
    EXPECT_EQ(kiln.twin.observer().kalman().mean(i), 0.0);
  }
}

TEST(Observer, AZoneThatSuddenlyTakesMuchMoreShowsInItsInnovationOnly) {
  Settled kiln(600);
  kiln.feed(0, 25);
  const double before = kiln.twin.observer().kalman().mean(0);
  for (int step = 0; step < 25; ++step) {
    for (std::size_t k = 0; k < 30; ++k) {
      kiln.m.top_kW[k] = 1e-3 * kiln.twin.model(0).chamber.expected_W()[k] + (k == 20 ? 12 : 0);
    }
    kiln.twin.step(30, kiln.m);
  }
  const Kalman::Innovation seen = kiln.twin.observer().innovations()[20];
  EXPECT_GT(seen.value, 6.0 * std::sqrt(seen.variance)) << "12 kW: beyond the gate";
  EXPECT_NEAR(kiln.twin.observer().kalman().mean(0), before, 0.01);
}

}  // namespace
}  // namespace saggar::twin
