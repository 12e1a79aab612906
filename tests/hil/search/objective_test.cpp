#include "hil/search/objective.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace saggar::search {
namespace {

scenario::Scenario story() {
  scenario::Scenario out;
  out.bounds.resize(2);
  out.bounds[0].kpi = "low_K";
  out.bounds[0].least = -6;
  out.bounds[1].kpi = "share";
  out.bounds[1].most = 0.5;
  return out;
}

suite::CaseResult result(double low_K, double share) {
  suite::CaseResult out;
  out.outcome = "passed";
  out.figures = {{"low_K", "K", 1, low_K}, {"share", "1", -1, share}};
  return out;
}

TEST(Objective, MarginIsTheShareOfABoundThatIsLeft) {
  // (-3 - -6) / max(1, 6) = 0.5; (0.5 - 0.1) / max(1, 0.5) = 0.4: the smaller one.
  EXPECT_DOUBLE_EQ(worth({}, story(), result(-3, 0.1)), 0.4);
  EXPECT_DOUBLE_EQ(worth({Aim::margin, "low_K"}, story(), result(-3, 0.1)), 0.5);
  EXPECT_DOUBLE_EQ(worth({}, story(), result(-9, 0.1)), -0.5);  // broken: below 0
}

TEST(Objective, FiguresAreTurnedSoThatSmallerIsWorse) {
  EXPECT_EQ(worth({Aim::most, "share"}, story(), result(-3, 0.1)), -0.1);
  EXPECT_EQ(worth({Aim::least, "low_K"}, story(), result(-3, 0.1)), -3);
  EXPECT_EQ(worth({Aim::most, "nothing"}, story(), result(-3, 0.1)), kNothing);
  EXPECT_EQ(worth({Aim::most, "share"}, story(), result(-3, std::nan(""))), kNothing);
}

TEST(Objective, WhatIsNotMetIsBelowAllMarginsThatHold) {
  suite::CaseResult late = result(-3, 0.1);
  late.outcome = "failed";
  late.checks = {{"heat: rung pid", "once", "never", false, "expect"}};
  EXPECT_EQ(worth({}, story(), late), -1);
  late.outcome = "crashed";
  EXPECT_EQ(worth({}, story(), late), kCrashed);
}

TEST(Objective, ABoundWithNothingToJudgeIsNotMet) {
  // The other bound has 0.5 left; without `share` it is broken all the same.
  EXPECT_EQ(worth({}, story(), result(-3, std::nan(""))), -1);
  EXPECT_EQ(worth({Aim::margin, "share"}, story(), result(-3, std::nan(""))), -1);
  EXPECT_DOUBLE_EQ(worth({Aim::margin, "low_K"}, story(), result(-3, std::nan(""))), 0.5);
}

TEST(Objective, AFaultThatDidNotHappenIsWorthNothing) {
  suite::CaseResult none = result(-9, 0.1);
  none.outcome = "failed";
  none.checks = {{"fault wet_lot at 0 s", "realised", "no such", false, "expect"}};
  EXPECT_EQ(worth({}, story(), none), kNothing);
  none.outcome = "refused";
  EXPECT_EQ(worth({}, story(), none), kNothing);
}

}  // namespace
}  // namespace saggar::search
