#include "controllers/mpc/planned.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/controllers/mpc/heat_kiln.hpp"

namespace saggar::mpc {
namespace {

TEST(Planned, APeriodThatIsNoMultipleOfItsOwnIsRefusedWithBoth) {
  try {
    HeatKiln kiln(true, {{"period_s", 125}});
    FAIL() << "was taken";
  } catch (const std::exception& e) {
    EXPECT_NE(std::string(e.what()).find("multiple of the controller's own period"),
              std::string::npos)
        << e.what();
  }
}

TEST(Planned, InShadowItProposesWhatStandsSoThatTakingOverHasNoBump) {
  HeatKiln kiln(true);
  kiln.driving = false;
  for (double& w : kiln.working) w += 3;         // the rung before had a trim of its own
  kiln.rig.set_free("zone*.*.setpoint", false);  // as the runtime has it in shadow
  kiln.run(2);
  EXPECT_NEAR(kiln.rig.proposal("zone05.top.setpoint"), 773, 0.2);
  EXPECT_NE(kiln.rig.proposal("zone05.top.setpoint"), 773) << "it shows which way it would go";
  kiln.rig.set_free("zone*.*.setpoint", true);
  kiln.driving = true;
  kiln.step();
  kiln.step();
  EXPECT_NEAR(kiln.working[4], 773, 0.5) << "no more than the rate allows in two steps";
}

TEST(Planned, WhatTheGuardHoldsIsNotWoundUp) {
  HeatKiln kiln(true);
  kiln.held = 4;
  kiln.run(2);
  EXPECT_NEAR(kiln.rig.proposal("zone05.top.setpoint"), 770, 1.0);
  kiln.held = -1;
  const double before = kiln.working[4];
  kiln.step();
  EXPECT_NEAR(kiln.working[4], before, 1.0) << "released: no jump";
}

TEST(Planned, AZoneFoundOutsideItsLimitsComesBackAndStopsNoOther) {
  HeatKiln kiln(true, {{"trim_K", 3}, {"ramp_trim_K", 3}});
  kiln.working[1] = HeatKiln::recipe(1) + 20;  // the rung before left it there
  const auto out = kiln.run(1);
  EXPECT_EQ(out.status, plugin::Status::ok) << out.message;
  EXPECT_NEAR(kiln.working[1], HeatKiln::recipe(1) + 20 - 9.5, 0.1)
      << "toward its bound of 3 K, as far as a shift allows";
}

// A start 40 K below the recipe, the limits in force about where the ramp is: no trim, no shift.
TEST(Planned, ARampUpToTheRecipeIsNoTrim) {
  HeatKiln kiln(true);
  for (int i = 0; i < 360; ++i) {
    const double below = 40.0 - i / 9.0;
    for (int k = 0; k < HeatKiln::kZones; ++k) {
      const double at = HeatKiln::recipe(k) - below;
      kiln.rig.limits(HeatKiln::name(k) + ".*.setpoint", at - 15, at + 15);
      kiln.working[k] = at;
    }
    kiln.driving = false;
    kiln.step();
  }
  kiln.driving = true;
  EXPECT_EQ(kiln.run(1).status, plugin::Status::ok) << "it has its seat, whatever the ramp was";
  kiln.run(12);  // what it moved itself in the first hour counts for a shift
  EXPECT_NEAR(kiln.core[4], 770, 0.5);
}

TEST(Planned, NoMoveIsFasterThanTheRate) {
  HeatKiln kiln(true, {{"rate_K_per_min", 0.6}});
  double before = kiln.working[4];
  for (int i = 0; i < 360; ++i) {
    ASSERT_EQ(kiln.step().wrong, "");
    EXPECT_LE(std::abs(kiln.working[4] - before), 0.1 + 1e-9);
    before = kiln.working[4];
  }
}

TEST(Planned, ATrimNeverChangesByMoreThanTheShiftAllows) {
  HeatKiln kiln(true, {{"shift_K", 3}});
  kiln.offset_K = 12;
  for (int i = 0; i < 7 * 360; ++i) {
    kiln.step();
    ASSERT_GE(kiln.working[4], 770 - 3 - 1e-6);
  }
  EXPECT_NEAR(kiln.working[4], 767, 0.1) << "as far as it may";
}

}  // namespace
}  // namespace saggar::mpc
