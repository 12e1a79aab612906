// The quadratic program alone: a case that can be worked out by hand.
#include <gtest/gtest.h>

#include "tests/runtime/filter/filter_rig.hpp"
#include "tests/support/gate.hpp"

namespace saggar::testing {
namespace {

using filter::Plan;
using filter::Reach;

class FilterRescue : public ::testing::Test {
 protected:
  FilterRescue()
      : rig_(limited_plant(1, 20, 5)),
        per_mv_(rig_.plant.mvs.size(), kRecipe_degC),
        tube_(rig_.plant, exact(rig_.plant)),
        rescue_(tube_.steps()),
        base_(tube_.steps() * 2, kRecipe_degC),
        reach_(2) {
    for (const domain::Mv& mv : rig_.plant.mvs) rig_.set(mv.pv, kRecipe_degC);
    tube_.observe({rig_.inputs(), per_mv_, per_mv_, per_mv_, per_mv_});
    for (Reach& reach : reach_) reach = {725, 775, 50, 2};
  }
  /// Loop 0 is asked for `first`, goes on there for `hold` steps, then 2 K a step to 750.
  void ask(double first, std::size_t hold) {
    double value = first;
    for (std::size_t k = 0; k < tube_.steps(); ++k) {
      if (k > hold) value = value > 750 ? std::max(value - 2, 750.0) : std::min(value + 2, 750.0);
      base_[k * 2] = value;
    }
    tube_.follow(base_);
  }
  bool solve() {
    const std::uint16_t loop = 0;
    found_ = base_;
    return rescue_.solve(tube_, base_, reach_, &loop, 1, found_);
  }

  Rig rig_;
  std::vector<double> per_mv_;
  filter::Tube tube_;
  filter::Rescue rescue_;
  Plan base_, found_;
  std::vector<Reach> reach_;
};

TEST_F(FilterRescue, ARequestThatStaysInsideIsNotChanged) {
  ask(754, 2);
  ASSERT_GE(tube_.room(0), 0);
  ASSERT_TRUE(solve());
  EXPECT_NEAR(found_[0], 754, 1e-3);
}

// The limit is 755. Asked for 775, held two steps, then down 2 K a step: the zone would reach more.
TEST_F(FilterRescue, WhatOvershootsIsChangedAndThenStaysInside) {
  ask(775, 2);
  ASSERT_LT(tube_.room(0), -1);
  const double lacking = tube_.room(0);
  ASSERT_TRUE(solve());
  EXPECT_LT(found_[0], 775);
  tube_.follow(found_);
  EXPECT_GE(tube_.room(0), -0.01) << lacking;
  EXPECT_EQ(found_[1], kRecipe_degC);  // the other loop is not touched
  EXPECT_LE(rescue_.iterations(), 40);
}

TEST_F(FilterRescue, EverySolveStandsAlone) {
  ask(775, 2);
  ASSERT_TRUE(solve());
  const Plan first = found_;
  ask(765, 0);
  ASSERT_TRUE(solve());
  ask(775, 2);
  ASSERT_TRUE(solve());
  EXPECT_EQ(found_, first);
}

TEST_F(FilterRescue, SolvingTouchesNoHeap) {
  ask(775, 2);
  const std::uint16_t loop = 0;
  found_ = base_;
  const gate::Scope scope;
  ASSERT_TRUE(rescue_.solve(tube_, base_, reach_, &loop, 1, found_));
  EXPECT_EQ(scope.counts().allocations, 0U);
}

}  // namespace
}  // namespace saggar::testing
