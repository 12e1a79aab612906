#include "controllers/policy/outputs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace saggar::policy {
namespace {

// Trim 10 at 0.1 per s for elements 0 and 1, trim 4 at 0.5 per s for element 3; element 2 has none.
Outputs two() { return Outputs({{10, 0.1, {0, 1}}, {4, 0.5, {3}}}, 4); }

const Place kAtRest{700, 700, 0, 1000, true, false};

TEST(Outputs, MoveTowardsTheAimNoFasterThanTheRate) {
  Outputs o = two();
  o.aim(0, 0.5);  // 5
  EXPECT_DOUBLE_EQ(o.move(0, kAtRest, 10), 701);
  EXPECT_DOUBLE_EQ(o.move(1, kAtRest, 10), 701);
  for (int k = 0; k < 3; ++k) o.move(0, kAtRest, 10);
  EXPECT_DOUBLE_EQ(o.move(0, kAtRest, 10), 705);
  EXPECT_DOUBLE_EQ(o.move(0, kAtRest, 10), 705);
  EXPECT_DOUBLE_EQ(o.move(3, kAtRest, 10), 700);
}

// Noise of 0.06 K at the network's end moves nothing on a device that knows tenths; 0.3 K does.
TEST(Outputs, LessThanAStepOfTheDeviceDoesNotMoveIt) {
  Outputs o = two();
  Place place = kAtRest;
  place.step = 0.1;
  for (int k = 0; k < 20; ++k) {
    o.aim(0, k % 2 == 0 ? 0.006 : -0.003);
    EXPECT_DOUBLE_EQ(o.move(0, place, 10), 700);
  }
  o.aim(0, 0.03);
  EXPECT_DOUBLE_EQ(o.move(0, place, 10), 700.3);
}

TEST(Outputs, NothingThatIsSaidLeadsBeyondTheTrim) {
  Outputs o = two();
  for (const double share : {1.5, 1e30, std::numeric_limits<double>::infinity()}) {
    o.aim(0, share);
    EXPECT_EQ(o.move(0, kAtRest, 1e6), 710);
    o.aim(0, -share);
    EXPECT_EQ(o.move(0, kAtRest, 1e6), 690);
  }
}

TEST(Outputs, TheLimitsInForceBindAsWell) {
  Outputs o = two();
  o.aim(0, 1);
  EXPECT_EQ(o.move(0, {700, 700, 690, 703, true, false}, 1e6), 703);
  o.aim(0, -1);
  EXPECT_EQ(o.move(0, {700, 700, 698, 703, true, false}, 1e6), 698);
}

TEST(Outputs, TakingOverGoesOnFromTheField) {
  Outputs o = two();
  o.aim(0, -1);
  Place place = kAtRest;
  place.working = 706;
  o.track(0, place);
  EXPECT_DOUBLE_EQ(o.moved(0), 6);
  EXPECT_DOUBLE_EQ(o.move(0, place, 10), 705);  // one second's worth of ten, no more
}

TEST(Outputs, WhatIsNotFreeIsProposedAsItStands) {
  Outputs o = two();
  o.aim(0, 1);
  EXPECT_EQ(o.move(0, {712, 700, 0, 1000, false, false}, 10), 712);
  EXPECT_DOUBLE_EQ(o.move(0, {712, 700, 0, 1000, true, false}, 10), 711);
}

TEST(Outputs, WhereTheGuardHeldItItDoesNotWindUp) {
  Outputs o = two();
  o.aim(0, 1);
  Place held{702, 700, 0, 1000, true, true};
  for (int k = 0; k < 50; ++k) EXPECT_LE(o.move(0, held, 10), 703 + 1e-9);
  o.aim(0, -1);
  EXPECT_DOUBLE_EQ(o.move(0, held, 10), 701);
}

TEST(Outputs, WithoutAnOutputASetpointGoesBackToTheRecipeSlowly) {
  Outputs o = two();
  Place place = kAtRest;
  place.working = 702;
  o.track(2, place);
  EXPECT_DOUBLE_EQ(o.move(2, place, 10), 701);  // 0.1 per s, the slower of both
  EXPECT_DOUBLE_EQ(o.move(2, place, 10), 700);
  EXPECT_DOUBLE_EQ(o.target(2), 0);
}

TEST(Outputs, AWorkingValueThatIsNoNumberCountsAsTheRecipe) {
  Outputs o = two();
  Place place = kAtRest;
  place.working = std::numeric_limits<double>::quiet_NaN();
  o.track(0, place);
  EXPECT_EQ(o.moved(0), 0);
}

TEST(Outputs, ASetpointHasOneOutputAtMost) {
  EXPECT_THROW(Outputs({{1, 1, {0, 0}}}, 2), std::invalid_argument);
  EXPECT_THROW(Outputs({{1, 1, {0}}, {1, 1, {0}}}, 2), std::invalid_argument);
  EXPECT_THROW(Outputs({{1, 1, {2}}}, 2), std::invalid_argument);
}

// 8 h are 44 of 48 parts of 654.5 s; within them the trim goes no further than 3 from its extremes.
TEST(Outputs, WithinAShiftATrimGoesNoFurtherThanItsShift) {
  Outputs o({{10, 0.1, {0}, 3}}, 1);
  Place place{700, 700, 685, 715, true, false};
  o.aim(0, 1);  // 10
  double highest = 0;
  const auto hours = [&](double h) {
    for (int k = 0; k < h * 360; ++k) {
      o.see(0, place);
      o.pass(10);
      place.working = o.move(0, place, 10);
      highest = std::max(highest, place.working - 700);
    }
  };
  hours(7.9);
  EXPECT_DOUBLE_EQ(highest, 3);
  hours(1.5);  // the zero of the beginning is out of the shift: on to 6
  EXPECT_DOUBLE_EQ(highest, 6);
}

TEST(Outputs, AFieldThatMovedFurtherByItselfIsLeftWhereItStands) {
  Outputs o({{10, 0.1, {0}, 3}}, 1);
  Place place{700, 700, 685, 715, true, false};
  o.see(0, place);
  o.pass(10);
  place.working = 708;  // a person's, 8 K from where it was
  o.track(0, place);
  o.see(0, place);
  o.pass(10);
  o.aim(0, 1);
  EXPECT_DOUBLE_EQ(o.move(0, place, 10), 708);
}

}  // namespace
}  // namespace saggar::policy
