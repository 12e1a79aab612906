#include "controllers/pid/fopdt.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::pid {
namespace {

// Step response of a first-order process with dead time, from its closed form.
double step_response(double t, double gain, double T, double dead) {
  return t <= dead ? 0 : gain * (1 - std::exp(-(t - dead) / T));
}

TEST(TestRecord, KeepsMeansAndHalvesItsResolutionWhenFull) {
  TestRecord r;
  for (int k = 1; k <= 1000; ++k) r.add(2, k <= 500 ? 0 : 3, k);
  EXPECT_LT(r.size(), TestRecord::kMost);
  EXPECT_DOUBLE_EQ(r.spacing_s(), 4);
  EXPECT_NEAR(r.duration_s(), 2000, 4);
  EXPECT_DOUBLE_EQ(r.u(10), 0);
  EXPECT_DOUBLE_EQ(r.u(400), 3);
  EXPECT_NEAR(r.y(400), 801, 1e-9);  // mean over t = 1600..1604 of y = t / 2
}

TEST(TestRecord, UnevenTimeStepsAreSpreadOverEvenSamples) {
  TestRecord r;
  double t = 0;
  for (int k = 0; k < 300; ++k) {
    const double dt = k % 3 == 0 ? 1.0 : (k % 3 == 1 ? 0.4 : 2.3);
    t += dt;
    r.add(dt, 1, 5 * t);
  }
  EXPECT_DOUBLE_EQ(r.spacing_s(), 1);
  EXPECT_NEAR(r.duration_s(), t, 1.0);
  // Mean of 5 t over sample 100, for a PV that runs straight between samples. The first stretch has
  // no past: it counts as level.
  EXPECT_NEAR(r.y(100), 5 * 100.5, 1e-6);
}

TEST(Explain, TheTrueModelLeavesNoResidual) {
  TestRecord r;
  for (int k = 1; k <= 400; ++k) r.add(1, 2, 2 * step_response(k, 1.5, 60, 7.5) + 0.3);
  const Explained e = explain(r, 60, 7.5);
  EXPECT_NEAR(e.gain, 1.5, 1e-3);
  EXPECT_GT(e.share(), 1 - 1e-5);
  EXPECT_LT(explain(r, 90, 7.5).share(), e.share());
  EXPECT_LT(explain(r, 60, 20).share(), e.share());
}

TEST(Fit, FindsAllThreeNumbersOfANoiselessStep) {
  TestRecord r;
  for (int k = 1; k <= 1500; ++k) r.add(1, 2, 2 * step_response(k, -0.8, 300, 40));
  FopdtFit fit;
  fit.begin(3, 15000, 900);
  int passes = 0;
  while (!fit.advance(r)) ++passes;
  EXPECT_LT(passes, 800);
  EXPECT_NEAR(fit.model().gain, -0.8, 0.01);
  EXPECT_NEAR(fit.model().time_constant_s, 300, 4);
  EXPECT_NEAR(fit.model().dead_time_s, 40, 2);
  EXPECT_GT(fit.share(), 0.9999);
  EXPECT_FALSE(fit.at_edge());
}

TEST(Fit, SaysWhenTheTimeConstantIsOutsideTheRangeSearched) {
  TestRecord r;
  for (int k = 1; k <= 400; ++k) r.add(1, 1, step_response(k, 1, 5000, 5));
  FopdtFit fit;
  fit.begin(1, 800, 100);
  while (!fit.advance(r)) {
  }
  EXPECT_TRUE(fit.at_edge());
}

}  // namespace
}  // namespace saggar::pid
