#include "controllers/mpc/line_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::mpc {
namespace {

LineModel four_zones() {
  LineFigures f;
  f.lag_s.assign(4, 900);
  f.core_lag_s.assign(4, 800);
  f.dry_m_per_K = {-0.05, -0.05, 0, 0};
  f.first_core = 2;
  return LineModel(f);
}

struct Matrices {
  std::vector<double> a, b;
  std::size_t n;
  explicit Matrices(const LineModel& m, double speed = 1.0 / 1200)
      : a(m.cvs() * m.cvs()), b(m.cvs() * m.zones()), n(m.cvs()) {
    m.discretise(120, speed, a.data(), b.data());
  }
};

TEST(LineModel, AZoneIsALagOfItsSetpoint) {
  const LineModel m = four_zones();
  const Matrices of(m);
  const double stays = std::exp(-120.0 / 900);
  EXPECT_DOUBLE_EQ(of.a[m.zone(1) + m.zone(1) * of.n], stays);
  EXPECT_DOUBLE_EQ(of.b[m.zone(1) + 1 * of.n], 1 - stays);
  EXPECT_EQ(of.b[m.zone(1) + 0 * of.n], 0);
}

TEST(LineModel, AGainOtherThanOneIsThatOfAZoneOverItsSetpoint) {
  LineFigures f;
  f.lag_s.assign(2, 400);
  f.gain = {0.8, 1.1};
  f.core_lag_s.assign(2, 800);
  f.dry_m_per_K = {0, 0};
  const LineModel m(f);
  const Matrices of(m);
  const double stays = std::exp(-120.0 / 400);
  EXPECT_DOUBLE_EQ(of.a[m.zone(0) + m.zone(0) * of.n], stays);
  EXPECT_DOUBLE_EQ(of.b[m.zone(0) + 0 * of.n], 0.8 * (1 - stays));
  EXPECT_DOUBLE_EQ(of.b[m.zone(1) + 1 * of.n], 1.1 * (1 - stays));
}

// Rate of the core 1/800 + v/L, of it 1/800 toward its zone: with v/L = 1/2400 the zone has 3/4 of
// the pull, the powder that comes in 1/4.
TEST(LineModel, PowderFollowsItsZoneAndThePowderBeforeIt) {
  const LineModel m = four_zones();
  const Matrices of(m, 2.0 / 2400);
  const double stays = of.a[m.core(3) + m.core(3) * of.n];
  EXPECT_NEAR(stays, std::exp(-120 * (1.0 / 800 + 1.0 / 2400)), 1e-12);
  EXPECT_NEAR(of.a[m.core(3) + m.zone(3) * of.n], (1 - stays) * 0.75, 1e-12);
  EXPECT_NEAR(of.a[m.core(3) + m.core(2) * of.n], (1 - stays) * 0.25, 1e-12);
}

TEST(LineModel, DryOutMovesTowardTheEntryWhenItsZonesAreWarmer) {
  const LineModel m = four_zones();
  const Matrices of(m);
  const double stays = of.a[m.dry() + m.dry() * of.n];
  // At rest: -0.05 m per K of each of two zones.
  EXPECT_NEAR((of.a[m.dry() + m.zone(0) * of.n] + of.a[m.dry() + m.zone(1) * of.n]) / (1 - stays),
              -0.1, 1e-12);
}

// Powder 40 K behind its zone that rises 20 K over a zone of 2 m at 1/1200 m/s: 40/20 * 2400 s.
TEST(LineModel, LearnsTheLagOfTheCoreWherePowderIsBehindItsZone) {
  LineModel m = four_zones();
  const double zone[4] = {500, 600, 700, 770}, core[4] = {400, 500, 710, 730};
  for (int i = 0; i < 3000; ++i) m.follow(120, 1.0 / 1200, zone, core);
  EXPECT_NEAR(m.core_lag_s(3), 40.0 / 20 * 2400, 1.0);
}

TEST(LineModel, WherePowderIsNearItsZoneTheConfiguredLagStands) {
  LineModel m = four_zones();
  const double zone[4] = {770, 770, 770, 770}, core[4] = {765, 768, 769, 770};
  for (int i = 0; i < 300; ++i) m.follow(120, 1.0 / 1200, zone, core);
  EXPECT_NEAR(m.core_lag_s(3), 800, 1e-9);
}

TEST(LineModel, AnUnknownCoreTeachesNothing) {
  LineModel m = four_zones();
  const double zone[4] = {770, 770, 770, 770}, core[4] = {NAN, NAN, NAN, NAN};
  for (int i = 0; i < 30; ++i) m.follow(120, 1.0 / 1200, zone, core);
  EXPECT_NEAR(m.core_lag_s(3), 800, 1e-9);
}

}  // namespace
}  // namespace saggar::mpc
