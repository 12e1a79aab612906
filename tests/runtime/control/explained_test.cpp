// What a controller says of its last step, by MV and PV.
#include "runtime/control/explained.hpp"

#include <gtest/gtest.h>

#include "tests/runtime/control/roster_rig.hpp"

namespace saggar::control {
namespace {

RosterSettings alone() {
  RosterSettings settings;
  settings.threads = false;
  return settings;
}

// The animal trims by half of each deviation; temperatures are 740, references 701.
TEST(Explained, CausesOfAnMvAndThePathOfItsPv) {
  RosterRig rig(seat_of("complete", 1, 0), alone());
  const domain::Plant plant = host::small();
  const domain::Mv& mv = plant.mvs[2];
  rig.ask();
  const double trim = rig.proposals[0].value[2] - 701;
  const Explained told = rig.roster.explain(0, 2, mv.pv);
  ASSERT_EQ(told.causes.size(), 1U);
  EXPECT_EQ(told.causes[0].label, "integral");
  EXPECT_DOUBLE_EQ(told.causes[0].share, trim);
  ASSERT_EQ(told.path.size(), 3U);
  EXPECT_DOUBLE_EQ(told.path[2].time_s, 30);
  EXPECT_DOUBLE_EQ(told.path[2].value, 700 + trim);
  EXPECT_DOUBLE_EQ(told.path[2].sigma, 2);
  EXPECT_TRUE(rig.roster.explain(0, 2, domain::kNoTag).path.empty());
}

TEST(Explained, WhatIsNotOfferedIsEmpty) {
  RosterRig rig(seat_of("well_behaved", 1, 0), alone());
  rig.ask();
  EXPECT_TRUE(rig.roster.explain(0, 0, host::small().mvs[0].pv).causes.empty());
  EXPECT_TRUE(rig.roster.explain(7, 0, domain::kNoTag).causes.empty());
  const auto before = rig.saved();
  rig.roster.ask_why(0);  // it has no such parameter
  EXPECT_EQ(rig.saved(), before);
}

}  // namespace
}  // namespace saggar::control
