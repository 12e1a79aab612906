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
  for (double& w : kiln.working) w += 3;  // the rung before had a trim of its own
  kiln.run(2);
  EXPECT_NEAR(kiln.rig.proposal("zone05.top.setpoint"), 773, 0.2);
  kiln.driving = true;
  kiln.step();
  kiln.step();
  EXPECT_NEAR(kiln.working[4], 773, 0.5) << "no more than the rate allows in two steps";
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
