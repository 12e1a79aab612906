#include "controllers/mpc/regulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <saggar/plugin/state.hpp>

namespace saggar::mpc {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Three zones in a row, each a first-order lag of its input with a share of the zone before; the
// plant has other lags, gains and a disturbance that the model knows nothing of.
class Line {
 public:
  Line() : regulator({3, 3, 3, 15}, {5, 5, 5}, {5, 5, 5}) {
    fill(regulator.a(), regulator.b(), 0.8, 1.0);
    fill(a_, b_, 0.85, 0.8);
    for (std::size_t i = 0; i < 3; ++i) {
      regulator.cvs()[i].weight = 1;
      regulator.mvs()[i] = {-20, 20, 3, 0, 0, 0, 1, true};
    }
    regulator.restart(u);
  }
  void step() {
    double next[3] = {disturbance[0], disturbance[1], disturbance[2]};
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) next[i] += a_[i + 3 * j] * x[j] + b_[i + 3 * j] * u[j];
    }
    std::copy_n(next, 3, x);
    double y[3] = {x[0], x[1], x[2]};
    if (hidden < 3) y[hidden] = kNaN;
    regulator.observe(u, y);
    regulator.solve(u);
    ASSERT_TRUE(ocp::usable(regulator.answer())) << regulator.answer().why;
    for (std::size_t j = 0; j < 3; ++j) u[j] = regulator.input(0, j);
  }
  void run(int steps) {
    for (int t = 0; t < steps; ++t) step();
  }

  Regulator regulator;
  double x[3] = {0, 0, 0}, u[3] = {0, 0, 0}, disturbance[3] = {0.6, -0.4, 0.2};
  std::size_t hidden = 3;

 private:
  static void fill(std::vector<double>& a, std::vector<double>& b, double stays, double gain) {
    a.assign(9, 0.0);
    b.assign(9, 0.0);
    for (std::size_t i = 0; i < 3; ++i) {
      a[i + 3 * i] = stays;
      b[i + 3 * i] = gain * (0.9 - stays);
      if (i > 0) a[i + 3 * (i - 1)] = 0.1;
    }
  }
  std::vector<double> a_, b_;
};

TEST(Regulator, CvsWithATargetHaveNoOffsetOnAPlantThatIsNotTheModel) {
  Line line;
  for (std::size_t i = 0; i < 3; ++i) line.regulator.cvs()[i].target = 4.0 + static_cast<double>(i);
  line.run(200);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(line.x[i], 4.0 + i, 5e-3);
}

// CV 2 will be pushed up by 1.8 over periods 16 to 20; nothing may be above 1. Inputs move by 1 a
// period, of which the plant takes 0.04 at once (the model says 0.1, so something is left): without
// being told there is no time.
double highest_of_a_known_push(bool told) {
  Line line;
  std::fill_n(line.disturbance, 3, 0.0);
  for (Mv& mv : line.regulator.mvs()) mv.per_step = 1;
  for (Cv& cv : line.regulator.cvs()) cv.weight = 0;
  line.regulator.cvs()[2].high = 1;
  line.run(20);
  const auto pushed = [](int t) { return 0.36 * std::clamp(t - 15, 0, 5); };
  double highest = 0;
  for (int t = 0; t < 60; ++t) {
    for (std::size_t k = 0; told && k < 15; ++k) {
      line.regulator.coming(k, 2) = pushed(t + 1 + static_cast<int>(k)) - pushed(t);
    }
    // What the plant needs to go along with the push by itself: p(t+1) - 0.85 p(t).
    line.disturbance[2] = pushed(t + 1) - 0.85 * pushed(t);
    line.step();
    highest = std::max(highest, line.x[2]);
  }
  return highest;
}

TEST(Regulator, WhatIsKnownToComeIsMetBeforeItIsThere) {
  EXPECT_GT(highest_of_a_known_push(false), 1.7);
  EXPECT_LT(highest_of_a_known_push(true), 1.2);
}

TEST(Regulator, KeepsBoundsAndRatesOfEveryMove) {
  Line line;
  for (Mv& mv : line.regulator.mvs()) mv.low = -4, mv.high = 4, mv.per_step = 0.5;
  for (Cv& cv : line.regulator.cvs()) cv.target = 50;
  double before[3] = {0, 0, 0};
  for (int t = 0; t < 60; ++t) {
    line.step();
    for (int j = 0; j < 3; ++j) {
      EXPECT_LE(std::abs(line.u[j] - before[j]), 0.5 + 1e-9);
      EXPECT_LE(std::abs(line.u[j]), 4 + 1e-9);
      before[j] = line.u[j];
    }
  }
  EXPECT_NEAR(line.u[0], 4, 0.1);
}

