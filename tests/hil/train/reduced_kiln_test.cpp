#include "hil/train/reduced_kiln.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/hil/train/small_rehearsal.hpp"

namespace saggar::train {
namespace {

using testing::kOf;
using testing::kZones;
using testing::small_rehearsal;

double at(const at::Tensor& t, std::int64_t row, std::int64_t column) {
  return t[row][column].item<double>();
}

double lesson(const Rehearsal& r, std::size_t row, std::size_t feature) {
  return static_cast<double>(r.rows[row * r.features.size() + feature]);
}

/// Shares with which the lesson's own trims are asked for after row `row`.
at::Tensor own_shares(const Rehearsal& r, std::size_t row) {
  at::Tensor out = torch::zeros({1, static_cast<std::int64_t>(kZones)});
  for (std::size_t k = 0; k < kZones; ++k) {
    out[0][static_cast<std::int64_t>(k)] =
        lesson(r, row + 1, r.outputs[k].setpoint) / r.outputs[k].trim_K;
  }
  return out;
}

/// A rehearsal whose lesson stands still at 0.
Rehearsal still(std::size_t steps = 8) {
  Rehearsal r = small_rehearsal(20, steps);
  std::fill(r.rows.begin(), r.rows.end(), 0.0F);
  return r;
}

TEST(ReducedKiln, TheLessonsOwnTrimsGiveTheLessonBack) {
  const Rehearsal r = small_rehearsal();
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  for (std::size_t t = 0; t < r.steps; ++t) {
    const at::Tensor x = kiln.see();
    // Input 0 and 1: zone 1 now and two periods ago, (value - 1) / 2; input 3: its core, value / 4.
    EXPECT_NEAR(at(x, 0, 0), (lesson(r, 5 + t, 0) - 1) / 2, 1e-6);
    EXPECT_NEAR(at(x, 0, 1), (lesson(r, 3 + t, 0) - 1) / 2, 1e-6);
    EXPECT_NEAR(at(x, 0, 3), lesson(r, 5 + t, 2) / 4, 1e-6);
    kiln.act(own_shares(r, 5 + t));
  }
}

// a_z = exp(-120/950), a_p = exp(-120/800), c = 120/2400 = 0.05.
TEST(ReducedKiln, AStepAnswersAsTheEquationsSay) {
  Rehearsal r = still();
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  at::Tensor share = torch::zeros({1, 2});
  share[0][0] = 0.1;  // 1 K on the first zone
  const double az = std::exp(-120.0 / 950), ap = std::exp(-120.0 / 800), c = 0.05;
  double z = 0, p1 = 0, p2 = 0;
  for (int t = 0; t < 5; ++t) {
    kiln.act(share);
    z = az * z + (1 - az);
    const double answered = ap * p1 + (1 - ap) * z;
    p2 = ap * p2 + c * (answered - ap * p2);  // only what comes along from the zone before
    p1 = answered + c * (0 - answered);
    const at::Tensor x = kiln.see();
    EXPECT_NEAR(at(x, 0, 0), (z - 1) / 2, 1e-6) << t;
    EXPECT_NEAR(at(x, 0, 2), 1.0 / 5, 1e-6);
    EXPECT_NEAR(at(x, 0, 3), p1 / 4, 1e-6) << t;
    EXPECT_NEAR(at(x, 0, 8), p2 / 4, 1e-6) << t;
  }
  EXPECT_GT(p2, 0.005);
}

TEST(ReducedKiln, HeatThatTheLessonHadNotShowsInThePowderOnly) {
  Rehearsal r = still();
  r.figures.heat_K = 3;
  ReducedKiln kiln(r);
  Random random(4);
  kiln.begin({{5, 5}}, random);
  for (int t = 0; t < 5; ++t) kiln.act(torch::zeros({1, 2}));
  const at::Tensor x = kiln.see();
  EXPECT_NEAR(at(x, 0, 0), -0.5, 1e-6);
  EXPECT_GT(std::abs(at(x, 0, 3)), 0.01);
}

TEST(ReducedKiln, TrimRateAndShiftBindAsInThePlugin) {
  Rehearsal r = still();
  r.outputs[0].shift_K = 3;
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  const at::Tensor all = torch::ones({1, 2});
  kiln.act(all);
  EXPECT_NEAR(at(kiln.cost().trim_K, 0, 0), 2, 1e-6);  // rate: 2 K a period
  for (int t = 0; t < 7; ++t) kiln.act(all);
  EXPECT_NEAR(at(kiln.cost().trim_K, 0, 0), 3, 1e-6);   // shift
  EXPECT_NEAR(at(kiln.cost().trim_K, 0, 1), 10, 1e-6);  // trim
}

// 8 h are 240 periods, so all rows before count, to the end. The lesson once stood at -2.
TEST(ReducedKiln, WhatTheLessonMovedInTheHoursBeforeCountsForTheShift) {
  Rehearsal r = still();
  r.outputs[0].shift_K = 3;
  r.rows[2 * r.features.size() + 1] = -2;
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  for (int t = 0; t < 6; ++t) kiln.act(torch::ones({1, 2}));
  EXPECT_NEAR(at(kiln.cost().trim_K, 0, 0), 1, 1e-6);
}

TEST(ReducedKiln, SetpointsAreToldInWholeStepsAndLessThanOneMovesNothing) {
  Rehearsal r = still();
  r.figures.step_K = 0.1;
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  kiln.act(torch::full({1, 2}, 0.009));
  EXPECT_EQ(at(kiln.cost().trim_K, 0, 0), 0);
  kiln.act(torch::full({1, 2}, 0.0264));
  EXPECT_NEAR(at(kiln.cost().trim_K, 0, 0), 0.3, 1e-6);
  EXPECT_NEAR(at(kiln.cost().travel_K, 0, 0), 0.3, 1e-6);
}

// Core at 5, hottest place at 5, sigma 1, band 5: a half is out, and a half too hot. At 0 none.
TEST(ReducedKiln, CostsAreExpectedOverWhatEstimatesDoNotKnow) {
  Rehearsal r = still();
  r.figures.travel_price = r.figures.energy_price = 0;
  for (std::size_t i = 0; i < r.rows.size(); i += r.features.size()) {
    r.rows[i + 2] = r.rows[i + 3] = 5;  // zone 1; zone 2 stays at 0
  }
  ReducedKiln kiln(r);
  Random random(1);
  kiln.begin({{5, 5}}, random);
  kiln.act(torch::zeros({1, 2}));
  const PeriodCost cost = kiln.cost();
  EXPECT_NEAR(at(cost.own, 0, 0), 0.25, 1e-6);  // half of the worth is this zone's
  EXPECT_NEAR(at(cost.own, 0, 1), 0, 1e-6);
  EXPECT_NEAR(at(cost.too_hot, 0, 0), 0.25, 1e-6);
  EXPECT_NEAR(at(cost.too_hot, 0, 1), 0, 1e-6);
}

// Against differences of 2 x 0.01 of a share, in the middle of everything that binds.
TEST(ReducedKiln, SlopesAreThoseOfTheCost) {
  Rehearsal r = small_rehearsal(20, 8, 3);
  r.outputs[0].shift_K = 1;   // -1.3 is more: held at the shift from the second period on
  r.outputs[1].rate_K = 0.5;  // four periods to get there
  const auto cost = [&](const at::Tensor& share) {
    ReducedKiln kiln(r);
    Random random(1);
    kiln.begin({{5, 5}}, random);
    at::Tensor sum = torch::zeros({});
    for (std::size_t t = 0; t < r.steps; ++t) {
      kiln.act(share);
      sum = sum + kiln.cost().own.sum();
    }
    return sum;
  };
  at::Tensor share = torch::full({1, 2}, -0.13);
  share.set_requires_grad(true);
  cost(share).backward();
  for (std::int64_t k = 0; k < 2; ++k) {
    const torch::NoGradGuard off;
    at::Tensor more = share.clone(), less = share.clone();
    more[0][k] += 0.01;
    less[0][k] -= 0.01;
    const double slope = (cost(more).item<double>() - cost(less).item<double>()) / 0.02;
    EXPECT_NEAR(share.grad()[0][k].item<double>(), slope, 0.02 * std::abs(slope) + 1e-4) << k;
  }
}

}  // namespace
}  // namespace saggar::train
