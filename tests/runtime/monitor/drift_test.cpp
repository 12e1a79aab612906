#include "runtime/monitor/drift.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <stdexcept>

namespace saggar::monitor {
namespace {

TEST(PageHinkley, SumsWhatIsBeyondTheAllowanceToEitherSide) {
  PageHinkley p({.allowance = 0.5, .watch = 2, .act = 4, .warm_up = 2});
  p.note(-1), p.note(1);  // mean 0, deviation sqrt(2)
  const double s = std::sqrt(2.0);
  p.note(2 * s);
  EXPECT_NEAR(p.level(), 1.5, 1e-12);
  EXPECT_EQ(p.state(), Drift::ok);
  p.note(2 * s);
  EXPECT_NEAR(p.level(), 3, 1e-12);
  EXPECT_EQ(p.state(), Drift::watch);
  p.note(0);
  EXPECT_NEAR(p.level(), 2.5, 1e-12);
  for (int i = 0; i < 3; ++i) p.note(-2 * s);
  EXPECT_NEAR(p.level(), 4.5, 1e-12);  // downwards
  EXPECT_EQ(p.state(), Drift::act);
  p.clear();
  EXPECT_EQ(p.state(), Drift::ok);
}

TEST(PageHinkley, FindsABiasOfOneDeviationWithinAnHourAndNothingInThirtyQuietDays) {
  int false_alarms = 0;
  for (unsigned seed = 1; seed <= 20; ++seed) {
    PageHinkley p({});
    std::mt19937_64 draw(seed);
    std::normal_distribution<double> normal;
    for (int i = 0; i < 30 * 720; ++i) p.note(normal(draw));
    false_alarms += p.state() == Drift::act ? 1 : 0;
    p.clear();
    for (int i = 0; i < 200; ++i) p.note(normal(draw));
    int needed = 0;
    while (p.state() != Drift::act && needed < 1000) p.note(1 + normal(draw)), ++needed;
    EXPECT_LT(needed, 80) << "seed " << seed;  // 30 / (1 - 0.25) = 40 on average
  }
  EXPECT_EQ(false_alarms, 0);
}

TEST(PageHinkley, WhatNeverMovedAndThenDoesIsAChange) {
  PageHinkley p({.warm_up = 5});
  for (int i = 0; i < 5; ++i) p.note(3);
  p.note(3);
  EXPECT_EQ(p.state(), Drift::ok);
  p.note(std::nan(""));
  EXPECT_EQ(p.state(), Drift::ok);
  p.note(3.01);
  EXPECT_EQ(p.state(), Drift::act);
}

TEST(PageHinkley, RefusesLevelsOutOfOrder) {
  EXPECT_THROW(PageHinkley({.watch = 30, .act = 30}), std::invalid_argument);
  EXPECT_THROW(PageHinkley({.allowance = -1}), std::invalid_argument);
  EXPECT_THROW(PageHinkley({.warm_up = 1}), std::invalid_argument);
}

TEST(Population, OfTheExpectedSharesHasNoIndexAndOfOthersItsFormula) {
  Population p({0}, {0.5, 0.5}, {.fewest = 10});
  for (int i = 0; i < 50; ++i) p.note(-1), p.note(1);
  EXPECT_TRUE(std::isnan(p.index())) << "the shift is not over";
  p.close_shift();
  EXPECT_DOUBLE_EQ(p.index(), 0);
  for (int i = 0; i < 79; ++i) p.note(-1);
  for (int i = 0; i < 20; ++i) p.note(0);  // an edge belongs to the bin above it
  p.close_shift();
  // (79.5, 20.5) of 100: 0.295 ln(0.795 / 0.5) - 0.295 ln(0.205 / 0.5)
  EXPECT_NEAR(p.index(), 0.295 * std::log(1.59) - 0.295 * std::log(0.41), 1e-12);
  EXPECT_EQ(p.state(), Drift::act);
}

TEST(Population, OfTooFewValuesSaysNothing) {
  Population p({0}, {0.5, 0.5});
  for (int i = 0; i < 99; ++i) p.note(1);
  p.note(std::nan(""));
  p.close_shift();
  EXPECT_TRUE(std::isnan(p.index()));
  EXPECT_EQ(p.state(), Drift::ok);
}

TEST(Population, RefusesWhatIsNoPopulation) {
  EXPECT_THROW(Population({}, {1}), std::invalid_argument);
  EXPECT_THROW(Population({0}, {1}), std::invalid_argument);
  EXPECT_THROW(Population({0}, {0, 1}), std::invalid_argument);
  EXPECT_THROW(Population({0}, {0.5, 0.6}), std::invalid_argument);
  EXPECT_THROW(Population({1, 0}, {0.3, 0.3, 0.4}), std::invalid_argument);
}

}  // namespace
}  // namespace saggar::monitor