TEST(Regulator, AnInputOutsideItsBoundsComesBackAtItsRate) {
  for (const double from : {12.0, -12.0}) {
    Line line;
    line.u[1] = from;
    line.regulator.restart(line.u);
    for (Mv& mv : line.regulator.mvs()) mv.low = -3, mv.high = 3, mv.per_step = 2;
    for (int t = 1; t <= 5; ++t) {
      line.step();
      EXPECT_LE(std::abs(line.u[1]), std::max(3.0, 12.0 - 2 * t) + 1e-6) << "step " << t;
    }
  }
}

TEST(Regulator, CrossedBoundsLeaveAnInputWhereItIs) {
  Line line;
  line.regulator.mvs()[1].low = 2, line.regulator.mvs()[1].high = -2;
  line.run(5);
  EXPECT_EQ(line.u[1], 0);
}

TEST(Regulator, AnMvOutOfServiceStaysAndTheOthersDoWhatTheyCan) {
  Line line;
  line.regulator.mvs()[1].free = false;
  for (Cv& cv : line.regulator.cvs()) cv.target = 3;
  line.regulator.cvs()[1].weight = 0;  // else the first zone would give way for it
  line.run(200);
  EXPECT_EQ(line.u[1], 0);
  EXPECT_NEAR(line.x[0], 3, 1e-2);
  EXPECT_NEAR(line.x[2], 3, 1e-2);
}

TEST(Regulator, OneBadSampleCostsNothing) {
  Line good, bad;
  for (Line* line : {&good, &bad}) {
    for (Cv& cv : line->regulator.cvs()) cv.target = 3;
    line->run(100);
  }
  bad.hidden = 1;
  bad.step();
  bad.hidden = 3;
  good.step();
  for (int j = 0; j < 3; ++j) EXPECT_NEAR(bad.u[j], good.u[j], 0.02);
}

TEST(Regulator, ACvWithoutAWishFloatsAndOneInABandRestsWhereItCostsLeast) {
  Line line;
  for (Cv& cv : line.regulator.cvs()) cv.weight = 0;
  line.regulator.cvs()[2].low = 2;
  line.regulator.cvs()[2].high = 6;
  for (Mv& mv : line.regulator.mvs()) mv.price = 1;  // as little as the band allows
  line.run(200);
  EXPECT_NEAR(line.x[2], 2, 0.02);
  EXPECT_NEAR(line.u[0], -20, 0.1) << "the first zone does least for the third";
}

// The way there: the band of rank 1 about zone 2 is kept, that of rank 3 about zone 1 is not.
TEST(Regulator, OnTheWayTheHigherRankIsKeptAsWell) {
  Line line;
  line.run(60);
  line.regulator.mvs()[0].free = line.regulator.mvs()[1].free = true;
  line.regulator.mvs()[2].free = false;
  const double third = line.x[2];
  for (Cv& cv : line.regulator.cvs()) cv.weight = 0;
  line.regulator.cvs()[2].low = third + 1, line.regulator.cvs()[2].rank_low = 1;
  line.regulator.cvs()[1].weight = 0;
  line.regulator.cvs()[1].high = line.x[1] + 0.1, line.regulator.cvs()[1].rank_high = 3;
  line.run(120);
  EXPECT_GE(line.x[2], third + 1 - 0.02);
  EXPECT_GT(line.x[1], line.regulator.cvs()[1].high + 0.5) << "it had to give way";
}

TEST(Regulator, ARestoredOneGoesOnBitForBit) {
  Line a, b;
  for (Line* line : {&a, &b}) {
    for (Cv& cv : line->regulator.cvs()) cv.target = 3, cv.high = 3.2, cv.low = 2.8;
  }
  a.run(25);
  auto count = plugin::State::counting();
  a.regulator.serialize(count);
  std::vector<std::uint8_t> bytes(count.size());
  auto save = plugin::State::saving(bytes.data(), bytes.size());
  a.regulator.serialize(save);
  auto load = plugin::State::loading(bytes.data(), bytes.size());
  b.regulator.serialize(load);
  ASSERT_TRUE(load.complete());
  std::copy_n(a.x, 3, b.x);
  std::copy_n(a.u, 3, b.u);
  for (int t = 0; t < 20; ++t) {
    a.step();
    b.step();
    for (int j = 0; j < 3; ++j) ASSERT_EQ(a.u[j], b.u[j]) << "step " << t;
  }
}

}  // namespace
}  // namespace saggar::mpc
