// Limits that cannot work.
#include <gtest/gtest.h>

#include "tests/runtime/guard/rig.hpp"

namespace saggar::testing {
namespace {

using domain::Action;
using domain::Gate;
using domain::Reason;

TEST(Guard, LimitsThatMakeNoSenseAreRefusedAndNeverWritten) {
  domain::Plant plant = full_plant(2, 1);
  EXPECT_TRUE(guard::check_limits(plant, {}).ok());
  plant.mvs[0].trip = 10;  // ceiling below the lowest value
  plant.mvs[0].limits.low = 20;
  const domain::Status status = guard::check_limits(plant, {});
  ASSERT_FALSE(status.ok());
  EXPECT_NE(status.error().text().find("zone01.top.setpoint"), std::string::npos);
  Rig rig(plant);
  rig.step();
  EXPECT_EQ(rig.limit(0, Gate::g3_authority), Reason::out_of_limits);
  EXPECT_EQ(rig.command.action[0], Action::none);
  domain::Plant coarse = full_plant(2, 1);
  coarse.mvs[1].resolution = 5;
  EXPECT_FALSE(guard::check_limits(coarse, {}).ok());
  domain::Plant band = full_plant(2, 1);
  band.mvs[1].limits.trim_low = 1;
  EXPECT_FALSE(guard::check_limits(band, {}).ok());
}

}  // namespace
}  // namespace saggar::testing
